//! Facts → a draft: partials are put into their tables, ends of references find their tables.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::similar::did_you_mean;
use crate::formats::dbml::custom::RECORDS;
use crate::formats::dbml::import::cursor::Word;
use crate::formats::dbml::import::facts::{
    Column, End, Facts, Filter, InlineLink, Item, Link, Operator, Side, Table, View,
};
use crate::formats::dbml::import::rules;
use crate::formats::dbml::import::table::qualified;
use crate::formats::dbml::import::timestamps::fold_timestamps;
use crate::formats::dbml::records::Rows;
use crate::formats::dbml::types::{database_of, own_spelling};
use crate::formats::draft::entity::{DraftEntity, DraftField, DraftType};
use crate::formats::draft::groups::{DraftDiagram, Shows};
use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::nest::nest;
use crate::formats::draft::reference::{Count, DraftEnd, DraftReference};
use crate::formats::draft::{Draft, Habits, Undeclared};
use crate::model::entity::EntityKind;
use crate::model::reference::Cardinality;

/// How many things a message names.
const SHOWN: usize = 5;

/// Tables by the names that a text may call them.
type Known = IndexSet<(Option<String>, String)>;

/// The draft that these facts are.
pub(super) fn assemble(mut facts: Facts) -> Draft {
    let target = facts.database.as_deref().and_then(database_of);
    let habits = Habits {
        native: target.filter(|target| target.is_sql).map_or("dbml", |target| target.id),
        spelling: own_spelling,
        undeclared: Undeclared::Slip,
        joins_keys: true,
        kind: EntityKind::Table,
    };
    let mut draft = Draft::new(habits);
    draft.name = facts.project.take();
    draft.note = std::mem::take(&mut facts.note);
    draft.namespaces = std::mem::take(&mut facts.namespaces);
    draft.target = Some(target.map_or("dbml", |target| target.id));
    let usual = target.map_or(EntityKind::Table, |target| target.kind);
    for (table, settings) in std::mem::take(&mut facts.metadata) {
        add_metadata(&mut facts, &table, settings);
    }
    add_records(&mut facts);
    let partials: IndexMap<String, Table> = std::mem::take(&mut facts.partials)
        .into_iter()
        .map(|partial| (partial.entity.name.name.to_lowercase(), partial))
        .collect();
    let mut links = std::mem::take(&mut facts.links);
    for table in std::mem::take(&mut facts.tables) {
        let mut table = inject(&mut facts, table, &partials);
        let name = table.entity.name.clone();
        let mut fields = Vec::with_capacity(table.items.len());
        for item in table.items {
            let Item::Column(column) = item else { continue };
            let Column { field, links: inline } = *column;
            for InlineLink { path, operator, end } in inline {
                let left = End::Column { table: name.clone(), path };
                links.push(inline_link(left, operator, end, field.span));
            }
            fields.push(field);
        }
        table.entity.fields = nest(fields);
        if !table.says_kind {
            table.entity.entity.kind = usual;
        }
        fold_timestamps(&mut table.entity, &links);
        if table.entity.fields.is_empty() && !table.entity.entity.timestamps {
            let message = format!("`{}` has no columns", name.shown());
            let hint = "write its columns in its block";
            facts.diagnostics.push(Diagnostic::warning(message).at(name.span).with_hint(hint));
        }
        draft.entities.push(table.entity);
    }
    link_all(&mut facts, &mut draft, links);
    draft.enumerations = std::mem::take(&mut facts.enumerations);
    draft.areas = std::mem::take(&mut facts.areas);
    draft.notes = std::mem::take(&mut facts.notes);
    draft.diagrams = std::mem::take(&mut facts.views).into_iter().map(diagram).collect();
    tell_losses(&mut facts);
    draft.diagnostics = facts.diagnostics;
    draft
}

fn inline_link(left: End, operator: Operator, right: End, span: Span) -> Link {
    let [on_delete, on_update] = Default::default();
    Link { name: None, left, operator, right, on_delete, on_update, is_inline: true, span }
}

fn table_of<'f>(facts: &'f mut Facts, name: &Name) -> Option<&'f mut Table> {
    let is_same = |table: &&mut Table| {
        let own = &table.entity.name;
        own.namespace == name.namespace && own.name == name.name
            || name.namespace.is_none() && table.entity.alias.as_ref() == Some(&name.name)
    };
    facts.tables.iter_mut().find(is_same)
}

fn add_metadata(facts: &mut Facts, name: &Name, settings: Vec<(String, String)>) {
    let Some(table) = table_of(facts, name) else {
        let message = format!("there is no table `{}` for this metadata", name.shown());
        return facts.error(message, "declare the table, or mend the name", name.span);
    };
    let mut entity = table.entity.entity.clone();
    for (key, value) in settings {
        rules::set_on_entity(facts, &mut entity, &key, value, name.span);
    }
    if let Some(table) = table_of(facts, name) {
        table.entity.entity = entity;
    }
}

fn add_records(facts: &mut Facts) {
    for records in std::mem::take(&mut facts.records) {
        let rows = Rows { columns: records.columns, rows: records.rows };
        if let Some(table) = table_of(facts, &records.table) {
            table.entity.entity.extras.set("dbml", RECORDS, rows.to_extra());
        } else {
            let message = format!("there is no table `{}` for records", records.table.shown());
            facts.error(message, "declare the table, or mend the name", records.table.span);
        }
    }
}

/// Puts partials into a table: its own columns and settings win, then the partial that comes last.
fn inject(facts: &mut Facts, table: Table, partials: &IndexMap<String, Table>) -> Table {
    if !table.items.iter().any(|item| matches!(item, Item::Partial(_))) {
        return table;
    }
    let Table { mut entity, says_kind, items } = table;
    let mut taken: IndexSet<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Column(column) => Some(column.field.field.name.clone()),
            Item::Partial(_) => None,
        })
        .collect();
    let mut all = Vec::with_capacity(items.len());
    for item in items.into_iter().rev() {
        let Item::Partial(name) = &item else {
            all.push(item);
            continue;
        };
        let Some(partial) = partials.get(&name.text.to_lowercase()) else {
            let hint = did_you_mean(&name.text, partials.keys().map(String::as_str));
            let message = format!("there is no partial `{}`", name.text);
            let hint = hint.unwrap_or_else(|| "declare it with `TablePartial`".to_owned());
            facts.diagnostics.push(Diagnostic::error(message).at(name.span).with_hint(hint));
            continue;
        };
        for item in partial.items.iter().rev() {
            if let Item::Column(column) = item
                && taken.insert(column.field.field.name.clone())
            {
                all.push(Item::Column(column.clone()));
            }
        }
        let own = &mut entity.entity;
        let given = &partial.entity.entity;
        if own.note.is_empty() {
            own.note.clone_from(&given.note);
        }
        let options = given.extras.options.get("dbml").into_iter().flatten();
        for (key, value) in options {
            if own.extras.option("dbml", key).is_none() {
                own.extras.set("dbml", key, value);
            }
        }
        own.checks.extend(given.checks.iter().cloned());
        entity.keys.extend(partial.entity.keys.iter().cloned());
        entity.indexes.extend(partial.entity.indexes.iter().cloned());
    }
    all.reverse();
    Table { entity, says_kind, items: all }
}

/// Turns the links into references, each pair of ends once.
fn link_all(facts: &mut Facts, draft: &mut Draft, links: Vec<Link>) {
    let mut known: Known = IndexSet::new();
    for entity in &draft.entities {
        known.insert((entity.name.namespace.clone(), entity.name.name.clone()));
        known.extend(entity.alias.iter().map(|alias| (None, alias.clone())));
    }
    let mut aliases: BTreeMap<(Option<String>, String), Name> = BTreeMap::new();
    for (alias, name) in std::mem::take(&mut facts.aliases) {
        let key = (alias.namespace, alias.name);
        if !known.contains(&key) {
            known.insert(key.clone());
            aliases.insert(key, name);
        }
    }
    let are_exact = facts.ends_are_exact;
    let mut seen = IndexSet::new();
    for link in links {
        let left = draft_end(&link.left, &known, &aliases);
        let right = draft_end(&column_beside(&link, &known), &known, &aliases);
        let (Some(left), Some(right)) = (left, right) else { continue };
        let mut pair = [shown(&left), shown(&right)];
        if pair[0] == pair[1] {
            let message = "both ends of the reference are the same: it is left out";
            facts.error(message, "lead it to another column", link.span);
            continue;
        }
        pair.sort();
        if !seen.insert(pair) {
            let message = "the same ends are joined twice: the reference is left out";
            facts.error(message, "write it once, with all that is said of it", link.span);
            continue;
        }
        let Operator { left: left_side, right: right_side } = link.operator;
        let left = left.counting(count(left_side, are_exact));
        let right = right.counting(count(right_side, are_exact));
        // Of two single ends the second one refers to the first; a column refers itself.
        let from_left = match (left_side.is_many, right_side.is_many) {
            (true, _) => true,
            // A list of keys refers, although its table is the single end.
            (false, true) => is_list(&draft.entities, &left),
            (false, false) => link.is_inline,
        };
        let (from, to) = if from_left { (left, right) } else { (right, left) };
        let mut reference = DraftReference::new(from, to, link.span);
        reference.name = link.name;
        reference.on_delete = link.on_delete;
        reference.on_update = link.on_update;
        draft.references.push(reference);
    }
}

/// Whether the only column of an end is a list.
fn is_list(entities: &[DraftEntity], end: &DraftEnd) -> bool {
    let is_end = |entity: &&DraftEntity| {
        (&entity.name.namespace, &entity.name.name) == (&end.entity.namespace, &end.entity.name)
    };
    let [only] = end.fields.as_slice() else { return false };
    let fields = entities.iter().find(is_end).map(|entity| entity.fields.as_slice());
    let field = fields.and_then(|fields| field_at(fields, &only.path.join(".")));
    field.is_some_and(|field| match &field.ty {
        DraftType::Array(_) => true,
        DraftType::Known(ty) => ty.is_array(),
        DraftType::Spelled(ty) => ty.name.ends_with("[]"),
        DraftType::OneOf(_) | DraftType::Map(_) => false,
    })
}

/// The field at that path, whose names may hold points.
fn field_at<'f>(fields: &'f [DraftField], path: &str) -> Option<&'f DraftField> {
    fields.iter().find_map(|field| {
        let rest = path.strip_prefix(field.field.name.as_str())?;
        if rest.is_empty() { Some(field) } else { field_at(&field.fields, rest.strip_prefix('.')?) }
    })
}

fn shown(end: &DraftEnd) -> String {
    let fields: Vec<_> = end.fields.iter().map(FieldName::shown).collect();
    format!("{}.({})", end.entity.shown(), fields.join(", "))
}

/// What a side says: all where it is marked or everything is, else only whether it is many.
fn count(side: Side, are_exact: bool) -> Count {
    match (side.is_exact || are_exact, side.is_many, side.may_be_none) {
        (true, true, true) => Count::Given(Cardinality::ZeroOrMore),
        (true, true, false) => Count::Given(Cardinality::OneOrMore),
        (true, false, true) => Count::Given(Cardinality::ZeroOrOne),
        (true, false, false) => Count::Given(Cardinality::ExactlyOne),
        (false, true, _) => Count::Many,
        (false, false, _) => Count::One,
    }
}

/// The right end of a link; a lone name at a column is that of another column beside it.
fn column_beside(link: &Link, known: &Known) -> End {
    if let (End::Column { table, .. }, End::Path { path, columns }) = (&link.left, &link.right)
        && let ([only], [], true) = (path.as_slice(), columns.as_slice(), link.is_inline)
        && !known.contains(&(None, only.text.clone()))
    {
        return End::Column { table: table.clone(), path: path.clone() };
    }
    link.right.clone()
}

/// The table and columns that an end means: with the schema before the table where such a table is
/// known or nothing else makes sense.
fn draft_end(
    end: &End,
    known: &Known,
    aliases: &BTreeMap<(Option<String>, String), Name>,
) -> Option<DraftEnd> {
    let field = |path: &[Word]| {
        let span = path.first().map_or(Span::new(1, 1), |word| word.span);
        FieldName { path: path.iter().map(|word| word.text.clone()).collect(), span }
    };
    let (path, columns) = match end {
        End::Column { table, path } => {
            return Some(DraftEnd::new(table.clone(), vec![field(path)]));
        }
        End::Path { path, columns } => (path.as_slice(), columns.as_slice()),
    };
    let n_names = table_length(path, !columns.is_empty(), known);
    let (table, rest) = path.split_at_checked(n_names)?;
    let mut name = qualified(table.to_vec())?;
    if let Some(meant) = aliases.get(&(name.namespace.clone(), name.name.clone())) {
        name = Name { span: name.span, ..meant.clone() };
    }
    let fields = if columns.is_empty() {
        if rest.is_empty() { Vec::new() } else { vec![field(rest)] }
    } else {
        columns.iter().map(|column| field(&[rest, std::slice::from_ref(column)].concat())).collect()
    };
    Some(DraftEnd::new(name, fields))
}

/// How many of the names are the table's: one, or two with its schema.
fn table_length(path: &[Word], has_columns: bool, known: &Known) -> usize {
    let n_columns = usize::from(!has_columns);
    let is_known = |names: &[Word]| {
        qualified(names.to_vec()).is_some_and(|n| known.contains(&(n.namespace, n.name)))
    };
    let fits = |n: &usize| path.len() >= n + n_columns && path.get(..*n).is_some_and(is_known);
    [2, 1]
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| path.len().saturating_sub(n_columns).clamp(1, 2))
}

fn diagram(view: View) -> DraftDiagram {
    let View { name, tables, groups, schemas } = view;
    let shows_all = tables == Filter::All
        || groups == Filter::All && tables == Filter::Unsaid && schemas == Filter::Unsaid
        || schemas == Filter::All && tables == Filter::Unsaid && groups == Filter::Unsaid
        || [&tables, &groups, &schemas].into_iter().all(|filter| *filter == Filter::Unsaid);
    if shows_all {
        return DraftDiagram { name, shows: Shows::Everything };
    }
    let these = |filter: Filter| match filter {
        Filter::These(paths) => paths,
        Filter::Unsaid | Filter::All => Vec::new(),
    };
    let last = |mut path: Vec<Word>| path.pop().map(|word| (word.text, word.span));
    let schema = |(name, span): (String, Span)| (Some(name).filter(|name| name != "public"), span);
    let shows = Shows::Chosen {
        nodes: these(tables).into_iter().filter_map(qualified).collect(),
        areas: these(groups).into_iter().filter_map(last).collect(),
        namespaces: these(schemas).into_iter().filter_map(last).map(schema).collect(),
    };
    DraftDiagram { name, shows }
}

/// One diagnostic per thing that the model has no word for.
fn tell_losses(facts: &mut Facts) {
    for ((outcome, hint), subjects) in std::mem::take(&mut facts.lost) {
        let Some((_, span)) = subjects.first() else { continue };
        let named: Vec<&str> = subjects
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        let mut message = outcome.to_owned();
        if !named.is_empty() {
            message = format!(
                "{message}: {}",
                named.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ")
            );
        }
        let n_named = if named.is_empty() { 1 } else { named.len().min(SHOWN) };
        if subjects.len() > n_named {
            message = format!("{message} and {} more", subjects.len() - n_named);
        }
        facts.diagnostics.push(Diagnostic::warning(message).at(*span).with_hint(hint));
    }
}
