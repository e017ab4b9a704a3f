//! What was imported, in words: a line for every part of a model, and what was said of the files.

use std::fmt::Write as _;

use lunette::formats::Imported;
use lunette::formats::sources::Sources;
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::entity::Entity;
use lunette::model::field::{DefaultValue, Field, Literal};
use lunette::model::index::{Index, IndexKind, IndexTarget, SortOrder};
use lunette::model::reference::{End, Reference};
use lunette::model::spelling::type_name;

/// All of it.
pub(super) fn described(imported: &Imported, sources: &Sources) -> String {
    let mut text = String::new();
    let model = &imported.project.model;
    for entity in model.entities() {
        entity_lines(model, entity, &mut text);
    }
    for one in model.enumerations() {
        let values: Vec<_> =
            one.values.iter().map(|v| format!("{}{}", v.name, note(&v.note))).collect();
        writeln!(text, "enum {}: {}{}", one.name, values.join(" | "), note(&one.note)).unwrap();
    }
    for reference in model.references() {
        reference_line(model, reference, &mut text);
    }
    for (target, options) in &imported.project.settings.target_options {
        writeln!(text, "options of {target}: {options:?}").unwrap();
    }
    for one in &imported.diagnostics {
        let place = one.span.map_or_else(String::new, |span| {
            let path = sources.path_of(one).unwrap();
            format!("{path}:{}:{}: ", span.line, span.column)
        });
        writeln!(text, "{place}{}: {}", one.severity, one.message).unwrap();
        if let Some(hint) = &one.hint {
            writeln!(text, "  {hint}").unwrap();
        }
    }
    text
}

fn note(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" -- {}", text.escape_debug()) }
}

fn entity_lines(model: &Model, entity: &Entity, text: &mut String) {
    write!(text, "{} {}", entity.kind.as_str(), entity.name).unwrap();
    if let Some(stored) = &entity.stored_name {
        write!(text, " in {stored}").unwrap();
    }
    for (flag, word) in [(entity.timestamps, "timestamps"), (entity.keeps_id, "keeps _id")] {
        if flag {
            write!(text, " {word}").unwrap();
        }
    }
    if let Some(options) = entity.extras.options.get("mongoose") {
        write!(text, " {options:?}").unwrap();
    }
    writeln!(text, "{}", note(&entity.note)).unwrap();
    for field in &entity.fields {
        field_lines(model, entity, field, 1, text);
    }
    for index in &entity.indexes {
        index_line(entity, index, text);
    }
}

fn field_lines(model: &Model, entity: &Entity, field: &Field, depth: usize, text: &mut String) {
    write!(text, "{}{}: {}", "  ".repeat(depth), field.name, type_name(model, &field.ty)).unwrap();
    let flags = [
        (entity.is_in_primary_key(field.id), "key"),
        (field.required, "required"),
        (field.unique, "unique"),
        (field.immutable, "immutable"),
        (field.trim, "trim"),
        (field.lowercase, "lowercase"),
        (field.hidden, "hidden"),
        (field.keeps_id && field.ty.innermost() == &DataType::Object, "keeps _id"),
    ];
    for (_, word) in flags.iter().filter(|(flag, _)| *flag) {
        write!(text, " {word}").unwrap();
    }
    let rules = [
        ("min", field.min.as_ref().map(|n| n.as_str().to_owned())),
        ("max", field.max.as_ref().map(|n| n.as_str().to_owned())),
        ("min length", field.min_length.map(|n| n.to_string())),
        ("max length", field.max_length.map(|n| n.to_string())),
        ("pattern", field.pattern.clone()),
        ("default", field.default.as_ref().map(default_text)),
        ("alias", field.extras.option("mongoose", "alias").map(str::to_owned)),
        ("native", field.native_types.get("mongoose").cloned()),
    ];
    for (rule, value) in rules {
        if let Some(value) = value {
            write!(text, " {rule}={value}").unwrap();
        }
    }
    writeln!(text, "{}", note(&field.note)).unwrap();
    for child in &field.fields {
        field_lines(model, entity, child, depth + 1, text);
    }
}

fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Now => "now".to_owned(),
        DefaultValue::Generated => "new id".to_owned(),
        DefaultValue::Expression(code) => format!("`{code}`"),
        DefaultValue::Value(value) => match value {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(flag) => flag.to_string(),
            Literal::Number(number) => number.as_str().to_owned(),
            Literal::Text(text) => format!("{text:?}"),
            Literal::EmptyArray => "[]".to_owned(),
            Literal::EmptyObject => "{}".to_owned(),
        },
    }
}

fn index_line(entity: &Entity, index: &Index, text: &mut String) {
    let parts: Vec<_> = index
        .parts
        .iter()
        .map(|part| {
            let IndexTarget::Field(field) = &part.on else { panic!("an expression") };
            let path = entity.field_path(*field);
            let path: Vec<_> = path.iter().map(|field| field.name.as_str()).collect();
            let down = if part.order == SortOrder::Descending { " down" } else { "" };
            format!("{}{down}", path.join("."))
        })
        .collect();
    write!(text, "  index ({})", parts.join(", ")).unwrap();
    if index.kind != IndexKind::Ordered {
        write!(text, " {:?}", index.kind).unwrap();
    }
    for (flag, word) in [(index.unique, "unique"), (index.sparse, "sparse")] {
        if flag {
            write!(text, " {word}").unwrap();
        }
    }
    if let Some(name) = &index.name {
        write!(text, " called {name}").unwrap();
    }
    if let Some(filter) = &index.partial {
        write!(text, " where {filter}").unwrap();
    }
    if let Some(seconds) = index.expire_after_seconds {
        write!(text, " expires after {seconds} s").unwrap();
    }
    writeln!(text, "{}", note(&index.note)).unwrap();
}

fn reference_line(model: &Model, reference: &Reference, text: &mut String) {
    let end = |end: &End| {
        let entity = model.entity(end.entity).unwrap();
        let paths = end.fields.iter().map(|field| {
            let path = entity.field_path(*field);
            let path: Vec<_> = path.iter().map(|field| field.name.as_str()).collect();
            format!(".{}", path.join("."))
        });
        let role = end.role.as_ref().map_or_else(String::new, |role| format!(" as {role}"));
        format!("{}{} ({}{role})", entity.name, paths.collect::<String>(), end.cardinality.as_str())
    };
    let identifying = if reference.identifying { " identifying" } else { "" };
    assert!(reference.inferred, "the cardinalities of a reference are always inferred");
    writeln!(text, "{} -> {}{identifying}", end(&reference.from), end(&reference.to)).unwrap();
}
