//! Random models of tables that a dialect can carry whole: what comes back is what was given, in
//! every word.

use lunette::document::project::Project;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;
use lunette::model::field::{DefaultValue, Generated, Literal, Number};
use lunette::model::id::{EntityId, FieldId};
use lunette::model::index::{IndexKind, SortOrder};
use lunette::model::key::KeyKind;
use lunette::model::reference::{Cardinality, ReferentialAction};
use proptest::prelude::*;

use super::described::described;
use super::{DIALECTS, export_to, import, messages};
use crate::support::builder::{Builder, text_default};
use crate::support::random::Random;

/// Beginnings of names that need quotes somewhere, or look as if they did.
const WORDS: [&str; 12] = [
    "item",
    "order",
    "createdAt",
    "Group",
    "two words",
    "it's",
    "say \"hi\"",
    "tick`s",
    "br]ack[et",
    "naïve",
    "日本",
    "semi;colon--",
];

const NOTES: [&str; 6] = [
    "",
    "",
    "plain words",
    "two\nlines",
    "it's a \"note\" \\ with 'quotes'",
    "ends; -- here /* no",
];

/// A model in the making, and what can be referenced in it.
struct Tables {
    build: Builder,
    random: Random,
    dialect: &'static str,
    count: usize,
    /// Tables with the fields and types of their primary key.
    keys: Vec<(EntityId, Vec<(FieldId, DataType)>)>,
}

impl Tables {
    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.random.below(all.len())].clone()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.random.below(n) == 0
    }

    fn name(&mut self) -> String {
        self.count += 1;
        let word = self.pick(&WORDS);
        format!("{word} {}", self.count)
    }

    fn note(&mut self) -> String {
        self.pick(&NOTES).to_owned()
    }

    fn chosen_name(&mut self) -> Option<String> {
        self.one_in(2).then(|| self.name())
    }

    fn has_namespaces(&self) -> bool {
        matches!(self.dialect, "postgres" | "sqlserver")
    }

    /// A type that keys can be over.
    fn key_type(&mut self) -> DataType {
        let length = Some(1 + u32::try_from(self.random.below(60)).unwrap());
        self.pick(&[
            DataType::INTEGER,
            DataType::Integer(IntegerSize::Big),
            DataType::Integer(IntegerSize::Small),
            DataType::String { length },
            DataType::Uuid,
            DataType::Date,
        ])
    }

    fn any_type(&mut self) -> DataType {
        let mut all = vec![
            self.key_type(),
            DataType::Text,
            DataType::Boolean,
            DataType::Decimal { precision: Some(12), scale: Some(2) },
            DataType::Decimal { precision: None, scale: None },
            DataType::Float,
            DataType::Double,
            DataType::Time,
            DataType::DateTime { zoned: true },
            DataType::DateTime { zoned: false },
            DataType::ObjectId,
            DataType::Json,
            DataType::Binary { length: None },
        ];
        match self.dialect {
            "postgres" => all.extend([
                DataType::Interval,
                DataType::Inet,
                DataType::GeoPoint,
                DataType::Text.array(),
                DataType::INTEGER.array(),
            ]),
            "sqlserver" => all.push(DataType::GeoPoint),
            _ => all.extend([
                DataType::Integer(IntegerSize::Tiny),
                DataType::Binary { length: Some(16) },
            ]),
        }
        self.pick(&all)
    }

    fn default_of(&mut self, ty: &DataType) -> Option<DefaultValue> {
        let number =
            |text| Some(DefaultValue::Value(Literal::Number(Number::parse(text).unwrap())));
        match ty {
            DataType::Integer(_) => number("-7"),
            DataType::Decimal { .. } | DataType::Double => number("0.25"),
            DataType::Boolean => Some(DefaultValue::Value(Literal::Boolean(self.one_in(2)))),
            DataType::Text => Some(text_default("it's \"so\" \\ here\nand there")),
            DataType::String { length: Some(9..) } => Some(text_default("o'clock")),
            DataType::DateTime { .. } | DataType::Date | DataType::Time => Some(DefaultValue::Now),
            DataType::Uuid => Some(DefaultValue::Generated),
            DataType::Json => Some(DefaultValue::Value(Literal::EmptyObject)),
            _ => None,
        }
    }

    fn field(&mut self, table: EntityId) -> (FieldId, DataType) {
        let (name, ty, note) = (self.name(), self.any_type(), self.note());
        let default = if self.one_in(3) { self.default_of(&ty) } else { None };
        let (required, rules) = (self.one_in(2), self.one_in(4));
        let has_patterns = !matches!(self.dialect, "sqlite" | "sqlserver");
        let unique = self.one_in(6);
        let id = self.build.field_with(table, &name, ty.clone(), |field| {
            field.required = required;
            field.default = default;
            field.note = note;
            match field.ty {
                DataType::Integer(_) | DataType::Decimal { .. } if rules => {
                    field.min = Some(Number::from(-100));
                    field.max = Some(Number::from(100));
                }
                DataType::Text if rules => {
                    field.min_length = Some(2);
                    field.max_length = Some(9000);
                    field.pattern = has_patterns.then(|| "^[^;]'?\\d*$".to_owned());
                }
                _ => {}
            }
            field.unique = unique
                && matches!(
                    field.ty,
                    DataType::Integer(_) | DataType::String { .. } | DataType::Uuid
                );
        });
        (id, ty)
    }

    fn enumeration(&mut self, table: EntityId) {
        self.count += 1;
        let name = format!("State{}", self.count);
        let last = format!("it's {}", self.count);
        let choice = self.build.enumeration(&name, &["open", "say \"no\"", last.as_str()]);
        let default = self.one_in(2).then(|| text_default(&last));
        self.build.field_with(
            table,
            &name.to_lowercase(),
            DataType::Enumeration(choice),
            |field| {
                field.default = default;
            },
        );
    }

    fn primary_key(&mut self, table: EntityId) {
        let mut key = Vec::new();
        if self.one_in(3) {
            let ty = match self.dialect {
                "sqlite" => DataType::INTEGER,
                _ => DataType::Integer(IntegerSize::Big),
            };
            let name = self.name();
            let id = self.build.field_with(table, &name, ty.clone(), |field| {
                field.required = true;
                field.auto_increment = true;
            });
            key.push((id, ty));
        } else {
            for _ in 0..=self.random.below(3) {
                let (name, ty) = (self.name(), self.key_type());
                key.push((self.build.required(table, &name, ty.clone()), ty));
            }
        }
        let fields: Vec<_> = key.iter().map(|(id, _)| *id).collect();
        let is_named = !matches!(self.dialect, "mysql" | "mariadb");
        let name = self.chosen_name().filter(|_| is_named);
        self.build.key(table, KeyKind::Primary, &fields, name.as_deref());
        self.keys.push((table, key));
    }

    /// An alternate key over two fields of its own.
    fn alternate_key(&mut self, table: EntityId) {
        let fields: Vec<_> = (0..2)
            .map(|_| {
                let (name, ty) = (self.name(), self.key_type());
                self.build.required(table, &name, ty)
            })
            .collect();
        let name = self.chosen_name();
        self.build.key(table, KeyKind::Alternate, &fields, name.as_deref());
    }

    fn indexes(&mut self, table: EntityId) {
        let fields: Vec<_> = (0..2)
            .map(|_| {
                let (name, ty) = (self.name(), self.key_type());
                self.build.field(table, &name, ty)
            })
            .collect();
        let (name, note, descends) = (self.chosen_name(), self.note(), self.one_in(2));
        let (unique, is_hash) = (self.one_in(3), self.one_in(3) && self.dialect == "postgres");
        let has_partial = !matches!(self.dialect, "mysql" | "mariadb");
        let partial = (has_partial && self.one_in(3)).then(|| "amount > 0".to_owned());
        self.build.index_with(table, &fields, |index| {
            index.name = name;
            index.note = note;
            index.unique = unique;
            index.partial = partial;
            if descends {
                index.parts[1].order = SortOrder::Descending;
            }
        });
        if is_hash {
            self.build.index_with(table, &fields[..1], |index| index.kind = IndexKind::Hash);
        }
    }

    fn table(&mut self) {
        let name = self.name();
        let table = self.build.table(&name);
        self.primary_key(table);
        let decimal = DataType::Decimal { precision: None, scale: None };
        self.build.field(table, "amount", decimal.clone());
        for _ in 0..self.random.below(6) {
            self.field(table);
        }
        if self.one_in(2) {
            self.enumeration(table);
        }
        if self.one_in(3) {
            self.alternate_key(table);
        }
        if self.one_in(2) {
            self.indexes(table);
        }
        if self.one_in(2) {
            let (name, note) = (self.chosen_name(), self.note());
            self.build.check(table, name.as_deref(), "amount > 0 OR amount < -10", &note);
        }
        if self.one_in(4) {
            let name = self.name();
            self.build.field_with(table, &name, decimal, |field| {
                let expression = "amount * 2".to_owned();
                field.generated = Some(Generated { expression, stored: true });
            });
        }
        let (note, timestamps) = (self.note(), self.one_in(4));
        let (stored, dialect) = (self.one_in(3), self.dialect);
        let counts_up = self
            .build
            .project
            .model
            .entity(table)
            .unwrap()
            .fields
            .iter()
            .any(|field| field.auto_increment);
        self.build.change(table, |entity| {
            entity.note = note;
            for (key, value) in storage_of(dialect, counts_up).iter().filter(|_| stored) {
                entity.extras.set(dialect, key, *value);
            }
            entity.timestamps = timestamps;
        });
    }

    fn reference(&mut self) {
        let position = self.random.below(self.keys.len());
        let (from, _) = self.keys[position];
        let keys = self.keys.clone();
        let (to, key) = self.pick(&keys);
        let required = self.one_in(2);
        let fields: Vec<_> = key
            .iter()
            .map(|(_, ty)| {
                let name = self.name();
                self.build.field_with(from, &name, ty.clone(), |field| field.required = required)
            })
            .collect();
        let is_single = self.one_in(4);
        if is_single && let [only] = fields.as_slice() {
            self.build.change(from, |entity| entity.field_mut(*only).unwrap().unique = true);
        }
        let (name, note) = (self.chosen_name(), self.note());
        let mut actions = vec![ReferentialAction::NoAction];
        if self.dialect != "sqlserver" {
            actions.extend([ReferentialAction::Restrict, ReferentialAction::Cascade]);
        }
        if self.dialect != "sqlserver" && !required {
            actions.push(ReferentialAction::SetNull);
        }
        let (on_delete, on_update) = (self.pick(&actions), self.pick(&actions));
        // Tables that are stored in another way keep no references, or are not referred to.
        for table in [from, to] {
            self.build.change(table, |entity| {
                entity.extras.remove("mysql", "engine");
                entity.extras.remove("mariadb", "engine");
                entity.extras.remove("postgres", "unlogged");
            });
        }
        let is_unique = is_single && fields.len() == 1;
        self.build.reference_with(from, &fields, to, |reference| {
            reference.name = name;
            reference.note = note;
            reference.on_delete = on_delete;
            reference.on_update = on_update;
            if is_unique {
                reference.from.cardinality = Cardinality::ZeroOrOne;
            }
            if !required {
                reference.to.cardinality = Cardinality::ZeroOrOne;
            }
        });
    }
}

/// Properties of tables in each dialect; SQLite's rows lie by a key only when it does not count up.
fn storage_of(dialect: &str, counts_up: bool) -> &'static [(&'static str, &'static str)] {
    match dialect {
        "postgres" => &[
            ("unlogged", "true"),
            ("storage_parameters", "fillfactor=70, autovacuum_enabled=false"),
            ("tablespace", "fast \"disk\""),
        ],
        // References between texts of different character sets would be left out.
        "mysql" | "mariadb" => {
            &[("engine", "MyISAM"), ("row_format", "fixed"), ("auto_increment", "100")]
        }
        "sqlite" if counts_up => &[],
        "sqlite" => &[("without_rowid", "true")],
        _ => &[("filegroup", "fast ]disk["), ("data_compression", "page")],
    }
}

fn tables_of(dialect: &'static str, seed: u64) -> Project {
    let build = Builder::new("Tables");
    let random = Random::from_seed(seed);
    let mut tables = Tables { build, random, dialect, count: 0, keys: Vec::new() };
    for _ in 0..=tables.random.below(5) {
        tables.table();
    }
    for _ in 0..tables.random.below(6) {
        tables.reference();
    }
    if tables.has_namespaces() && tables.one_in(2) {
        let (name, note) = (tables.name(), tables.note());
        let namespace = tables.build.namespace(&name, &note);
        let position = tables.random.below(tables.keys.len());
        let (table, _) = tables.keys[position];
        tables.build.change(table, |entity| entity.namespace = Some(namespace));
    }
    if tables.one_in(3) {
        let (name, note) = (tables.name(), tables.note());
        let view = tables.build.entity(&name, EntityKind::View);
        tables.build.change(view, |entity| {
            entity.query = Some("SELECT 1 AS one".to_owned());
            entity.note = note;
        });
    }
    tables.build.project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tables_come_back_in_every_word(
        dialect in prop::sample::select(DIALECTS.to_vec()),
        seed in any::<u64>(),
    ) {
        let project = tables_of(dialect, seed);
        let script = export_to(dialect, &project);
        let read = import(&script, &project.settings.name);
        prop_assert_eq!(messages(&read.diagnostics), Vec::<String>::new(), "{}", script);
        let (given, found) = (described(&project.model), described(&read.project.model));
        let lost: Vec<_> = given.iter().filter(|line| !found.contains(line)).collect();
        let made: Vec<_> = found.iter().filter(|line| !given.contains(line)).collect();
        prop_assert!(
            lost.is_empty() && made.is_empty(),
            "{dialect}: lost {lost:#?}\nmade {made:#?}\n{script}"
        );
        prop_assert_eq!(export_to(dialect, &read.project), script);
    }
}
