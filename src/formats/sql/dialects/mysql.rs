//! MySQL 8.0.16 and newer: what it holds and how its scripts look, much of which MariaDB shares.

use crate::formats::FormatInfo;
use crate::formats::code::code;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::relational::target::{
    EMBEDDED, Enumerations, KEYS, Longest, NAMES, NameRules, ReferenceTypes, Scope, Target,
};
use crate::formats::sql::dialect::{Comments, Traits};
use crate::formats::sql::dialects::mysql_family::Family;
use crate::formats::sql::dialects::{DROP, IF_NOT_EXISTS, QUOTE};
use crate::formats::sql::import::readings;
use crate::formats::sql::storage::of_table;

/// MySQL.
pub(super) static MYSQL: Family = Family {
    info: &INFO,
    target: &TARGET,
    traits: &TRAITS,
    reading: &readings::mysql::READING,
    uuid: "char(36)",
    matches: |column, pattern| code!("regexp_like(", column, ", ", pattern, ", 'c')"),
    pattern_prefix: "",
    expression_indexes: true,
    generated_not_null: true,
    checks_changing_columns: false,
    foreign_storage: &["uca1400", "aria", "columnstore", "rocksdb", "spider"],
};

/// What MySQL and MariaDB alone know.
pub(super) const PROPERTIES: &[PropertyInfo] = &[
    of_table("engine", "What stores the rows", OptionValues::Text, "InnoDB"),
    of_table("charset", "The character set of texts", OptionValues::Text, "utf8mb4"),
    of_table("collation", "How texts are compared", OptionValues::Text, ""),
    of_table(
        "row_format",
        "How a row is laid out",
        OptionValues::Choice(&[
            "default",
            "dynamic",
            "fixed",
            "compressed",
            "redundant",
            "compact",
        ]),
        "default",
    ),
    of_table("auto_increment", "Where the key begins to count", OptionValues::Text, "1"),
    PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: "on_update",
            summary: "What a change of the row sets a moment to",
            values: OptionValues::Choice(&["current_timestamp"]),
            default: "",
        },
    },
];

static INFO: FormatInfo = FormatInfo {
    id: "mysql",
    name: "MySQL",
    summary: "DDL for MySQL 8.0.16 and newer",
    extensions: &["sql"],
    options: &[NAMES, EMBEDDED, KEYS, QUOTE, DROP, IF_NOT_EXISTS],
    properties: PROPERTIES,
    losses: LOSSES,
};

/// What neither MySQL nor MariaDB carries.
pub(super) const LOSSES: &[Loss] = &[
    Loss { feature: Feature::Namespaces, outcome: "become the beginning of names" },
    Loss { feature: Feature::Immutable, outcome: "are not enforced" },
    Loss { feature: Feature::TextCleaning, outcome: "are left to the application" },
    Loss { feature: Feature::Hidden, outcome: "are left to the application" },
    Loss { feature: Feature::EnumerationNotes, outcome: "are left out" },
    Loss { feature: Feature::ExpiringIndexes, outcome: "do not remove rows" },
    Loss { feature: Feature::MinimumCardinality, outcome: "are not enforced" },
    Loss { feature: Feature::Roles, outcome: "are left out" },
    Loss { feature: Feature::Areas, outcome: "are left out" },
    Loss { feature: Feature::StickyNotes, outcome: "are left out" },
];

static TARGET: Target = Target {
    ids: &["mysql", "mariadb"],
    arrays: false,
    namespaces: false,
    enumerations: Enumerations::Inline,
    takes_values,
    checks_json: false,
    reference_types: ReferenceTypes::Size,
    names: NAME_RULES,
};

/// Names as MySQL and MariaDB take them.
pub(super) const NAME_RULES: NameRules = NameRules {
    longest: Longest::Chars(64, 250),
    basic_plane_only: true,
    refuses_trailing_blank: true,
    single_line: false,
    refused_namespaces: &[],
    refused_columns: &[],
    refused_types: &[],
    reserved_prefix: "",
    keys: Scope::Table,
    foreign_keys: Scope::Kind,
    checks: Scope::Kind,
    indexes: Scope::Table,
};

static TRAITS: Traits = Traits {
    engine: "MySQL 8.0.16 or newer",
    comments: Comments::Clauses,
    indexes_in_table: true,
    references_ahead: false,
    names_primary_keys: false,
    batches: false,
    if_not_exists: true,
    create_namespace: "",
    foreign_marks: &["::", "~~", " ~ ", "~*", "!~", "["],
    replace_view: "CREATE OR REPLACE VIEW",
    default_namespace: "",
    drop_options: "",
    drop_around: Some(["SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1"]),
    longest_notes: Some([2048, 1024]),
};

/// An `ENUM` keeps no emoji and no blank at the end of a value.
pub(super) fn takes_values(values: &[String]) -> bool {
    values.iter().all(|value| {
        value.chars().count() <= 255
            && value.chars().all(|c| c != '\0' && u32::from(c) <= 0xffff)
            && value.trim_end() == value
    })
}
