//! The target `typescript`, option by option. Whether it compiles is for the engine tests to say.

use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::formats::typescript::TYPESCRIPT;
use lunette::model::data_type::{DataType, IntegerSize};

use crate::support::builder::Builder;
use crate::support::hostile::hostile_project;
use crate::support::small;

fn types(project: &Project, options: &[(&str, &str)]) -> String {
    let options = Options::parse(&TYPESCRIPT, options.iter().copied()).unwrap();
    let exported = exporter("typescript").unwrap().export(project, &options);
    exported.files.only().unwrap().text.clone()
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in:\n{text}");
}

#[test]
fn an_entity_is_an_interface_and_an_enumeration_a_union() {
    let text = types(&small::documents(), &[]);
    assert_has(&text, "export type Status = 'open' | 'done';\n");
    let todo = "export interface Todo {\n  _id: string;\n  title: string;\n  status?: Status;\n  \
                createdBy: string;\n  helpers?: string[];\n  createdAt: Date;\n  updatedAt: Date;\n}\n";
    assert_has(&text, todo);
}

#[test]
fn absence_is_written_as_chosen() {
    let of = |choice| types(&small::documents(), &[("absent", choice)]);
    assert_has(&of("optional"), "  status?: Status;\n");
    assert_has(&of("null"), "  status: Status | null;\n");
    assert_has(&of("both"), "  status?: Status | null;\n");
}

#[test]
fn dates_big_numbers_and_references_are_written_as_chosen() {
    let mut build = Builder::new("Choices");
    let user = build.collection("User");
    let post = build.collection("Post");
    build.required(post, "views", DataType::Integer(IntegerSize::Big));
    build.required(post, "price", DataType::Decimal { precision: None, scale: None });
    build.required(post, "at", DataType::Date);
    build.reference(post, &[], user);
    let text = types(&build.project, &[]);
    assert_has(&text, "  views: string;\n  price: string;\n  at: Date;\n  user: string;\n");
    let options = [("big_numbers", "native"), ("dates", "string"), ("references", "object")];
    let text = types(&build.project, &options);
    assert_has(&text, "  views: bigint;\n  price: number;\n  at: string;\n  user: User;\n");
}

#[test]
fn enumerations_are_constant_objects_on_request() {
    let mut build = Builder::new("Constants");
    build.enumeration("Mood", &["in progress", "in-progress", "it's", "+"]);
    let text = types(&build.project, &[("enums", "const")]);
    let expected = "export const Mood = {\n  InProgress: 'in progress',\n  InProgress2: 'in-progress',\n  \
                    ItS: \"it's\",\n  Value: '+',\n} as const;\n\
                    export type Mood = (typeof Mood)[keyof typeof Mood];\n";
    assert_has(&text, expected);
}

#[test]
fn names_are_always_identifiers_and_keys_are_quoted() {
    let mut build = Builder::new("Names");
    for name in ["order item", "order-item", "3d", "Date", "!?"] {
        let entity = build.collection(name);
        build.field(entity, "it's", DataType::STRING);
    }
    let text = types(&build.project, &[]);
    for name in ["OrderItem", "OrderItem2", "_3d", "Date2", "Entity"] {
        assert_has(
            &text,
            &format!("export interface {name} {{\n  _id: string;\n  \"it's\"?: string;\n"),
        );
    }
}

#[test]
fn an_empty_enumeration_is_never_and_an_empty_model_is_a_module() {
    let mut build = Builder::new("Empty");
    assert_eq!(types(&build.project, &[]), "export {};\n");
    build.enumeration("None", &[]);
    assert_eq!(types(&build.project, &[]), "export type None = never;\n");
}

#[test]
fn nothing_unseen_is_written_for_any_hostile_name() {
    let text = types(&hostile_project(), &[]);
    for c in ['\0', '\u{1b}', '\u{202e}', '\u{200b}', '\u{2028}', '\u{2029}', '\u{feff}', '\r'] {
        assert!(!text.contains(c), "{c:?}");
    }
    assert_has(&text, "  ['__proto__']?: string;\n");
}
