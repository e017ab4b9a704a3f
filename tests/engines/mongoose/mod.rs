//! The real Mongoose loads what the target `mongoose` writes, in all three module styles, and means
//! by it what the model means.

mod expected;
mod imported;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use lunette::document::project::Project;
use lunette::formats::collections::index::{CollectionIndex, all_indexes_of};
use lunette::formats::collections::{Collections, lower};
use lunette::formats::mongoose::MONGOOSE;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::model::entity::Entity;
use serde_json::{Value, json};

use crate::documents::cases_of;
use crate::models::every_project;
use crate::models::hostile::hostile_names;
use crate::support::node::{run_script, run_tsc, workspace};
use crate::support::write_files;

const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "strict": true, "noUncheckedIndexedAccess": true, "exactOptionalPropertyTypes": true,
    "noUnusedLocals": true, "isolatedModules": true, "skipLibCheck": true, "types": ["node"],
    "target": "es2022", "module": "nodenext", "moduleResolution": "nodenext",
    "rootDir": "source", "outDir": "out"
  },
  "include": ["source"]
}"#;

/// What TypeScript is to infer from the small model; a wrong type does not compile.
const USAGE: &str = r"
import { Todo, type TodoDocument } from './small_documents/todo.models.js';
import type { Status } from './small_documents/status.enums.js';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const sure = <T extends true>(value?: T) => value;
const todo = new Todo({ title: 'x' });
sure<Same<typeof todo.status, 'open' | 'done' | null | undefined>>();
sure<Same<Status, 'open' | 'done'>>();
sure<Same<typeof todo.title, string>>();
sure<Same<TodoDocument['createdAt'], Date>>();
export const first: string | undefined = todo.helpers[0]?.toHexString();
";

/// What the real Mongoose makes of the default style, which the others are compared with.
static ESM: LazyLock<Value> = LazyLock::new(|| dump_of(&[]));

#[test]
fn es_modules_load_and_mean_the_model() {
    check_meaning(&ESM);
}

#[test]
fn commonjs_modules_mean_the_same_as_es_modules() {
    assert_same(&ESM, &dump_of(&[("module", "commonjs"), ("barrel", "true")]));
}

#[test]
fn typescript_compiles_strictly_and_means_the_same() {
    assert_same(&ESM, &dump_of(&[("module", "typescript"), ("barrel", "true")]));
}

#[test]
fn virtuals_and_other_file_names_load_too() {
    let options =
        [("virtuals", "true"), ("file_name", "{entity:plural:pascal}/{entity}.model.mjs")];
    let dump = dump_of(&options);
    let user = &dump["small_documents"]["models"]["User"];
    let todos = json!({
        "ref": "Todo", "localField": "_id", "foreignField": "createdBy", "justOne": false,
    });
    assert_eq!(user["virtuals"]["todos"], todos);
    let typed = [("virtuals", "true"), ("module", "typescript"), ("file_name", "m/{entity}.{ext}")];
    assert_same(&dump, &dump_of(&typed));
}

#[test]
fn without_a_guard_the_second_registration_is_an_error() {
    let options = Options::parse(&MONGOOSE, [("guard", "false")]).unwrap();
    let folder = workspace();
    write_project("small_documents", &crate::models::small::documents(), &options, folder.path());
    fs::write(folder.path().join("package.json"), r#"{ "type": "module" }"#).unwrap();
    let error =
        run_script("mongoose_dump.mjs", &[folder.path().to_str().unwrap()], "").unwrap_err();
    assert!(error.contains("OverwriteModelError"), "{error}");
}

/// Exports every model with these options and lets the real Mongoose say what it is.
fn dump_of(options: &[(&str, &str)]) -> Value {
    let folder = workspace();
    let chosen = Options::parse(&MONGOOSE, options.iter().copied()).unwrap();
    let is_typescript = chosen.text("module") == "typescript";
    let source =
        if is_typescript { folder.path().join("source") } else { folder.path().to_owned() };
    for (name, project) in every_project() {
        write_project(&name, &project, &chosen, &source);
    }
    let kind = if chosen.text("module") == "commonjs" { "commonjs" } else { "module" };
    let package = json!({ "type": kind }).to_string();
    fs::write(folder.path().join("package.json"), package).unwrap();
    let root = if is_typescript {
        fs::write(folder.path().join("tsconfig.json"), TSCONFIG).unwrap();
        if !chosen.flag("virtuals") {
            fs::write(source.join("usage.ts"), USAGE).unwrap();
        }
        run_tsc(folder.path(), &["--project", "tsconfig.json"]).unwrap();
        copy_cases(&source, &folder.path().join("out"));
        folder.path().join("out")
    } else {
        folder.path().to_owned()
    };
    let dump = run_script("mongoose_dump.mjs", &[root.to_str().unwrap()], "").unwrap();
    serde_json::from_str(&dump).unwrap()
}

fn write_project(name: &str, project: &Project, options: &Options, root: &Path) {
    let exported = exporter("mongoose").unwrap().export(project, options);
    let folder = root.join(name);
    write_files(&exported.files, &folder);
    let cases: Vec<_> = cases_by_model(project)
        .into_iter()
        .map(|(model, case)| json!({ "model": model, "document": case.document }))
        .collect();
    fs::write(folder.join("cases.json"), json!(cases).to_string()).unwrap();
}

fn copy_cases(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let folder = entry.unwrap();
        let cases = folder.path().join("cases.json");
        if cases.exists() {
            fs::copy(cases, to.join(folder.file_name()).join("cases.json")).unwrap();
        }
    }
}

/// Documents for every model with a plain name; the hostile ones are compared by name alone.
fn cases_by_model(project: &Project) -> Vec<(String, crate::documents::Case)> {
    if project.model.entity_named("Wide").is_some() {
        return Vec::new();
    }
    let (collections, _) = lower(&project.model, "mongoose");
    let mut cases = Vec::new();
    for (entity, _) in collections.top_level() {
        let name = expected::model_name(entity);
        cases.extend(cases_of(&collections, entity).into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

fn check_meaning(dump: &Value) {
    for (name, project) in every_project() {
        let made = &dump[&name];
        assert_eq!(made["warnings"], json!([]), "{name}");
        if name == "hostile" {
            check_hostile(&made["models"]);
        } else {
            let (collections, _) = lower(&project.model, "mongoose");
            check_models(&name, &collections, &made["models"]);
            check_documents(&name, &project, made["cases"].as_array().unwrap());
        }
    }
}

fn check_models(project: &str, collections: &Collections, models: &Value) {
    let top_level: Vec<_> = collections.top_level().collect();
    assert_eq!(models.as_object().unwrap().len(), top_level.len(), "{project}");
    for (entity, stored) in top_level {
        let about = format!("{project}: {}", entity.name);
        let model = &models[expected::model_name(entity)];
        assert_eq!(model["collection"], json!(stored), "{about}");
        assert_eq!(model["timestamps"], json!(entity.timestamps), "{about}");
        let version = entity.extras.option("mongoose", "versionKey").unwrap_or("__v");
        assert_eq!(model["versionKey"], json!(version), "{about}");
        let expected = expected::fields_of(collections, entity);
        assert_same_fields(&about, &expected, &model["fields"]);
        check_indexes(&about, collections, entity, &model["indexes"]);
    }
}

/// Compares field by field, so that a difference names its place.
fn assert_same_fields(about: &str, expected: &Value, found: &Value) {
    let (expected, found) = (expected.as_object().unwrap(), found.as_object().unwrap());
    for (name, field) in expected {
        let empty = json!({});
        let made = found.get(name).unwrap_or(&empty);
        assert_eq!(normal(made), normal(field), "{about}.{name}: left is Mongoose's");
    }
    for name in found.keys() {
        assert!(expected.contains_key(name), "{about}.{name} is not in the model");
    }
}

/// The value with numbers as floats and members in order.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> =
                members.iter().map(|(name, value)| (name.clone(), normal(value))).collect();
            json!(sorted)
        }
        other => other.clone(),
    }
}

/// Indexes of the entity itself, of its unique fields, and of what it embeds.
fn check_indexes(about: &str, collections: &Collections, entity: &Entity, found: &Value) {
    let (expected, _) = all_indexes_of(collections, entity, "mongoose");
    let expected: Vec<_> = expected.iter().map(index_as_json).collect();
    let sorted = |indexes: Vec<Value>| {
        let mut texts: Vec<_> = indexes.iter().map(|index| normal(index).to_string()).collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(found.as_array().unwrap().clone()), sorted(expected), "{about}: indexes");
}

fn index_as_json(index: &CollectionIndex) -> Value {
    let kinds = |text: &str| match text.parse::<i32>() {
        Ok(order) => json!(order),
        Err(_) => json!(text.trim_matches('\'')),
    };
    let keys: Vec<_> = index
        .keys
        .iter()
        .map(|(path, indexed_as)| json!([path, kinds(indexed_as.as_js())]))
        .collect();
    let mut options = json!({});
    if let Some(name) = &index.name {
        options["name"] = json!(name);
    }
    if index.unique {
        options["unique"] = json!(true);
    }
    if index.sparse {
        options["sparse"] = json!(true);
    }
    if let Some(filter) = &index.partial {
        options["partialFilterExpression"] = filter.clone();
    }
    if let Some(seconds) = index.expire_after_seconds {
        options["expireAfterSeconds"] = json!(seconds);
    }
    json!({ "keys": keys, "options": options })
}

/// A document that should pass does, and one that breaks a rule is refused for that rule.
fn check_documents(name: &str, project: &Project, verdicts: &[Value]) {
    let cases = cases_by_model(project);
    assert_eq!(verdicts.len(), cases.len(), "{name}");
    for ((model, case), verdict) in cases.iter().zip(verdicts) {
        let about =
            format!("{name}: {model}: {} at {:?}: {}", case.why, case.breaks, case.document);
        let breaks = case.breaks.as_ref().filter(|_| !case.is_mended);
        assert_eq!(verdict["valid"], json!(breaks.is_none()), "{about}: {verdict}");
        if let Some(path) = breaks {
            let paths = verdict["paths"].as_array().unwrap();
            let path = without_places(path);
            let is_named = paths.iter().any(|found| {
                let found = without_places(found.as_str().unwrap());
                // A value that cannot be cast is named by the list or map around it.
                found.starts_with(&path) || path.starts_with(&format!("{found}."))
            });
            assert!(is_named, "{about}: {verdict}");
        }
    }
}

/// A dotted path without places in lists, which Mongoose drops around maps.
fn without_places(path: &str) -> String {
    let parts: Vec<_> = path.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    parts.join(".")
}

/// Every hostile name is a model; every hostile text arrives unchanged as value and as default.
fn check_hostile(models: &Value) {
    let models = models.as_object().unwrap();
    let names = hostile_names();
    assert_eq!(models.len(), names.len() + 1);
    for name in names {
        let choice = |model: &Value| model["fields"]["choice"]["enum"] == json!([name, "plain"]);
        let model = models.values().find(|model| choice(model));
        let model = model.unwrap_or_else(|| panic!("no model has the value {name:?}"));
        assert_eq!(model["fields"]["choice"]["default"], json!(name));
        let fields = model["fields"].as_object().unwrap();
        let texts = fields.values().filter(|field| field["default"] == json!(name));
        assert_eq!(texts.count(), 2, "{name:?}");
    }
}

/// The same models, whatever the modules; comparing file by file would hide the difference.
fn assert_same(left: &Value, right: &Value) {
    for (name, made) in left.as_object().unwrap() {
        for part in ["models", "cases", "warnings"] {
            assert_eq!(normal(&made[part]), normal(&right[name][part]), "{name}: {part}");
        }
    }
}
