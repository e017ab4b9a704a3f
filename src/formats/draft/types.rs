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
use crate::model::type_words::{SUGGESTED, from_spelling, unwrapped, wrapped};

/// The way out for a type that is not known.
const UNKNOWN: &str =
    "choose a type for these fields: others than its own format hold anything there";

/// How many fields a message names.
const SHOWN: usize = 5;

/// Types that are not known: where the first is, and the fields that have them.
pub(super) type UnknownTypes = IndexMap<String, (Span, Vec<String>)>;

/// What each spelling means, with its namespace; a text says the same few over and over.
pub(super) type KnownSpellings = IndexMap<(Option<String>, String), Option<Meaning>>;

/// What a spelling means.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
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
                let native = self.draft.habits.native;
                let was_native = field.native_types.contains_key(native);
                self.set_type(field, *item, path);
                let spelling = field.native_types.get_mut(native).filter(|_| !was_native);
                if let Some(spelling) = spelling {
                    spelling.push_str("[]");
                }
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
        let Some(meaning) = self.known_meaning(name) else {
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

    /// What a spelling means, looked up once.
    fn known_meaning(&mut self, name: &Name) -> Option<Meaning> {
        let key = (name.namespace.clone(), name.name.clone());
        if let Some(known) = self.known_spellings.get(&key) {
            return known.clone();
        }
        let meaning = self.meaning(name);
        self.known_spellings.insert(key, meaning.clone());
        meaning
    }

    /// What a spelling means: a name as it was declared, else a word for a type, else a name in
    /// another case.
    fn meaning(&self, name: &Name) -> Option<Meaning> {
        if let Some(ty) = self.named(name, Match::Exactly) {
            return Some(Meaning { ty, is_word: false, counts: false });
        }
        let (wrappers, inner) = unwrapped(&name.name);
        let inner = Name { name: inner.to_owned(), ..name.clone() };
        let by_name = |by: Match| {
            let ty = wrapped(self.named(&inner, by)?, &wrappers);
            Some(Meaning { ty, is_word: false, counts: false })
        };
        let by_word = || {
            let word = from_spelling(&name.name).filter(|_| name.namespace.is_none())?;
            Some(Meaning { ty: word.ty, is_word: true, counts: word.counts })
        };
        by_name(Match::Exactly)
            .or_else(by_word)
            .or_else(|| by_name(Match::IgnoringCase))
            .or_else(|| by_name(Match::Elsewhere))
            .or_else(|| {
                // No enumeration, no word: it can only be the records of that entity.
                let found = self.entity_names.find(&inner)?;
                let is_exact = found.by == Match::Exactly;
                let ty = wrapped(DataType::Embedded(found.id.0), &wrappers);
                is_exact.then_some(Meaning { ty, is_word: false, counts: false })
            })
    }

    /// The enumeration or embedded type of that name.
    fn named(&self, name: &Name, by: Match) -> Option<DataType> {
        let enumeration = self.enumeration_names.find(name).filter(|found| found.by == by);
        let embedded = self
            .entity_names
            .find(name)
            .filter(|found| found.by == by && found.id.1 == EntityKind::Embedded);
        match (enumeration, embedded) {
            (Some(found), _) => Some(DataType::Enumeration(found.id)),
            (None, Some(found)) => Some(DataType::Embedded(found.id.0)),
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
            let hint = hint.unwrap_or_else(|| UNKNOWN.to_owned());
            self.draft.diagnostics.push(Diagnostic::info(message).at(span).with_hint(hint));
        }
    }
}

/// A spelling without blanks and case.
fn plain(spelling: &str) -> String {
    spelling.split_whitespace().collect::<String>().to_lowercase()
}
