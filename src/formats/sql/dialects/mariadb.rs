//! MariaDB 10.7 and newer: where it differs from MySQL.

use crate::formats::FormatInfo;
use crate::formats::code::code;
use crate::formats::relational::target::{
    EMBEDDED, Enumerations, KEYS, NAMES, NameRules, ReferenceTypes, Scope, Target,
};
use crate::formats::sql::dialect::{Comments, Traits};
use crate::formats::sql::dialects::mysql::{LOSSES, NAME_RULES, PROPERTIES, takes_values};
use crate::formats::sql::dialects::mysql_family::Family;
use crate::formats::sql::dialects::{DROP, IF_NOT_EXISTS, QUOTE};
use crate::formats::sql::import::readings;

/// MariaDB.
pub(super) static MARIADB: Family = Family {
    info: &INFO,
    target: &TARGET,
    traits: &TRAITS,
    reading: &readings::mysql::MARIADB,
    uuid: "uuid",
    matches: |column, pattern| code!(column, " REGEXP ", pattern),
    pattern_prefix: "(?-i)",
    expression_indexes: false,
    generated_not_null: false,
    checks_changing_columns: true,
    foreign_storage: &["_0900_", "ndb", "ndbcluster"],
};

static INFO: FormatInfo = FormatInfo {
    id: "mariadb",
    name: "MariaDB",
    summary: "DDL for MariaDB 10.7 and newer",
    extensions: &["sql"],
    options: &[NAMES, EMBEDDED, KEYS, QUOTE, DROP, IF_NOT_EXISTS],
    properties: PROPERTIES,
    losses: LOSSES,
};

static TARGET: Target = Target {
    ids: &["mariadb", "mysql"],
    arrays: false,
    namespaces: false,
    enumerations: Enumerations::Inline,
    takes_values,
    checks_json: false,
    reference_types: ReferenceTypes::Size,
    names: NameRules { checks: Scope::Table, ..NAME_RULES },
};

static TRAITS: Traits = Traits {
    engine: "MariaDB 10.7 or newer",
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
