//! DBML, Mermaid and Markdown: what each says in its own way, and that no text can break out.

use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::registry;
use lunette::model::data_type::DataType;
use lunette::model::reference::Cardinality;

use crate::support::builder::Builder;
use crate::support::hostile::hostile_project;
use crate::support::kitchen_sink;

fn text(target: &str, project: &Project, choices: &[(&str, &str)]) -> String {
    let exporter = registry::exporter(target).unwrap();
    let options = Options::parse(exporter.info(), choices.iter().copied()).unwrap();
    exporter.export(project, &options).files.only().unwrap().text.clone()
}

fn assert_lines(text: &str, expected: &[&str]) {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    for line in expected {
        assert!(lines.contains(line), "`{line}` is missing in\n{text}");
    }
}

/// user ← order with every pair of cardinalities.
fn pair(from: Cardinality, to: Cardinality) -> Project {
    let mut build = Builder::new("Pair");
    let [order, user] = ["order", "user"].map(|name| build.table(name));
    let id = build.required(user, "id", DataType::INTEGER);
    build.primary_key(user, &[id]);
    let user_id = build.required(order, "user_id", DataType::INTEGER);
    build.reference_with(order, &[user_id], user, |reference| {
        reference.from.cardinality = from;
        reference.to.cardinality = to;
    });
    build.project
}

#[test]
fn every_cardinality_has_its_marks() {
    use Cardinality::{ExactlyOne, OneOrMore, ZeroOrMore, ZeroOrOne};
    for (from, to, dbml, mermaid) in [
        (ZeroOrMore, ExactlyOne, "order.user_id ?> user.id", "order }o..|| user"),
        (ZeroOrMore, ZeroOrOne, "order.user_id ?>? user.id", "order }o..o| user"),
        (OneOrMore, ExactlyOne, "order.user_id > user.id", "order }|..|| user"),
        (ExactlyOne, ExactlyOne, "user.id - order.user_id", "order ||..|| user"),
        (ZeroOrOne, ExactlyOne, "user.id -? order.user_id", "order |o..|| user"),
        (ZeroOrMore, ZeroOrMore, "order.user_id ?<>? user.id", "order }o..o{ user"),
        (ExactlyOne, OneOrMore, "user.id > order.user_id", "order ||..|{ user"),
    ] {
        let project = pair(from, to);
        assert_lines(&text("dbml", &project, &[]), &[&format!("Ref: {dbml}")]);
        let mermaid = format!("{mermaid} : \"user_id\"");
        assert_lines(&text("mermaid", &project, &[]), &[&mermaid]);
    }
}

#[test]
fn dbml_says_all_it_can_of_the_kitchen_sink() {
    assert_lines(
        &text("dbml", &kitchen_sink(), &[]),
        &[
            "Table Address [kind: 'embedded', note: 'Where mail goes'] {",
            "\"profile.home.spot.type\" varchar",
            "greeting varchar [default: 'it\\'s \"fine\"\\\\']",
            "code [pk, name: 'warehouse_pk']",
            "(`lower(maker)`, model) [unique, type: btree]",
            "`price > 0` [name: 'product_price_positive']",
            "Ref: sales.stock.(warehouse_code, bin_number) ?> sales.bin.(warehouse_code, number) \
             [delete: restrict, update: restrict]",
            "Ref product_tag: product.id ?<> tag.id",
            "TableGroup Warehouse [color: #d97706, note: 'What Warehouse is about'] {",
            "'Ask the team before\\nremoving a bin'",
        ],
    );
}

#[test]
fn mermaid_shows_as_much_as_one_asks_for() {
    let all = text("mermaid", &kitchen_sink(), &[("optional", "true"), ("direction", "LR")]);
    assert_lines(
        &all,
        &[
            "direction LR",
            "subgraph area_1 [\"Warehouse\"]",
            "bin[\"sales.bin\"] {",
            "string? city",
            "currency? pays_in \"EUR | USD\"",
            "Article ||--o{ Thread : \"comments\"",
        ],
    );
    let keys = text("mermaid", &kitchen_sink(), &[("detail", "keys"), ("areas", "false")]);
    assert!(keys.contains("PK") && !keys.contains("longitude") && !keys.contains("subgraph"));
    let names = text("mermaid", &kitchen_sink(), &[("detail", "names")]);
    assert!(!names.contains("PK"), "{names}");
}

#[test]
fn no_directive_of_mermaid_can_be_smuggled_in() {
    let mut build = Builder::new("%%{init: {'theme': 'dark'}}%%");
    let entity = build.table("%%{init: {}}%%");
    build.field_with(entity, "a", DataType::Text, |field| {
        "%%{init: {}}%% \"x\"\n%%{wrap}%%".clone_into(&mut field.note);
    });
    let text = text("mermaid", &build.project, &[]);
    assert!(!text.contains("%%{"), "{text}");
    assert_eq!(text.matches('\n').count(), 7, "{text}");
}

#[test]
fn markdown_keeps_rows_whole_whatever_they_hold() {
    let text = text("markdown", &hostile_project(), &[]);
    let mut columns = None;
    let mut n_rows = 0;
    for line in text.lines() {
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        // A backslash keeps a pipe inside its cell, in code as well.
        let ends = line.replace("\\|", "").matches('|').count();
        assert_eq!(*columns.get_or_insert(ends), ends, "{line}");
        n_rows += 1;
    }
    assert!(n_rows > 500, "{n_rows} rows");
}

#[test]
fn markdown_links_lead_somewhere() {
    for project in [kitchen_sink(), hostile_project()] {
        let text = text("markdown", &project, &[]);
        let anchors: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("<a id=\"")?.strip_suffix("\"></a>"))
            .collect();
        let nodes = project.model.entities().len() + project.model.enumerations().len();
        assert_eq!(anchors.len(), nodes, "every card has an anchor");
        for link in text.split("](#").skip(1) {
            let target = link.split(')').next().unwrap();
            assert!(anchors.contains(&target), "nothing is at #{target}");
        }
    }
}

#[test]
fn markdown_tells_references_at_both_ends() {
    let text = text("markdown", &kitchen_sink(), &[]);
    assert_lines(
        &text,
        &[
            "- [sales.warehouse](#sales-warehouse) by `warehouse_code`: one or more to exactly one, \
             identifying, on delete cascade, on update cascade, named `bin_stands_in`",
            "- [sales.bin](#sales-bin) (`warehouse_code`): one or more to exactly one, identifying, \
             on delete cascade, on update cascade, named `bin_stands_in`",
            "- Alternate key `product_maker_model`: `maker`, `model`",
            "- `status`, `expires_at` descending; where `{\"status\": \"published\"}`",
        ],
    );
}
