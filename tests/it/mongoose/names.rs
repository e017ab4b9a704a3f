//! Names and texts: data until escaped.

use lunette::model::data_type::DataType;
use lunette::model::id::EntityId;

use super::{assert_has, assert_lacks, everything, export, file, said, text_of};
use crate::support::builder::Builder;
use crate::support::hostile::{hostile_names, hostile_project};
use crate::support::small;

fn one_collection(name: &str) -> (Builder, EntityId) {
    let mut build = Builder::new("Names");
    let entity = build.collection(name);
    (build, entity)
}

#[test]
fn the_collection_is_always_written_as_mongoose_would_name_it() {
    let mut build = Builder::new("Plurals");
    for name in ["Person", "Media", "UserSettings", "Category"] {
        build.collection(name);
    }
    let stored = build.collection("Note");
    build.change(stored, |entity| entity.stored_name = Some("it's notes".to_owned()));
    let exported = export(&build.project, &[]);
    for (path, collection) in [
        ("person.models.js", "{ collection: 'people' }"),
        ("media.models.js", "{ collection: 'media' }"),
        ("user-settings.models.js", "{ collection: 'usersettings' }"),
        ("category.models.js", "{ collection: 'categories' }"),
        ("note.models.js", r#"{ collection: "it's notes" }"#),
    ] {
        assert_has(&text_of(&exported, path), collection);
    }
}

#[test]
fn files_are_named_by_the_pattern_and_so_are_imports() {
    for (pattern, path, import) in [
        ("{entity:kebab}.model.{ext}", "todo.model.js", "from './status.enum.js'"),
        ("{entity:pascal}.{ext}", "Todo.js", "from './Status.js'"),
        ("{entity:camel}Model.js", "todoModel.js", "from './statusEnum.js'"),
        ("models/{entity:plural:snake}.mjs", "models/todos.mjs", "from './status.mjs'"),
        (
            "{entity}/{entity}.models.{ext}",
            "Todo/Todo.models.js",
            "from '../Status/Status.enums.js'",
        ),
    ] {
        let exported = export(&small::documents(), &[("file_name", pattern)]);
        assert_has(&text_of(&exported, path), import);
    }
}

#[test]
fn names_that_differ_by_case_get_files_of_their_own_and_a_warning() {
    let mut build = Builder::new("Case");
    build.collection("Order");
    build.collection("order");
    let exported = export(&build.project, &[("file_name", "{entity}.{ext}")]);
    let paths: Vec<_> = exported.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["Order.js", "order-2.js"]);
    assert_has(&said(&exported), "`order` is written to `order-2.js`");
    assert_has(&said(&exported), "`order` is called `Order2`, since `Order` is taken");
    assert_has(&said(&exported), "`order` is stored in `orders2`");
}

#[test]
fn a_pattern_that_does_not_name_the_entity_is_told() {
    let exported = export(&small::documents(), &[("file_name", "all.js")]);
    assert_has(&said(&exported), "the option `file_name` does not name the entity");
    assert_eq!(exported.files.len(), 3, "files are counted up, none is lost");
}

#[test]
fn entities_do_not_hide_what_the_code_uses() {
    for name in ["Map", "Date", "Schema", "Types", "String", "class", "await", "models"] {
        let (mut build, entity) = one_collection(name);
        build.field(entity, "at", DataType::Map(Box::new(DataType::Date)));
        let text = everything(&export(&build.project, &[]));
        for forbidden in [
            format!("const {name} ="),
            format!("const {name}="),
            format!("mongoose.models.{name} "),
        ] {
            let is_fine = matches!(name, "models") && forbidden.starts_with("const models");
            assert!(is_fine || !text.contains(&forbidden), "{forbidden} in:\n{text}");
        }
        assert_has(&text, "at: { type: Map, of: Date }");
    }
}

#[test]
fn a_field_named_proto_does_not_vanish() {
    let (mut build, entity) = one_collection("Trap");
    for name in ["__proto__", "constructor", "prototype"] {
        build.field(entity, name, DataType::STRING);
    }
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "trap.models.js");
    for name in ["__proto__", "constructor", "prototype"] {
        assert_has(&text, &format!("    {name}_: String,\n"));
        assert_has(&said(&exported), &format!("`Trap.{name}` is written as `{name}_`"));
    }
}

#[test]
fn a_field_that_would_hide_a_method_is_renamed_and_one_that_only_warns_is_silenced() {
    let (mut build, entity) = one_collection("Trap");
    for name in ["save", "validate", "get", "init", "toObject", "errors", "collection", "remove"] {
        build.field(entity, name, DataType::STRING);
    }
    let text = file(&build.project, "trap.models.js");
    for renamed in ["save_", "validate_", "get_", "init_", "toObject_"] {
        assert_has(&text, &format!("    {renamed}: String,\n"));
    }
    for kept in ["errors", "collection", "remove"] {
        assert_has(&text, &format!("    {kept}: String,\n"));
    }
    assert_has(&text, "suppressReservedKeysWarning: true");
}

#[test]
fn dots_and_dollars_do_not_change_the_shape_of_a_document() {
    let (mut build, entity) = one_collection("Trap");
    for name in ["a.b", "$where", "a_b", ""] {
        build.field(entity, name, DataType::STRING);
    }
    let text = file(&build.project, "trap.models.js");
    for name in ["a_b2", "_where", "a_b", "_"] {
        assert_has(&text, &format!("    {name}: String,\n"));
    }
}

#[test]
fn keys_that_are_no_identifiers_are_quoted() {
    let (mut build, entity) = one_collection("Trap");
    for name in ["order-item", "3d", "class", "größe", "it's", "</script>"] {
        build.field(entity, name, DataType::STRING);
    }
    let text = file(&build.project, "trap.models.js");
    for key in ["'order-item'", "'3d'", "class", "größe", "\"it's\"", "'</script>'"] {
        assert_has(&text, &format!("    {key}: String,\n"));
    }
}

#[test]
fn enumeration_values_survive_their_quotes() {
    let mut build = Builder::new("Quotes");
    let mood = build.enumeration("Mood", &["it's", "\"so\"", "both ' and \"", "\\", "\u{2028}"]);
    let entity = build.collection("Trap");
    build.field(entity, "mood", DataType::Enumeration(mood));
    let text = file(&build.project, "mood.enums.js");
    let expected = r#"["it's", '"so"', 'both \' and "', '\\', '\u2028']"#;
    assert_has(&text, expected);
}

#[test]
fn notes_cannot_end_their_comment() {
    let (mut build, entity) = one_collection("Trap");
    build.change(entity, |entity| "a */ process.exit(1) /* b".clone_into(&mut entity.note));
    build.field_with(entity, "a", DataType::STRING, |field| {
        "x\u{2028}process.exit(2)\nlast".clone_into(&mut field.note);
    });
    let text = file(&build.project, "trap.models.js");
    assert_has(&text, "/** a *\\/ process.exit(1) /* b */\n");
    assert_has(&text, "    // x\n    // process.exit(2)\n    // last\n    a: String,\n");
}

#[test]
fn nothing_unseen_is_written_for_any_hostile_name() {
    let unseen = ['\0', '\u{1b}', '\u{202e}', '\u{200b}', '\u{2028}', '\u{2029}', '\u{feff}', '\r'];
    for module in ["esm", "commonjs", "typescript"] {
        let exported = export(&hostile_project(), &[("module", module), ("virtuals", "true")]);
        for file in exported.files.iter() {
            for c in unseen {
                assert!(!file.text.contains(c), "{} holds {c:?}", file.path);
                assert!(!file.path.as_str().contains(c), "{} holds {c:?}", file.path);
            }
            assert_lacks(file.path.as_str(), "..");
        }
    }
    let exported = export(&hostile_project(), &[]);
    let n_files = 2 * hostile_names().len() + 2;
    assert_eq!(exported.files.len(), n_files, "a file for each entity and enumeration");
}
