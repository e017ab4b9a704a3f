//! What Mongoose alone knows about a schema and its paths.

use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};

/// Schema options, the alias of a path and which other names its model; the rest of what a schema says is in the model.
pub(super) const PROPERTIES: &[PropertyInfo] = &[
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "strict",
            summary: "What happens to fields that the schema does not name",
            values: OptionValues::Choice(&["true", "false", "throw"]),
            default: "true",
        },
    },
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "versionKey",
            summary: "The field that counts versions of a document, or false for none",
            values: OptionValues::Text,
            default: "__v",
        },
    },
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "minimize",
            summary: "Empty objects are not stored",
            values: OptionValues::Flag,
            default: "true",
        },
    },
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "autoCreate",
            summary: "The collection is created when the model connects",
            values: OptionValues::Flag,
            default: "true",
        },
    },
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "autoIndex",
            summary: "Indexes are built when the model connects",
            values: OptionValues::Flag,
            default: "true",
        },
    },
    PropertyInfo {
        of: Bearer::Entity,
        option: OptionInfo {
            key: "id",
            summary: "Documents have a virtual `id` that says `_id` as text",
            values: OptionValues::Flag,
            default: "true",
        },
    },
    PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: "refPath",
            summary: "The field that names the model to which this one refers",
            values: OptionValues::Text,
            default: "",
        },
    },
    PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: "alias",
            summary: "Another name in code for a short name in the database",
            values: OptionValues::Text,
            default: "",
        },
    },
];
