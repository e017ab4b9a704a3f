//! Columns → fields: types, defaults, what counts up.

use sqlparser::ast::Expr;

use crate::base::ident::{Case, with_case};
use crate::formats::default_words::{is_now, literal_from_text, makes_uuid};
use crate::formats::relational::schema::ColumnType;
use crate::formats::relational::{fits, plain_type};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::dialects::ansi;
use crate::formats::sql::import::build::Builder;
use crate::formats::sql::import::expression::{Constant, call, constant, parse};
use crate::formats::sql::import::facts::{AutoIncrement, ColumnFacts, Name, TableFacts, TypeFacts};
use crate::formats::sql::import::index::without_parentheses;
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::types::{Meaning, meaning, type_facts};
use crate::model::data_type::DataType;
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::{DefaultValue, Field, Generated, Literal};
use crate::model::id::EnumerationId;

impl Builder<'_> {
    /// The field that a column is.
    pub(super) fn field(&mut self, table: &TableFacts, column: &ColumnFacts) -> Field {
        let meant = self.resolve(table, column);
        let id = self.dialect.target().id();
        let mut field = Field::new(self.mint.mint(), &column.name, meant.ty);
        if let Some(native) = meant.native {
            field.native_types.insert(id.to_owned(), native);
        }
        field.required = column.required;
        field.note.clone_from(&column.note);
        if let Some((expression, stored)) = &column.generated {
            let expression = without_parentheses(expression).to_owned();
            field.generated = Some(Generated { expression, stored: *stored });
            if column.is_untyped() {
                field.ty = type_of_expression(&field, self);
            }
        }
        self.set_auto_increment(&mut field, column, table);
        if let Some(text) = column.default.as_ref().filter(|_| field.generated.is_none()) {
            self.set_default(&mut field, text, table);
        }
        if column.updated_on_change {
            field.extras.set(id, "on_update", "current_timestamp");
        }
        field
    }

    /// What a column's type means, through enumerations.
    fn resolve(&mut self, table: &TableFacts, column: &ColumnFacts) -> Meaning {
        let ty = &column.ty;
        let of_enumeration = |id: EnumerationId| {
            let mut ty_of = DataType::Enumeration(id);
            for _ in 0..ty.arrays {
                ty_of = ty_of.array();
            }
            Meaning::known(ty_of)
        };
        let subject = |what: &str| format!("{}.{}{what}", table.name.name, column.name);
        if ty.words.first().is_some_and(|word| word == "enum") && !ty.arguments.is_empty() {
            let name = &table.name.name;
            return of_enumeration(self.shared_enumeration(&ty.arguments, name, &column.name));
        }
        if let Some(name) = &ty.name {
            let known = self.enumeration_ids.iter().find(|(known, _)| known.is_like(name));
            if let Some((_, id)) = known {
                return of_enumeration(*id);
            }
        }
        let is_other = |name: &Name| self.facts.other_types.iter().any(|one| one.is_like(name));
        if ty.name.as_ref().is_some_and(is_other) {
            self.lose(Lost::Composite, subject(""), ty.place);
            return Meaning::known(DataType::Json);
        }
        let meant = self.meaning(ty);
        if meant.loses_spelling {
            self.lose(Lost::TypeSpelling, subject(&format!(" ({})", ty.written)), ty.place);
        } else if meant.is_unknown && !ty.written.is_empty() {
            let unknown = self.unknown_types.entry(ty.written.clone());
            unknown.or_insert((ty.place, Vec::new())).1.push(subject(""));
        }
        meant
    }

    /// The meaning of a type, which most columns share with others.
    fn meaning(&mut self, ty: &TypeFacts) -> Meaning {
        if let Some(known) = self.meanings.get(&ty.written).filter(|_| !ty.written.is_empty()) {
            return known.clone();
        }
        let meant = meaning(self.dialect, ty);
        self.meanings.insert(ty.written.clone(), meant.clone());
        meant
    }

    /// The enumeration of these values that has no name: one for all columns that list the same.
    pub(super) fn shared_enumeration(
        &mut self,
        values: &[String],
        table: &str,
        column: &str,
    ) -> EnumerationId {
        let same = |one: &&Enumeration| {
            one.values.len() == values.len()
                && one.values.iter().zip(values).all(|(a, b)| a.name == *b)
        };
        let known = self.model.enumerations().filter(|one| self.nameless.contains(&one.id));
        if let Some(known) = known.into_iter().find(same) {
            return known.id;
        }
        let short = with_case(column, Case::Pascal);
        let wanted = if self.enumeration_names.is_taken(&short) {
            format!("{}{short}", with_case(table, Case::Pascal))
        } else {
            short
        };
        let name = self.enumeration_names.unique(&wanted, "");
        let id = self.add_enumeration(&name, values);
        self.nameless.push(id);
        id
    }

    /// Adds an enumeration of that name to the model.
    pub(super) fn add_enumeration(&mut self, name: &str, values: &[String]) -> EnumerationId {
        let mut enumeration = Enumeration::new(self.mint.mint(), name);
        for value in values {
            let (id, name) = (self.mint.mint(), value.clone());
            enumeration.values.push(EnumerationValue { id, name, note: String::new() });
        }
        let id = enumeration.id;
        self.model.put_enumeration(enumeration);
        id
    }

    fn set_auto_increment(&self, field: &mut Field, column: &ColumnFacts, table: &TableFacts) {
        let has_row_ids =
            self.dialect.reading().has_row_ids && !table.storage.contains_key("without_rowid");
        let synonyms = self.dialect.reading().synonyms;
        let is_serial = column.ty.words.first().is_some_and(|word| {
            word.contains("serial") && synonyms.iter().any(|(other, _)| other == word)
        });
        let way = match column.auto_increment {
            _ if is_serial => AutoIncrement::Serial,
            AutoIncrement::RowId if !has_row_ids => AutoIncrement::No,
            other => other,
        };
        field.auto_increment = way != AutoIncrement::No;
        field.required |= field.auto_increment;
        match way {
            AutoIncrement::No | AutoIncrement::Usual => {}
            AutoIncrement::Always => field.extras.set("postgres", "identity", "always"),
            AutoIncrement::Serial => field.extras.set("postgres", "identity", "serial"),
            AutoIncrement::RowId => field.extras.set("sqlite", "autoincrement", "false"),
        }
    }

    fn set_default(&mut self, field: &mut Field, text: &str, table: &TableFacts) {
        if text.to_lowercase().contains("nextval(") {
            // Names of sequences are cut where they are too long.
            let own: String = format!("{}_", table.name.name).chars().take(29).collect();
            if !text.contains(&own) {
                let subject = format!("{}.{}", table.name.name, field.name);
                self.lose(Lost::SharedSequence, subject, table.place);
            }
            field.auto_increment = true;
            field.required = true;
            field.extras.set("postgres", "identity", "serial");
            return;
        }
        field.default = default_value(self.dialect, &field.ty, text);
    }
}

/// What a default means; no value is no default.
pub(super) fn default_value(
    dialect: &dyn Dialect,
    ty: &DataType,
    text: &str,
) -> Option<DefaultValue> {
    let code = || Some(DefaultValue::Expression(ansi::without_parentheses(text).to_owned()));
    let Some(expression) = parse(dialect.reading(), text) else { return code() };
    let is_moment = matches!(ty, DataType::Date | DataType::Time | DataType::DateTime { .. });
    if let Some(constant) = constant(&expression) {
        // PostgreSQL reads the text `now` as the current moment.
        if is_moment && constant == Constant::Text("now".to_owned()) {
            return Some(DefaultValue::Now);
        }
        let default = match literal(constant, ty) {
            Literal::Null => return None,
            literal => DefaultValue::Value(literal),
        };
        // What no column of ours could have is the script's own business.
        let is_odd = plain_type(ty).is_some_and(|ty| !fits(&default, &ty, &[]));
        return if is_odd { code() } else { Some(default) };
    }
    if let Some((function, arguments)) = call(&expression) {
        let is_plain = arguments.iter().all(|argument| {
            matches!(constant(argument), Some(Constant::Number(_) | Constant::Text(_)))
        });
        if is_moment && is_plain && is_now(&function) {
            return Some(DefaultValue::Now);
        }
        let is_uuid = makes_uuid(&function) && arguments.is_empty();
        if is_uuid && *ty == DataType::Uuid {
            return Some(DefaultValue::Generated);
        }
    }
    let Some(column_type) = plain_type(ty) else { return code() };
    if is_moment && same_code(text, dialect.now(&column_type)) {
        return Some(DefaultValue::Now);
    }
    let can_be_generated = matches!(
        column_type,
        ColumnType::Uuid | ColumnType::ObjectId | ColumnType::String { .. } | ColumnType::Text
    );
    let can_be_generated = can_be_generated && fits(&DefaultValue::Generated, &column_type, &[]);
    if can_be_generated && same_code(text, dialect.generated_value(&column_type)) {
        return Some(DefaultValue::Generated);
    }
    code()
}

/// Whether two expressions differ by blanks, case and outer parentheses only.
fn same_code(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        ansi::without_parentheses(text).to_lowercase().split_whitespace().collect()
    };
    plain(a) == plain(b)
}

/// A constant as a literal of that type.
fn literal(constant: Constant, ty: &DataType) -> Literal {
    match (constant, ty) {
        (Constant::Null, _) => Literal::Null,
        (Constant::Boolean(value), _) => Literal::Boolean(value),
        (Constant::Number(number), DataType::Boolean) if matches!(number.as_str(), "0" | "1") => {
            Literal::Boolean(number.as_str() == "1")
        }
        (Constant::Number(number), _) => Literal::Number(number),
        (Constant::EmptyArray, _) => Literal::EmptyArray,
        (Constant::Text(text), ty) => literal_from_text(text, ty),
    }
}

/// What a computed column of unknown type holds, as far as its expression says so.
fn type_of_expression(field: &Field, builder: &Builder<'_>) -> DataType {
    let expression = field.generated.as_ref().map(|generated| generated.expression.as_str());
    let parsed = expression.and_then(|text| parse(builder.dialect.reading(), text));
    parsed.and_then(|expression| type_of(&expression, builder)).unwrap_or(DataType::Text)
}

fn type_of(expression: &Expr, builder: &Builder<'_>) -> Option<DataType> {
    match expression {
        Expr::Nested(inner) => type_of(inner, builder),
        Expr::Cast { data_type, .. } | Expr::Convert { data_type: Some(data_type), .. } => {
            let quoting = builder.dialect.reading().quoting;
            let ty = type_facts(&data_type.to_string(), quoting);
            Some(meaning(builder.dialect, &ty).ty)
        }
        Expr::Case { conditions, else_result, .. } => {
            let results = conditions.iter().map(|when| &when.result);
            let mut results = results.chain(else_result.as_deref());
            results.find_map(|result| type_of(result, builder))
        }
        Expr::BinaryOp { op, .. } if matches!(op.to_string().as_str(), "*" | "/" | "-" | "%") => {
            Some(DataType::Decimal { precision: None, scale: None })
        }
        _ => None,
    }
}
