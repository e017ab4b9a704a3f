//! Enumerations: named as their constant, or after the field that lists its choices in place.

use indexmap::IndexMap;

use crate::base::ident::{Case, UniqueNames, with_case};
use crate::formats::mongoose::import::build::{Builder, without_ending};
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::scope::At;
use crate::formats::mongoose::import::told::Place;
use crate::formats::mongoose::import::values::Choices;
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::id::EnumerationId;

/// What constants of choices end in.
const ENDINGS: [&str; 8] =
    ["Values", "_VALUES", "_values", "Enum", "_ENUM", "_enum", "Options", "_OPTIONS"];

/// The enumerations so far.
#[derive(Debug, Default)]
pub(super) struct Enumerations {
    /// Those with a name, by where their values stand.
    by_place: IndexMap<Place, EnumerationId>,
    /// Those that a field lists in place.
    nameless: Vec<EnumerationId>,
    names: UniqueNames,
}

impl Builder<'_> {
    /// The enumeration of these choices: one for all that name the same constant, and one for all
    /// fields that list the same in place.
    pub(super) fn enumeration(&mut self, here: &Here<'_>, choices: Choices) -> EnumerationId {
        if let Some(id) = self.enumerations.by_place.get(&choices.place) {
            return *id;
        }
        if let Some(name) = &choices.name {
            let wanted = self.constant_name(choices.place.0, name);
            let place = choices.place;
            let id = self.add_enumeration(&wanted, choices.values, place);
            self.enumerations.by_place.insert(place, id);
            return id;
        }
        let same = |one: &&Enumeration| {
            let names = one.values.iter().map(|value| value.name.as_str());
            names.eq(choices.values.iter().map(|(name, _)| name.as_str()))
        };
        let nameless = &self.enumerations.nameless;
        let known = self.model.enumerations().filter(|one| nameless.contains(&one.id));
        if let Some(known) = known.into_iter().find(same) {
            return known.id;
        }
        let entity = with_case(&here.owner.name, Case::Pascal);
        let wanted = format!("{entity}{}", with_case(&here.path, Case::Pascal));
        let place = choices.place;
        let id = self.add_enumeration(&wanted, choices.values, place);
        self.enumerations.nameless.push(id);
        id
    }

    /// What an enumeration is called whose values that constant holds.
    fn constant_name(&self, module: usize, constant: &str) -> String {
        let types = self.program.modules.get(module).map(|module| &module.types);
        match types.and_then(|types| types.get(constant)) {
            Some(name) => (*name).to_owned(),
            None => without_ending(constant, &ENDINGS),
        }
    }

    fn add_enumeration(
        &mut self,
        wanted: &str,
        values: Vec<(String, String)>,
        place: Place,
    ) -> EnumerationId {
        let mut name = wanted.to_owned();
        if self.enumerations.names.is_taken(&name) || self.entity_names.is_taken(&name) {
            name = self.enumerations.names.unique(&format!("{wanted}Choice"), "");
        } else {
            self.enumerations.names.reserve(&name);
        }
        let mut enumeration = Enumeration::new(self.mint.mint(), name);
        self.note_above(place).clone_into(&mut enumeration.note);
        for (name, note) in values {
            let id = self.mint.mint();
            if !enumeration.has_value(&name) {
                enumeration.values.push(EnumerationValue { id, name, note });
            }
        }
        let id = enumeration.id;
        self.model.put_enumeration(enumeration);
        id
    }

    /// The comment above the declaration whose value stands there.
    fn note_above(&self, (module, at): Place) -> &str {
        let stated = self.program.modules.get(module).map(|module| &module.stated);
        let declared = stated.into_iter().flatten().find(|stated| {
            let value = At { module, expr: &stated.expr };
            stated.name.is_some()
                && self
                    .program
                    .resolve(value)
                    .at()
                    .is_some_and(|found| found.module == module && found.expr.at == at)
        });
        declared.map_or("", |stated| stated.note.as_str())
    }

    /// Enumerations that no field uses: `enum`s, and exported lists that are called so or stand in
    /// a file or folder that is.
    pub(super) fn add_declared_enumerations(&mut self) {
        let program = self.program;
        let is_called_so = |name: &str| ENDINGS.iter().any(|ending| name.ends_with(ending));
        let is_in_file = |number: usize| {
            let path = program.paths.get(number).map(|path| path.to_ascii_lowercase());
            path.is_some_and(|path| path.rsplit('/').take(2).any(|part| part.contains("enum")))
        };
        for (number, module) in program.modules.iter().enumerate() {
            for stated in &module.stated {
                let Some(name) = stated.name else { continue };
                let is_enum = module.enums.contains(&name);
                let is_exported = module.exports.contains_key(name)
                    || module.whole.is_some() && !module.exports.contains_key(name);
                let is_list = is_exported && (is_called_so(name) || is_in_file(number));
                if !is_enum && !is_list {
                    continue;
                }
                let at = At { module: number, expr: &stated.expr };
                let Some(mut choices) = program.choices(at) else { continue };
                if choices.has_numbers || self.enumerations.by_place.contains_key(&choices.place) {
                    continue;
                }
                let name = choices.name.take().unwrap_or_else(|| name.to_owned());
                let wanted = self.constant_name(number, &name);
                let place = choices.place;
                let id = self.add_enumeration(&wanted, choices.values, place);
                self.enumerations.by_place.insert(place, id);
            }
        }
    }
}
