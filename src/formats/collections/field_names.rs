//! Which names of fields a document can hold, and what the others become.
//!
//! Found by trying every name on the real Mongoose: these disappear, hide a method that Mongoose
//! itself calls, or make a required field look present.

use indexmap::IndexSet;

use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;

/// Names that Mongoose or the driver take for something else, or that every object has already.
const NEVER: [&str; 16] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "_bsontype",
    "_doc",
    "constructor",
    "encrypt",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "prototype",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Members of documents and sub-documents that Mongoose calls, and that a field would hide.
const MEMBERS: [&str; 14] = [
    "get",
    "init",
    "invalidate",
    "isNew",
    "markModified",
    "modifiedPaths",
    "ownerDocument",
    "save",
    "set",
    "toBSON",
    "toJSON",
    "toObject",
    "validate",
    "validateSync",
];

/// Whether a path that is not stored may have that name.
pub fn is_fit_for_virtual(name: &str) -> bool {
    clean_name(name) == name && !matches!(name, "_id" | "schema")
}

/// The fields whose names have to change: the old and the new name of each.
///
/// - No two fields that stand together get one name; those that keep theirs go first.
pub fn clean(entity: &Entity) -> Vec<(FieldId, String, String)> {
    let mut renamed = Vec::new();
    clean_siblings(&entity.fields, &mut renamed);
    renamed
}

fn clean_siblings(fields: &[Field], renamed: &mut Vec<(FieldId, String, String)>) {
    let mut taken = IndexSet::new();
    let mut unfit = Vec::new();
    for field in fields {
        if clean_name(&field.name) != field.name || !taken.insert(field.name.clone()) {
            unfit.push(field);
        }
        clean_siblings(&field.fields, renamed);
    }
    for field in unfit {
        let clean = clean_name(&field.name);
        let mut name = clean.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = format!("{clean}{n}");
            n += 1;
        }
        renamed.push((field.id, field.name.clone(), name));
    }
}

/// `name` as a document can hold it: no dot, no NUL, no `$` at the start, nothing that hides what
/// Mongoose needs.
pub fn clean_name(name: &str) -> String {
    let mut clean = name.replace(['.', '\0'], "_");
    if let Some(rest) = clean.strip_prefix('$') {
        clean = format!("_{rest}");
    }
    if clean.is_empty() {
        return "_".to_owned();
    }
    if NEVER.contains(&clean.as_str()) || MEMBERS.contains(&clean.as_str()) {
        clean.push('_');
    }
    clean
}
