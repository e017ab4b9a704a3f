//! SQL in: any script, dump or file of our own, as far as a model can hold it.
//!
//! A text becomes tokens ([`lexer`], [`rows`]), the tokens statements ([`statements`]), the
//! statements facts ([`reader`] and one file per statement), and the facts, once all are known, a
//! model ([`build`]): so a reference may point ahead and `ALTER TABLE` may come last. Nothing fails:
//! statements that say nothing to a model ([`skipped`]) and what a model has no word for
//! ([`losses`]) are told with their place.
//!
//! The statements are read here and not by a grammar of all SQL, since a grammar loses a whole
//! statement over one clause that it does not know; of expressions sqlparser reads the meaning.
//!
//! | SQL | model |
//! |---|---|
//! | table, view, enumeration type | table, view, enumeration |
//! | `ENUM (…)`; `CHECK (x IN (…))` in SQLite and SQL Server | enumeration, shared by equal lists |
//! | engines, character sets of tables, `STRICT`, `WITH (…)`, filegroups | properties of the target |
//! | domain, `sp_addtype` | its type, default and checks |
//! | partition | part of its table |
//! | schema | namespace; `public`, `dbo`, `main` and the only database of a MySQL script are none |
//! | type that our own script would spell otherwise | the nearest type, and a native type |
//! | unique column | unique field; several columns: alternate key |
//! | foreign key | reference; at most one where its columns are unique, exactly one where required |
//! | names that our own script would choose | no name |
//! | check that our own script would write for a rule | the field's rule |
//! | `created_at` and `updated_at` as our own script would write them | timestamps |
//! | default that is the current moment, a new UUID, a constant | the same; else an expression |
//! | comments: statements, clauses, extended properties, lines directly above | notes |

mod alter;
mod build;
mod checks;
mod column;
mod comment;
mod constraint;
mod cursor;
mod domains;
mod expression;
mod facts;
mod fields;
mod index;
mod indexes;
mod lexer;
mod losses;
mod named_type;
mod procedure;
mod reader;
pub mod readings;
mod references;
mod renaming;
mod rows;
mod skipped;
mod sniff;
mod statements;
mod storage;
mod table;
mod timestamps;
mod types;
mod upkeep;

use crate::base::lines::Lines;
use crate::formats::default_words::literal_from_text;
use crate::formats::relational::plain_type;
use crate::formats::relational::schema::ColumnType;
use crate::formats::sources::Sources;
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::lexer::lex;
use crate::formats::sql::import::reader::Reader;
use crate::formats::{FormatInfo, Imported, Importer};
use crate::model::field::{DefaultValue, Literal};

/// The constant that a text in quotes is to a column whose type is spelled so: numbers and truth
/// values need no quotes there.
pub(super) fn constant_of(dialect: &dyn Dialect, text: &str, spelling: &str) -> Literal {
    literal_from_text(text.to_owned(), &meaning_of(dialect, spelling).ty)
}

/// The type that a spelling is known to mean.
pub(super) fn known_type(dialect: &dyn Dialect, spelling: &str) -> Option<ColumnType> {
    let meaning = meaning_of(dialect, spelling);
    plain_type(&meaning.ty).filter(|_| !meaning.is_unknown)
}

/// What a default says of a column whose type is spelled so; no value is no default.
pub(super) fn default_of(
    dialect: &dyn Dialect,
    text: &str,
    spelling: &str,
) -> Option<DefaultValue> {
    fields::default_value(dialect, &meaning_of(dialect, spelling).ty, text)
}

fn meaning_of(dialect: &dyn Dialect, spelling: &str) -> types::Meaning {
    types::meaning(dialect, &types::type_facts(spelling, dialect.reading().quoting))
}

/// Reads SQL of any dialect.
#[derive(Debug)]
pub struct SqlImporter;

static INFO: FormatInfo = FormatInfo {
    id: "sql",
    name: "SQL",
    summary: "DDL and dumps of PostgreSQL, MySQL, MariaDB, SQLite and SQL Server",
    extensions: &["sql", "ddl"],
    options: &[],
    properties: &[],
    losses: &[],
};

impl Importer for SqlImporter {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn recognizes(&self, text: &str) -> bool {
        sniff::is_sql(text)
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let joined = sources.joined();
        let text = joined.text();
        let dialect = sniff::dialect_of(text);
        let quoting = dialect.reading().quoting;
        let lexed = lex(text, quoting);
        let lines = Lines::of(text);
        let mut reader = Reader::new(text, &lines, &lexed, dialect);
        for statement in statements::split(text, &lexed, quoting.batches) {
            reader.read(statement);
        }
        let (mut facts, diagnostics) = reader.finish();
        domains::expand_domains(&mut facts, quoting);
        let mut imported = build::build(dialect, facts, diagnostics, (text, &lines), name);
        joined.locate(&mut imported.diagnostics);
        imported
    }
}
