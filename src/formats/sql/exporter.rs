//! A dialect as an export target.

use crate::document::project::Project;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::relational;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::Schema;
use crate::formats::relational::target::Choices;
use crate::formats::sql::adapt;
use crate::formats::sql::code::adapt_code;
use crate::formats::sql::dialect::{Comments, Dialect};
use crate::formats::sql::dialects::{self, DROP, IF_NOT_EXISTS, QUOTE};
use crate::formats::sql::render::{Existing, Style, render};
use crate::formats::sql::storage;
use crate::formats::{Exported, Exporter, FormatInfo};
use crate::model::Model;

/// Writes a project as a script of a dialect.
#[derive(Debug)]
pub struct SqlExporter {
    /// The dialect.
    pub dialect: &'static dyn Dialect,
}

/// PostgreSQL as a target.
pub static POSTGRES: SqlExporter = SqlExporter { dialect: dialects::POSTGRES };
/// MySQL as a target.
pub static MYSQL: SqlExporter = SqlExporter { dialect: dialects::MYSQL };
/// MariaDB as a target.
pub static MARIADB: SqlExporter = SqlExporter { dialect: dialects::MARIADB };
/// SQLite as a target.
pub static SQLITE: SqlExporter = SqlExporter { dialect: dialects::SQLITE };
/// SQL Server as a target.
pub static SQL_SERVER: SqlExporter = SqlExporter { dialect: dialects::SQL_SERVER };

impl Exporter for SqlExporter {
    fn info(&self) -> &'static FormatInfo {
        self.dialect.info()
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let mut schema = schema_of(self.dialect, &project.model, options);
        let diagnostics = std::mem::take(&mut schema.diagnostics);
        let style = Style {
            quotes_always: options.text(QUOTE.key) == "always",
            existing: match (options.flag(DROP.key), options.flag(IF_NOT_EXISTS.key)) {
                (true, _) => Existing::Drop,
                (false, true) => Existing::Keep,
                (false, false) => Existing::Refuse,
            },
        };
        let written = render(self.dialect, &schema, style, &project.settings.name);
        let mut files = FileSet::default();
        files.add(RelativePath::of(&["schema.sql"]), written);
        Exported { files, diagnostics }
    }
}

/// The tables exactly as the dialect's script makes them.
pub fn schema_of(dialect: &dyn Dialect, model: &Model, options: &Options) -> Schema {
    let mut schema = relational::lower(model, dialect.target(), Choices::of(options));
    let mut notices = Notices::default();
    adapt::check_native_types(&mut schema, &mut notices);
    adapt::keep_agreeing_references(dialect, &mut schema, &mut notices);
    adapt::settle_defaults(dialect, &mut schema);
    storage::keep_properties(dialect, &mut schema, &mut notices);
    let escapes = dialect.traits().comments == Comments::Statements;
    adapt::change_notes(&mut schema, |note, _| {
        if escapes {
            *note = note.replace('\0', "");
            return;
        }
        if note.contains(['\r', '\0']) {
            let start: String = note.chars().take(30).collect();
            notices.note("carriage returns in notes become line breaks", format!("{start:?}"));
        }
        *note = note.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    });
    dialect.adapt(&mut schema, &mut notices);
    let quotes_always = options.text(QUOTE.key) == "always";
    adapt_code(dialect, model, &mut schema, quotes_always, &mut notices);
    adapt::drop_dangling_references(&mut schema, &mut notices);
    relational::reorder(&mut schema);
    schema.diagnostics.extend(notices.into_diagnostics(dialect.target().id()));
    schema
}
