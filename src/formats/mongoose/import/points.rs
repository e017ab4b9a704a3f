//! GeoJSON points, which schemas write out and a model knows as one type.

use crate::formats::mongoose::import::build::Builder;
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::indexes::FoundIndex;
use crate::formats::mongoose::import::scope::{Flat, Program};
use crate::formats::mongoose::import::sites::SchemaSite;
use crate::formats::mongoose::import::told::Place;
use crate::model::field::Field;
use crate::model::index::IndexKind;

/// Whether a schema says no more than a point.
pub(super) fn is_point_schema(program: &Program<'_>, site: &SchemaSite<'_>) -> bool {
    let definition = site.definition.and_then(|definition| program.resolve(definition).at());
    site.statements.is_empty()
        && definition.is_some_and(|object| {
            object.expr.members().is_some() && is_point(program, &program.members(object))
        })
}

/// Whether an object has the `type` that is always `Point`, and `coordinates`, and nothing else.
pub(super) fn is_point(program: &Program<'_>, flat: &Flat<'_>) -> bool {
    let is_whole = flat.unknown.is_empty() && flat.members.len() == 2;
    let (Some(kind), Some(coordinates)) = (flat.value("type"), flat.value("coordinates")) else {
        return false;
    };
    let Some(kind) = program.resolve(kind).at().filter(|_| is_whole) else { return false };
    if kind.expr.members().is_none() {
        return false;
    }
    let choices = program.members(kind).value("enum").and_then(|choices| program.choices(choices));
    let says_point = choices
        .is_some_and(|choices| matches!(choices.values.as_slice(), [(only, _)] if only == "Point"));
    let coordinates = program.resolve(coordinates).at().and_then(|found| {
        if found.expr.members().is_some() {
            return program.resolve(program.members(found).value("type")?).at();
        }
        Some(found)
    });
    says_point && coordinates.is_some_and(|found| matches!(found.expr.kind, Kind::Array(_)))
}

impl<'p> Builder<'p> {
    /// Takes over the index that stands on the coordinates, and whether they are required.
    pub(super) fn point_index(
        &mut self,
        here: &Here<'_>,
        field: &mut Field,
        flat: &Flat<'p>,
        place: Place,
    ) {
        let parts = ["coordinates", "type"].map(|name| flat.value(name));
        for part in parts.into_iter().flatten() {
            let Some(part) = self.program.resolve(part).at() else { continue };
            let Some(members) = part.expr.members() else { continue };
            let options = self.program.members(part);
            let is_indexed =
                members.iter().any(|member| matches!(member.name(), Some("index" | "2dsphere")));
            if is_indexed {
                let mut index = FoundIndex::of_field(here.owner.id, field.id, place);
                index.kind = IndexKind::Geo;
                self.indexes.push(index);
            }
            let required = options.value("required").and_then(|value| self.program.flag(value));
            field.required |= required == Some(true);
        }
    }
}
