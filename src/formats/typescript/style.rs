//! How types are to look: the options, read once.

use crate::formats::options::{OptionInfo, OptionValues, Options};

/// What a person can choose.
pub(super) const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "absent",
        summary: "how a value that is not required is written: `a?: T`, `a: T | null`, or both",
        values: OptionValues::Choice(&["optional", "null", "both"]),
        default: "optional",
    },
    OptionInfo {
        key: "dates",
        summary: "dates as objects, or as ISO text as they come out of JSON",
        values: OptionValues::Choice(&["date", "string"]),
        default: "date",
    },
    OptionInfo {
        key: "enums",
        summary: "enumerations as unions of texts, or as constant objects with a union",
        values: OptionValues::Choice(&["union", "const"]),
        default: "union",
    },
    OptionInfo {
        key: "references",
        summary: "references as the key of the other side, or as its interface",
        values: OptionValues::Choice(&["id", "object"]),
        default: "id",
    },
    OptionInfo {
        key: "big_numbers",
        summary: "64-bit integers and decimals as exact text, or as bigint and number",
        values: OptionValues::Choice(&["string", "native"]),
        default: "string",
    },
];

/// The chosen style.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Style {
    /// Whether a value that is not required may be missing.
    pub(super) may_be_missing: bool,
    /// Whether a value that is not required may be null.
    pub(super) may_be_null: bool,
    /// What a date is.
    pub(super) date: &'static str,
    /// What a 64-bit integer is.
    pub(super) big_integer: &'static str,
    /// What a decimal is.
    pub(super) decimal: &'static str,
    /// Whether enumerations are objects too.
    pub(super) constant_enumerations: bool,
    /// Whether references are objects.
    pub(super) objects_for_references: bool,
}

impl Style {
    /// The style that these options choose.
    pub(super) fn of(options: &Options) -> Self {
        let is = |key: &str, value: &str| options.text(key) == value;
        let (big_integer, decimal) =
            if is("big_numbers", "native") { ("bigint", "number") } else { ("string", "string") };
        Self {
            may_be_missing: !is("absent", "null"),
            may_be_null: !is("absent", "optional"),
            date: if is("dates", "string") { "string" } else { "Date" },
            big_integer,
            decimal,
            constant_enumerations: is("enums", "const"),
            objects_for_references: is("references", "object"),
        }
    }
}
