//! A whole project as documents, in files: what the flavors without tables export.
//!
//! Must not know how a flavor spells scalars.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::code;
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::documents::{Documents, Style};
use crate::formats::rust_types::files::{modules, one_file};
use crate::formats::rust_types::items::{
    Body, Constant, Derive, Item, Member, SERDE_DERIVES, STRUCT_DERIVES,
};
use crate::formats::rust_types::requirements::{Requirements, title};
use crate::formats::rust_types::source::key_value;
use crate::formats::rust_types::type_names::TypeNames;
use crate::formats::rust_types::types::{Local, Ty};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::id::{EntityId, FieldId, ReferenceId};

/// A model made fit for a flavor.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    /// The model with what the flavor adds.
    pub model: &'a Model,
    /// Fields that were made for references.
    pub made: BTreeMap<FieldId, ReferenceId>,
    /// The collections that entities are stored in, when the flavor says them.
    pub collections: IndexMap<EntityId, String>,
}

/// All of a project as documents, in files.
pub(super) fn export(
    project: &Project,
    shape: Shape<'_>,
    settings: &Settings,
    (style, flavor): (Style, &str),
) -> Exported {
    let model = shape.model;
    let mut names = TypeNames::of(model);
    let geo_point = uses_points(model).then(|| names.further("GeoPoint"));
    let mut documents = Documents::new(model, &names, style, settings, geo_point.clone())
        .with_made_fields(shape.made);
    let mut items = Vec::new();
    for entity in model.entities() {
        let mut structs = documents.entity(entity);
        if let (Some(first), Some(name)) = (structs.first_mut(), shape.collections.get(&entity.id))
        {
            first.constants.push(collection_constant(name));
        }
        items.append(&mut structs);
    }
    for enumeration in model.enumerations() {
        items.extend(documents.enumeration(enumeration));
    }
    items.extend(geo_point.map(geo_point_item));
    let mut diagnostics = names.diagnostics().to_vec();
    diagnostics.append(&mut documents.diagnostics);
    let title = title(project, flavor);
    let requirements = Requirements::default();
    let files = if settings.modules {
        modules(&items, names.given(), &title, requirements, &[])
    } else {
        one_file("models.rs", &items, names.given(), &title, requirements)
    };
    Exported { files, diagnostics }
}

fn collection_constant(name: &str) -> Constant {
    Constant {
        ident: "COLLECTION",
        note: "The collection it is stored in.",
        value: name.to_owned(),
    }
}

/// Whether any field is a place on the globe.
pub(super) fn uses_points(model: &Model) -> bool {
    let mut fields = model.entities().flat_map(|entity| entity.all_fields());
    fields.any(|field| *field.ty.innermost() == DataType::GeoPoint)
}

/// A struct that reads and writes a GeoJSON point.
pub(super) fn geo_point_item(local: Local) -> Item {
    let coordinates = Member {
        ident: "coordinates".to_owned(),
        ty: Ty::path("[f64; 2]"),
        element: None,
        note: "Longitude and latitude, in degrees.".to_owned(),
        attributes: Vec::new(),
    };
    let derives = STRUCT_DERIVES.iter().chain(SERDE_DERIVES.iter());
    Item {
        local,
        element: None,
        note: "A place on the globe, in the form of a GeoJSON point.".to_owned(),
        derives: derives.map(|path| Derive::Known(path)).collect(),
        constants: Vec::new(),
        after: None,
        attributes: vec![code!(
            "serde(",
            key_value("tag", "type"),
            ", ",
            key_value("rename", "Point"),
            ")"
        )],
        body: Body::Struct(vec![coordinates]),
    }
}
