//! Rust types: names that collide, recursion, optional values and what the settings change.

use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::{Exported, registry};
use lunette::model::data_type::DataType;
use lunette::model::id::ElementId;

use crate::support::builder::Builder;
use crate::support::hostile::hostile_project;
use crate::support::small;

fn export(project: &Project, choices: &[(&str, &str)]) -> Exported {
    let rust = registry::exporter("rust").unwrap();
    let options = Options::parse(rust.info(), choices.iter().copied()).unwrap();
    rust.export(project, &options)
}

fn text(project: &Project, choices: &[(&str, &str)]) -> String {
    export(project, choices).files.only().unwrap().text.clone()
}

#[test]
fn names_that_collide_are_told_apart_and_reported() {
    let mut build = Builder::new("Collisions");
    let archive = build.namespace("archive", "");
    let first = build.table("order");
    let second = build.table("Order");
    build.change(second, |entity| entity.namespace = Some(archive));
    let third = build.table("ORDER");
    for (entity, fields) in
        [(first, &["userId", "user_id", "user id"][..]), (second, &["type"]), (third, &["self"])]
    {
        for field in fields {
            build.required(entity, field, DataType::INTEGER);
        }
    }
    let exported = export(&build.project, &[]);
    let text = &exported.files.only().unwrap().text;
    for expected in [
        "pub struct Order {",
        "pub struct ArchiveOrder {",
        "pub struct Order2 {",
        "    pub user_id: i32,",
        "    #[serde(rename = \"user_id\")]\n    pub user_id_2: i32,",
        "    #[serde(rename = \"user id\")]\n    pub user_id_3: i32,",
        "    pub r#type: i32,",
        // By its rule, serde reads `self_` as `self`.
        "#[serde(rename_all = \"camelCase\")]\npub struct Order2 {\n    pub self_: i32,",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
    let said: Vec<_> = exported.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(said.len(), 4, "{said:#?}");
}

#[test]
fn a_model_may_use_the_names_of_the_library() {
    let mut build = Builder::new("Library");
    for name in ["Option", "String", "Vec", "DateTime", "Uuid"] {
        let entity = build.table(name);
        build.field(entity, "at", DataType::DateTime { zoned: true });
        build.field(entity, "id", DataType::Uuid);
    }
    let text = text(&build.project, &[]);
    for expected in [
        "pub struct Option_ {",
        "pub struct DateTime {",
        "    pub at: Option<chrono::DateTime<Utc>>,",
        "    pub id: Option<uuid::Uuid>,",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
    assert!(!text.contains("use uuid"), "a hidden name is imported in\n{text}");
}

#[test]
fn only_recursion_without_a_list_is_boxed() {
    let mut build = Builder::new("Recursion");
    let [node, leaf, owner] = ["Node", "Leaf", "Owner"].map(|name| build.embedded(name));
    build.field(node, "next", DataType::Embedded(node));
    build.field(node, "leaf", DataType::Embedded(leaf));
    let inner = build.field(leaf, "inner", DataType::Object);
    build.nested(leaf, inner, "node", DataType::Embedded(node));
    build.field(node, "children", DataType::Embedded(node).array());
    build.field(node, "by_name", DataType::Map(Box::new(DataType::Embedded(node))));
    build.field(owner, "node", DataType::Embedded(node));
    let text = text(&build.project, &[]);
    for expected in [
        "    pub next: Option<Box<Node>>,",
        "    pub leaf: Option<Box<Leaf>>,",
        "    pub inner: Option<LeafInner>,",
        "    pub node: Option<Box<Node>>,",
        "    pub children: Vec<Node>,",
        "    pub by_name: HashMap<String, Node>,",
        "    pub node: Option<Node>,",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
}

#[test]
fn what_holds_a_float_is_not_eq() {
    let mut build = Builder::new("Floats");
    let [plain, float, outer] = ["Plain", "Float", "Outer"].map(|name| build.embedded(name));
    build.field(plain, "n", DataType::INTEGER);
    build.field(float, "n", DataType::Double.array());
    build.field(outer, "float", DataType::Embedded(float));
    let text = text(&build.project, &[]);
    let derives = |name: &str| {
        let before = text.split(&format!("pub struct {name} {{")).next().unwrap();
        before.lines().rev().find(|line| line.starts_with("#[derive")).unwrap().to_owned()
    };
    assert!(derives("Plain").contains(", Eq,"), "{text}");
    assert!(!derives("Float").contains(", Eq,"), "{text}");
    assert!(!derives("Outer").contains(", Eq,"), "{text}");
}

#[test]
fn settings_change_what_serde_is_told() {
    let project = small::documents();
    let camel = text(&project, &[]);
    assert!(camel.contains("#[serde(rename_all = \"camelCase\")]\npub struct Todo"), "{camel}");
    let plain = text(&project, &[("rename_all", "none"), ("skip_none", "true")]);
    assert!(plain.contains("#[serde(rename = \"createdBy\")]"), "{plain}");
    assert!(plain.contains("#[serde(skip_serializing_if = \"Option::is_none\")]"), "{plain}");
    let derived = export(&project, &[("derive", "Hash, schemars::JsonSchema, 1x")]);
    let text = &derived.files.only().unwrap().text;
    assert!(text.contains("Deserialize, Hash, schemars::JsonSchema)]"), "{text}");
    assert!(derived.diagnostics.iter().any(|one| one.message.contains("`1x`")));
}

#[test]
fn mongodb_documents_are_those_that_mongoose_stores() {
    let text = text(&small::tables(), &[("flavor", "mongodb")]);
    for expected in [
        "    #[serde(rename = \"_id\")]\n    pub id: mongodb::bson::Uuid,",
        "    pub const COLLECTION: &str = \"customers\";",
    ] {
        let short = expected.replace("mongodb::bson::", "");
        assert!(text.contains(&short), "{short} is missing in\n{text}");
    }
}

/// Messages with two ways to users, one to another message, and a user for each profile.
fn ways_between_tables() -> Project {
    let mut build = Builder::new("Ways");
    let [user, message, profile] = ["user", "message", "profile"].map(|name| {
        let entity = build.table(name);
        let id = build.required(entity, "id", DataType::INTEGER);
        build.primary_key(entity, &[id]);
        entity
    });
    for (from, name, to) in [
        (message, "sender", user),
        (message, "recipient", user),
        (message, "answers", message),
        (profile, "user_id", user),
    ] {
        let field = build.required(from, name, DataType::INTEGER);
        build.reference(from, &[field], to);
    }
    build.project
}

#[test]
fn diesel_joins_alone_only_where_there_is_one_way() {
    let files = export(&ways_between_tables(), &[("flavor", "diesel")]).files;
    let schema = &files.file("schema.rs").unwrap().text;
    let joined: Vec<_> = schema.lines().filter(|line| line.contains("joinable!")).collect();
    assert_eq!(joined, ["diesel::joinable!(profile -> user (user_id));"]);
    let models = &files.file("models.rs").unwrap().text;
    assert_eq!(models.matches("belongs_to(").count(), 1, "{models}");
}

#[test]
fn seaorm_relates_by_type_only_where_there_is_one_way() {
    let files = export(&ways_between_tables(), &[("flavor", "seaorm")]).files;
    let message = &files.file("message.rs").unwrap().text;
    for expected in ["    Sender,", "    Recipient,", "    Answers,"] {
        assert!(message.contains(expected), "{expected} is missing in\n{message}");
    }
    assert!(!message.contains("impl Related"), "{message}");
    let profile = &files.file("profile.rs").unwrap().text;
    assert!(profile.contains("impl Related<super::user::Entity> for Entity {"), "{profile}");
}

#[test]
fn what_is_in_a_json_column_can_be_read_from_json() {
    let mut build = Builder::new("Documents");
    let entity = build.table("account");
    let id = build.required(entity, "id", DataType::INTEGER);
    build.primary_key(entity, &[id]);
    let [status, level] = ["Status", "Level"].map(|name| build.enumeration(name, &["a", "b"]));
    build.field(entity, "states", DataType::Map(Box::new(DataType::Enumeration(status))));
    build.field(entity, "levels", DataType::Enumeration(level).array());
    for flavor in ["sqlx", "diesel"] {
        let files = export(&build.project, &[("flavor", flavor)]).files;
        let text = &files.file("models.rs").unwrap().text;
        assert!(text.contains("pub states: Option<Json<HashMap<String, Status>>>,"), "{text}");
        let derives = |name: &str| {
            let before = text.split(&format!("pub enum {name} {{")).next().unwrap();
            before.lines().rev().find(|line| line.starts_with("#[derive")).unwrap().to_owned()
        };
        assert!(derives("Status").contains("Serialize, Deserialize"), "{flavor}: {text}");
        assert!(!derives("Level").contains("Serialize"), "{flavor}: {text}");
    }
}

#[test]
fn lines_know_the_field_they_come_from() {
    let project = small::documents();
    let todo = project.model.entity_named("Todo").unwrap();
    let field = todo.field_named("createdBy").unwrap();
    let files = export(&project, &[]).files;
    let file = files.only().unwrap();
    let element = ElementId::Field(todo.id, field.id);
    let origin = file.origins.iter().find(|origin| origin.element == element).unwrap();
    let lines: Vec<_> = file.text.lines().collect();
    let lines = &lines[origin.lines.clone()];
    assert_eq!(lines, ["    /// Refers to `User`.", "    pub created_by: String,"]);
}

#[test]
fn modules_are_as_many_as_types_and_their_files_exist() {
    let project = hostile_project();
    let files = export(&project, &[("layout", "modules")]).files;
    let index = &files.file("mod.rs").unwrap().text;
    let modules: Vec<_> = index
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(|module| module.trim_start_matches("r#"))
        .collect();
    assert_eq!(modules.len() + 1, files.len(), "{index}");
    for module in modules {
        assert!(files.file(&format!("{module}.rs")).is_some(), "{module}.rs is missing");
        assert!(module.is_ascii(), "rustc finds no file for {module}");
    }
}

/// The code that serde's macros write for a name takes memory by the square of its length.
#[test]
fn names_too_long_for_macros_are_told_and_not_written() {
    let long = "x".repeat(3_000);
    let exported =
        export(&crate::support::hostile::hostile_project_of(std::slice::from_ref(&long)), &[]);
    let text = &exported.files.only().unwrap().text;
    assert!(!text.contains(&format!("rename = \"{long}")), "a long name is told to serde");
    let told = "rust: names and values of more than 2000 bytes are written under shorter ones: ";
    assert!(exported.diagnostics.iter().any(|one| one.message.starts_with(told)));
}

#[test]
fn a_comment_reaches_no_code_through_a_derive_or_a_namespace() {
    let mut build = Builder::new("Comments");
    for namespace in ["sales", "sales // x", "r#sales"] {
        let id = build.namespace(namespace, "");
        let entity = build.table("order");
        let key = build.required(entity, "id", DataType::INTEGER);
        build.primary_key(entity, &[key]);
        build.change(entity, |entity| entity.namespace = Some(id));
    }
    let exported = export(&build.project, &[("flavor", "diesel")]);
    let schema = exported.files.iter().find(|file| file.path.as_str() == "schema.rs").unwrap();
    assert_eq!(schema.text.matches("diesel::table! {").count(), 1, "{}", schema.text);
    assert!(schema.text.contains("sales.order (id) {"), "{}", schema.text);
    let told = exported.diagnostics.iter().filter(|one| one.message.contains("not a plain word"));
    assert_eq!(told.count(), 2);

    let mut build = Builder::new("Derives");
    let entity = build.table("order");
    build.required(entity, "id", DataType::INTEGER);
    let exported = export(&build.project, &[("derive", "Hash // x, my_crate::Trace")]);
    let text = &exported.files.only().unwrap().text;
    assert!(
        text.contains("Hash") && text.contains("my_crate::Trace") && !text.contains("// x"),
        "{text}"
    );
}
