//! Types of a draft → types of the model, with the spelling where it says more.

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::ident::{Case, with_case};
use crate::base::similar::did_you_mean;
use crate::formats::draft::entity::DraftType;
use crate::formats::draft::finish::Finisher;
use crate::formats::draft::name::Name;
use crate::formats::draft::names::Match;
use crate::model::data_type::DataType;
use crate::model::entity::EntityKind;
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::Field;
use crate::model::id::EnumerationId;
use crate::model::type_words::{SUGGESTED, from_spelling};

/// How many fields a message names.
const SHOWN: usize = 5;

/// Types that are not known: where the first is, and the fields that have them.
pub(super) type UnknownTypes = IndexMap<String, (Span, Vec<String>)>;

/// What a spelling means.
struct Meaning {
    ty: DataType,
    /// Whether it is a word for a type and not a name.
    is_word: bool,
    /// Whether the word says that the database counts the field up.
    counts: bool,
}

impl Finisher {
    /// Gives a field its type.
    pub(super) fn set_type(&mut self, field: &mut Field, ty: DraftType, path: &str) {
        field.ty = match ty {
            DraftType::Known(ty) => ty,
            DraftType::Array(item) => {
                self.set_type(field, *item, path);
                std::mem::replace(&mut field.ty, DataType::Mixed).array()
            }
            DraftType::Map(value) => {
                self.set_type(field, *value, path);
                DataType::Map(Box::new(std::mem::replace(&mut field.ty, DataType::Mixed)))
            }
            DraftType::OneOf(values) => DataType::Enumeration(self.shared(values, path)),
            DraftType::Spelled(name) => self.spelled(field, &name, path),
        };
    }

    fn spelled(&mut self, field: &mut Field, name: &Name, path: &str) -> DataType {
        let spelling = name.shown();
        let habits = self.draft.habits;
        let Some(meaning) = self.meaning(name) else {
            field.native_types.entry(habits.native.to_owned()).or_insert_with(|| spelling.clone());
            let unknown = self.unknown_types.entry(spelling);
            unknown.or_insert((name.span, Vec::new())).1.push(path.to_owned());
            return DataType::Mixed;
        };
        field.auto_increment |= meaning.counts;
        if meaning.is_word && !meaning.counts {
            let own = (habits.spelling)(&meaning.ty);
            if own.is_some_and(|own| plain(&own) != plain(&spelling)) {
                field.native_types.entry(habits.native.to_owned()).or_insert(spelling);
            }
        }
        meaning.ty
    }

    fn meaning(&self, name: &Name) -> Option<Meaning> {
        let mut inner = name.clone();
        let mut lists = 0;
        while let Some(item) = inner.name.strip_suffix("[]").filter(|_| lists < 32) {
            inner.name = item.trim_end().to_owned();
            lists += 1;
        }
        let named = |ty: DataType| {
            let ty = (0..lists).fold(ty, |ty, _| ty.array());
            Some(Meaning { ty, is_word: false, counts: false })
        };
        let enumeration = self.enumeration_names.find(&inner);
        let embedded =
            self.entity_names.find(&inner).filter(|found| found.id.1 == EntityKind::Embedded);
        if let Some(found) = enumeration.filter(|found| found.by == Match::Exactly) {
            return named(DataType::Enumeration(found.id));
        }
        if let Some(found) = embedded.filter(|found| found.by == Match::Exactly) {
            return named(DataType::Embedded(found.id.0));
        }
        if name.namespace.is_none()
            && let Some(word) = from_spelling(&name.name)
        {
            return Some(Meaning { ty: word.ty, is_word: true, counts: word.counts });
        }
        match (enumeration, embedded) {
            (Some(found), _) => named(DataType::Enumeration(found.id)),
            (None, Some(found)) => named(DataType::Embedded(found.id.0)),
            (None, None) => None,
        }
    }

    /// The enumeration of these values that has no name: one for all fields that list the same,
    /// called after the first of them.
    fn shared(&mut self, values: Vec<String>, path: &str) -> EnumerationId {
        if let Some(id) = self.nameless.get(&values) {
            return *id;
        }
        let (owner, field) = path.rsplit_once('.').unwrap_or(("", path));
        let short = with_case(field, Case::Pascal);
        let is_taken = |name: &str| {
            let name = Name::plain(name, Span::new(1, 1));
            self.enumeration_names.find(&name).is_some() || self.entity_names.find(&name).is_some()
        };
        let mut name = short.clone();
        if is_taken(&name) {
            name = format!("{}{short}", with_case(owner, Case::Pascal));
        }
        let mut n = 2;
        while is_taken(&name) {
            name = format!("{short}{n}");
            n += 1;
        }
        let mut enumeration = Enumeration::new(self.mint.mint(), name.clone());
        for value in &values {
            let (id, name) = (self.mint.mint(), value.clone());
            enumeration.values.push(EnumerationValue { id, name, note: String::new() });
        }
        let id = enumeration.id;
        self.enumeration_names.declare(&Name::plain(name, Span::new(1, 1)), id);
        self.nameless.insert(values, id);
        self.model.put_enumeration(enumeration);
        id
    }

    /// Says once for each type that is not known which fields have it.
    pub(super) fn tell_unknown_types(&mut self) {
        for (ty, (span, fields)) in std::mem::take(&mut self.unknown_types) {
            let shown = fields.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            let more = match fields.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("unknown type `{ty}` is kept as a native type: {shown}{more}");
            let hint = did_you_mean(&ty, SUGGESTED);
            let diagnostic = Diagnostic::info(message).at(span);
            self.draft.diagnostics.push(Diagnostic { hint, ..diagnostic });
        }
    }
}

/// A spelling without blanks and case.
fn plain(spelling: &str) -> String {
    spelling.split_whitespace().collect::<String>().to_lowercase()
}
