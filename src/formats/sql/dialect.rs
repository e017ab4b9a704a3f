//! What makes one SQL different from another: data where that is enough, methods where it is not.
//!
//! The default methods are the standard's way, kept in [`dialects::ansi`](super::dialects::ansi).
//! Must not know the order in which a script is written; that is [`render`](super::render)'s.

use std::fmt;

use crate::formats::FormatInfo;
use crate::formats::code::Code;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{Column, ColumnType, Rule, Schema, Table, TableIndex};
use crate::formats::relational::target::Target;
use crate::formats::sql::dialects::ansi;
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::storage::Storage;
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::field::{DefaultValue, Literal};

/// One SQL.
pub trait Dialect: Sync + fmt::Debug {
    /// What it is as an export target.
    fn info(&self) -> &'static FormatInfo;

    /// What it can hold.
    fn target(&self) -> &'static Target;

    /// How its scripts look.
    fn traits(&self) -> &'static Traits;

    /// How it is read.
    fn reading(&self) -> &'static Reading;

    /// How it spells a type.
    fn type_name(&self, sql: &Writer<'_>, ty: &ColumnType) -> Code<Sql>;

    /// A column within `CREATE TABLE`.
    fn column(&self, sql: &Writer<'_>, table: &Table, column: &Column) -> ColumnText;

    /// An index: a statement, or a clause of the table where [`Traits::indexes_in_table`].
    fn index(&self, sql: &Writer<'_>, table: &Table, index: &TableIndex) -> Code<Sql>;

    /// How a table is stored, by the properties that it declares.
    fn storage(&self, sql: &Writer<'_>, table: &Table) -> Storage {
        let _ = (sql, table);
        Storage::default()
    }

    /// Statements that must run before any other.
    fn prelude(&self, schema: &Schema) -> Vec<Code<Sql>> {
        let _ = schema;
        Vec::new()
    }

    /// Takes out or changes what the engine would refuse, and says so.
    fn adapt(&self, schema: &mut Schema, notices: &mut Notices);

    /// The expression for a new value: a UUID or an object id, by the type.
    fn generated_value(&self, ty: &ColumnType) -> &'static str;

    /// Whether the name can stand without quotes and still mean itself.
    fn is_bare(&self, name: &str) -> bool {
        ansi::is_bare(name, self.target().id())
    }

    /// The name in quotes.
    fn quoted(&self, name: &str) -> Code<Sql> {
        text::quoted(['"'; 2], name)
    }

    /// A text constant.
    fn string(&self, text: &str) -> Code<Sql> {
        text::string(text)
    }

    /// A truth constant.
    fn boolean(&self, value: bool) -> &'static str {
        ansi::boolean(value)
    }

    /// The current day, time or moment, as a default of a column of that type.
    fn now(&self, ty: &ColumnType) -> &'static str {
        ansi::now(ty)
    }

    /// A constant as a default of a column of that type.
    fn constant(&self, literal: &Literal, ty: &ColumnType) -> Code<Sql> {
        ansi::constant(self.quoting(), literal, ty)
    }

    /// A default.
    fn default_value(&self, default: &DefaultValue, ty: &ColumnType) -> Code<Sql> {
        ansi::default_value(self.quoting(), default, ty)
    }

    /// What a rule demands of a column, given in quotes; none where it cannot be said.
    fn rule(&self, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
        ansi::rule(self.quoting(), column, rule)
    }

    /// This dialect as the trait object that shared functions take.
    fn quoting(&self) -> &dyn Dialect;
}

/// How scripts of a dialect look.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of a dialect that do not depend on each other"
)]
pub struct Traits {
    /// The engine and its oldest version, for the first line.
    pub engine: &'static str,
    /// How notes are kept.
    pub comments: Comments,
    /// Whether indexes stand within their table.
    pub indexes_in_table: bool,
    /// Whether foreign keys may point at tables that do not exist yet; else such are added later.
    pub references_ahead: bool,
    /// Whether a primary key has a name.
    pub names_primary_keys: bool,
    /// Whether some statements must be alone between `GO` lines.
    pub batches: bool,
    /// Whether `IF NOT EXISTS` is understood.
    pub if_not_exists: bool,
    /// The statement that makes a namespace, without the name.
    pub create_namespace: &'static str,
    /// Marks of code that the engine does not know, in lower case.
    pub foreign_marks: &'static [&'static str],
    /// The statement that makes a view or replaces one, without the name.
    pub replace_view: &'static str,
    /// The namespace that names without one are in.
    pub default_namespace: &'static str,
    /// What stands after the name of a table that is dropped.
    pub drop_options: &'static str,
    /// Statements around dropping tables that reference each other.
    pub drop_around: Option<[&'static str; 2]>,
    /// The longest note on a table and on anything else, in characters.
    pub longest_notes: Option<[usize; 2]>,
}

/// How notes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// `COMMENT ON …` statements.
    Statements,
    /// `COMMENT '…'` within the table.
    Clauses,
    /// Comments of the script itself, which the engine keeps with the statement.
    Script,
    /// Extended properties.
    Properties,
}

/// A column within `CREATE TABLE`, in the parts that stand below each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnText {
    /// The type.
    pub ty: Code<Sql>,
    /// `NOT NULL` or what else stands there.
    pub null: &'static str,
    /// All the rest.
    pub rest: Code<Sql>,
}
