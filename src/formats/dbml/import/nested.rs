//! Types that hold fields or types of their own, as xDBML writes them: `object { … }`,
//! `array [ item object { … } ]`, `oneOf { … }`, `union [int, null]`.

use crate::base::diagnostic::Span;
use crate::formats::dbml::import::column::{column, column_type};
use crate::formats::dbml::import::cursor::{Cursor, Word, between_commas};
use crate::formats::dbml::import::facts::{Facts, InlineLink, Table};
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::tree::{Block, Group, Part};
use crate::formats::draft::entity::{DraftField, DraftType};
use crate::model::data_type::DataType;

/// A type with what it holds.
pub(super) struct Shape {
    pub(super) ty: DraftType,
    pub(super) fields: Vec<DraftField>,
    /// References of the fields in it, by their paths from here.
    pub(super) links: Vec<InlineLink>,
    /// Whether it says that there may be no value.
    pub(super) may_be_null: bool,
}

impl Shape {
    fn plain(ty: DraftType) -> Self {
        Self { ty, fields: Vec::new(), links: Vec::new(), may_be_null: false }
    }
}

/// Takes a type that holds fields or types.
pub(super) fn shape(
    facts: &mut Facts,
    table: &mut Table,
    cursor: &mut Cursor<'_, '_>,
) -> Option<Shape> {
    let mut ahead = cursor.clone();
    let word = ahead.token_if(|token| token.kind == Kind::Word)?;
    let span = word.span;
    let shape = match (word.text.to_lowercase().as_str(), ahead.peek()) {
        ("object", Some(Part::Block(block))) => object(facts, table, block),
        ("array" | "list" | "set", Some(Part::List(group))) => array(facts, table, group, span),
        ("union", Some(Part::List(group))) => union(facts, group, span),
        ("oneof" | "anyof", Some(Part::Block(block))) => one_of(facts, table, block, span),
        _ => return None,
    };
    ahead.next();
    *cursor = ahead;
    Some(shape)
}

/// The fields in a block.
pub(super) fn object(facts: &mut Facts, table: &mut Table, block: &Block<'_>) -> Shape {
    let mut shape = Shape::plain(DraftType::Known(DataType::Object));
    for line in &block.lines {
        let cursor = Cursor::new(&line.parts, line.span());
        let Some(column) = column(facts, table, cursor) else { continue };
        shape.fields.push(column.field);
        shape.links.extend(column.links);
    }
    shape
}

/// `oneOf { card object { … } cash object { … } }`: one object with the fields of all cases.
fn one_of(facts: &mut Facts, table: &mut Table, block: &Block<'_>, span: Span) -> Shape {
    let cases = object(facts, table, block);
    let is_object = |case: &DraftField| !case.fields.is_empty();
    if cases.fields.is_empty() || !cases.fields.iter().all(is_object) {
        facts.lose(
            (
                "fields of one type or another hold anything",
                "choose one type, or make a field of each",
            ),
            "",
            span,
        );
        return Shape::plain(DraftType::Known(DataType::Mixed));
    }
    facts.lose(
        (
            "cases of a field become one object with the fields of all",
            "make an embedded type of each case where they must be told apart",
        ),
        "",
        span,
    );
    let mut shape = Shape::plain(DraftType::Known(DataType::Object));
    for mut field in cases.fields.into_iter().flat_map(|case| case.fields) {
        let is_there = |other: &DraftField| other.field.name == field.field.name;
        if !shape.fields.iter().any(is_there) {
            // Only some of the cases have it.
            field.field.required = false;
            shape.fields.push(field);
        }
    }
    shape.links = cases.links;
    for link in &mut shape.links {
        // The name of the case.
        link.path.remove(0);
    }
    shape
}

/// `[ item object { … } ]`, `[ string ]`
fn array(facts: &mut Facts, table: &mut Table, group: &Group<'_>, span: Span) -> Shape {
    let mut items = between_commas(group);
    if items.len() > 1 {
        facts.lose(
            ("lists of several types hold anything", "choose one type for the values of the list"),
            "",
            span,
        );
        return Shape::plain(DraftType::Known(DataType::Mixed).array());
    }
    let Some(mut item) = items.pop() else {
        return Shape::plain(DraftType::Known(DataType::Mixed).array());
    };
    // What stands before the type is the name of an item.
    let mut named = item.clone();
    let has_name = named.name().is_some()
        && matches!(named.peek(), Some(Part::Token(token)) if token.is_name());
    if has_name {
        item = named;
    }
    let inner = match shape(facts, table, &mut item) {
        Some(inner) => inner,
        None => {
            Shape::plain(column_type(facts, &mut item).unwrap_or(DraftType::Known(DataType::Mixed)))
        }
    };
    Shape { ty: inner.ty.array(), may_be_null: false, ..inner }
}

/// `[int, null]`: the one type beside null, or anything.
fn union(facts: &mut Facts, group: &Group<'_>, span: Span) -> Shape {
    let mut may_be_null = false;
    let mut types = Vec::new();
    for mut piece in between_commas(group) {
        if piece.keyword("null") {
            may_be_null = true;
        } else {
            types.extend(column_type(facts, &mut piece));
        }
    }
    let ty = match types.pop() {
        Some(only) if types.is_empty() => only,
        _ => {
            facts.lose(
                (
                    "fields of one type or another hold anything",
                    "choose one type, or make a field of each",
                ),
                "",
                span,
            );
            DraftType::Known(DataType::Mixed)
        }
    };
    Shape { may_be_null, ..Shape::plain(ty) }
}

/// The links of fields in a field of that name, by their paths from outside.
pub(super) fn inside(name: &Word, links: Vec<InlineLink>) -> impl Iterator<Item = InlineLink> {
    links.into_iter().map(|link| {
        let mut path = vec![name.clone()];
        path.extend(link.path);
        InlineLink { path, ..link }
    })
}
