//! The order in which a script is written: what is dropped, namespaces, types, tables each with
//! their indexes and notes, foreign keys that close cycles, views.
//!
//! Lines are written without the writer's own indentation: a name or text that breaks over lines
//! must keep them as they are. Must not know any dialect but by its traits and methods.

mod notes;
mod table;

use crate::formats::code::{Code, CodeWriter, Written, code, join};
use crate::formats::relational::schema::{EnumerationType, ForeignKey, Schema, Table, View};
use crate::formats::sql::dialect::{Comments, Dialect};
use crate::formats::sql::render::notes::write_script_comment;
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::id::ElementId;

/// Longest line that stays in one piece.
pub(super) const WIDE: usize = 100;

/// What a person chose of a script.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Whether names that need no quotes have them too.
    pub quotes_always: bool,
    /// What happens to what is there already.
    pub existing: Existing,
}

/// What happens to what is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    /// The engine refuses the script.
    #[default]
    Refuse,
    /// It is left alone.
    Keep,
    /// It is dropped first.
    Drop,
}

/// The script that makes that schema, and which lines come from which element.
pub fn render(dialect: &dyn Dialect, schema: &Schema, style: Style, title: &str) -> Written {
    let keeps = style.existing == Existing::Keep && dialect.traits().if_not_exists;
    let if_not_exists = if keeps { " IF NOT EXISTS" } else { "" };
    let sql = Writer { dialect, schema, quotes_always: style.quotes_always, if_not_exists };
    let mut script = Script { sql, style, code: CodeWriter::new("") };
    write_script_comment(&mut script.code, "", title);
    write_script_comment(&mut script.code, "", dialect.traits().engine);
    if style.existing == Existing::Drop {
        script.drops();
    }
    script.prelude();
    script.namespaces();
    for enumeration in schema.enumerations.iter().filter(|one| !one.checked) {
        script.enumeration(enumeration);
    }
    for table in &schema.tables {
        script.table(table);
    }
    script.deferred_keys();
    for view in &schema.views {
        script.view(view);
    }
    script.code.finish()
}

/// A script that is being written.
struct Script<'a> {
    sql: Writer<'a>,
    style: Style,
    code: CodeWriter<Sql>,
}

impl Script<'_> {
    fn drops(&mut self) {
        self.code.blank();
        let traits = self.sql.dialect.traits();
        let schema = self.sql.schema;
        for view in schema.views.iter().rev() {
            self.code.line(code!("DROP VIEW IF EXISTS ", self.sql.qualified(&view.name), ";"));
        }
        if let Some([before, _]) = traits.drop_around {
            self.code.line(code!(before, ";"));
        }
        if traits.batches {
            self.drop_deferred_keys();
        }
        for table in schema.tables.iter().rev() {
            let name = self.sql.qualified(&table.name);
            self.code.line(code!("DROP TABLE IF EXISTS ", name, traits.drop_options, ";"));
        }
        if let Some([_, after]) = traits.drop_around {
            self.code.line(code!(after, ";"));
        }
        if traits.comments == Comments::Statements {
            for enumeration in schema.enumerations.iter().filter(|one| !one.checked) {
                let name = self.sql.qualified(&enumeration.name);
                self.code.line(code!("DROP TYPE IF EXISTS ", name, ";"));
            }
        }
    }

    fn drop_deferred_keys(&mut self) {
        for table in &self.sql.schema.tables {
            let name = self.sql.qualified(&table.name);
            for key in table.foreign_keys.iter().filter(|key| key.deferred) {
                let there =
                    code!("object_id(", self.sql.string(name.as_str()), ", N'U') IS NOT NULL");
                let key = self.sql.name(&key.name);
                let drop = code!("ALTER TABLE ", &name, " DROP CONSTRAINT IF EXISTS ", key, ";");
                self.code.line(code!("IF ", there, " ", drop));
            }
        }
    }

    fn prelude(&mut self) {
        self.code.blank();
        for statement in self.sql.dialect.prelude(self.sql.schema) {
            self.code.line(code!(statement, ";"));
        }
    }

    fn namespaces(&mut self) {
        self.code.blank();
        let traits = self.sql.dialect.traits();
        for namespace in &self.sql.schema.namespaces {
            if namespace.name == traits.default_namespace {
                continue;
            }
            let sql = self.sql;
            let kept = if traits.if_not_exists { " IF NOT EXISTS" } else { "" };
            self.code.from_element(ElementId::Namespace(namespace.id), |code| {
                if traits.comments != Comments::Statements {
                    write_script_comment(code, "", &namespace.note);
                }
                let name = sql.name(&namespace.name);
                code.line(code!(traits.create_namespace, kept, " ", &name, ";"));
                if traits.batches {
                    code.line("GO");
                }
                if traits.comments == Comments::Statements && !namespace.note.is_empty() {
                    let note = sql.string(&namespace.note);
                    code.line(code!("COMMENT ON SCHEMA ", name, " IS ", note, ";"));
                }
            });
        }
    }

    fn enumeration(&mut self, enumeration: &EnumerationType) {
        let traits = self.sql.dialect.traits();
        if traits.comments != Comments::Statements {
            return;
        }
        let sql = self.sql;
        let style = self.style;
        self.code.blank();
        self.code.from_element(ElementId::Enumeration(enumeration.id), |code| {
            let name = sql.qualified(&enumeration.name);
            let values: Vec<_> = enumeration.values.iter().map(|value| sql.string(value)).collect();
            let line = code!("CREATE TYPE ", &name, " AS ENUM (", join(&values, ", "), ");");
            let statement = if line.width() > WIDE {
                code!("CREATE TYPE ", &name, " AS ENUM (\n    ", join(&values, ",\n    "), "\n);")
            } else {
                line
            };
            code.line(if_new(statement, style));
            if !enumeration.note.is_empty() {
                let note = sql.string(&enumeration.note);
                code.line(code!("COMMENT ON TYPE ", name, " IS ", note, ";"));
            }
        });
    }

    fn table(&mut self, table: &Table) {
        let sql = self.sql;
        self.code.blank();
        self.code.from_element(table.origin.element(), |code| {
            table::write_table(&sql, code, table);
            if !sql.dialect.traits().indexes_in_table {
                table::write_indexes(&sql, code, table);
            }
            notes::write_table_notes(&sql, code, table);
        });
    }

    fn deferred_keys(&mut self) {
        let traits = self.sql.dialect.traits();
        if traits.references_ahead {
            return;
        }
        self.code.blank();
        for table in &self.sql.schema.tables {
            for key in table.foreign_keys.iter().filter(|key| key.deferred) {
                self.deferred_key(table, key);
            }
        }
    }

    fn deferred_key(&mut self, table: &Table, key: &ForeignKey) {
        let sql = self.sql;
        let style = self.style;
        let wraps = sql.dialect.traits().comments == Comments::Statements;
        let element = key.reference.map_or(table.origin.element(), ElementId::Reference);
        self.code.from_element(element, |code| {
            if !wraps {
                write_script_comment(code, "", &key.note);
            }
            let name = sql.qualified(&table.name);
            let constraint = table::foreign_key(&sql, key, "    ");
            let statement = code!("ALTER TABLE ", &name, "\n    ADD ", constraint, ";");
            code.line(if wraps { if_new(statement, style) } else { statement });
            if wraps {
                notes::write_constraint_note(&sql, code, &name, &key.name, &key.note);
            }
        });
    }

    fn view(&mut self, view: &View) {
        let sql = self.sql;
        let traits = sql.dialect.traits();
        let replaces = self.style.existing == Existing::Keep;
        self.code.blank();
        let verb = if replaces { traits.replace_view } else { "CREATE VIEW" };
        self.code.from_element(ElementId::Entity(view.entity), |code| {
            if traits.batches {
                code.line("GO");
            }
            if traits.comments != Comments::Statements {
                write_script_comment(code, "", &view.note);
            }
            let name = sql.qualified(&view.name);
            code.line(code!(verb, " ", name, " AS\n", text::typed(&view.query), ";"));
            if traits.batches {
                code.line("GO");
            }
            notes::write_view_notes(&sql, code, view);
        });
    }
}

/// A PostgreSQL statement that does nothing when what it makes is there already.
fn if_new(statement: Code<Sql>, style: Style) -> Code<Sql> {
    if style.existing != Existing::Keep {
        return statement;
    }
    let mut mark: Code<Sql> = code!("new");
    let tag = loop {
        let tag = code!("$", &mark, "$");
        if !statement.as_str().contains(tag.as_str()) {
            break tag;
        }
        mark = code!("x", mark);
    };
    let otherwise = "EXCEPTION WHEN duplicate_object THEN NULL;";
    code!("DO ", &tag, " BEGIN\n", statement, "\n", otherwise, "\nEND ", &tag, ";")
}
