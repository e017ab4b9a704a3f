//! Module styles: imports that load, guards, inferred types, recursion between files.

use lunette::model::data_type::DataType;

use super::{assert_has, assert_lacks, everything, export, file, text_of};
use crate::support::builder::Builder;
use crate::support::{kitchen_sink, small};

#[test]
fn models_is_never_imported_by_name() {
    for module in ["esm", "commonjs", "typescript"] {
        let text = everything(&export(&kitchen_sink(), &[("module", module)]));
        assert_lacks(&text, "{ models");
        assert_lacks(&text, ", models");
        assert_has(&text, "mongoose.models.User");
    }
}

#[test]
fn es_modules_import_the_default_and_name_files_with_their_ending() {
    let todo = file(&small::documents(), "todo.models.js");
    assert!(todo.starts_with("import mongoose, { Schema } from 'mongoose';\n"), "{todo}");
    assert_has(&todo, "import { statusValues } from './status.enums.js';\n");
    assert_has(&todo, "export const todoSchema = new Schema(\n");
    assert_lacks(&todo, "require(");
}

#[test]
fn commonjs_requires_and_assigns_exports_once() {
    let exported = export(&small::documents(), &[("module", "commonjs")]);
    let todo = text_of(&exported, "todo.models.js");
    assert!(todo.starts_with("const mongoose = require('mongoose');\n"), "{todo}");
    assert_has(&todo, "const { statusValues } = require('./status.enums.js');\n");
    assert_has(&todo, "\nmodule.exports = { todoSchema, Todo };\n");
    assert_lacks(&todo, "import ");
    assert_lacks(&todo, "export ");
}

#[test]
fn a_registered_model_is_taken_unless_the_guard_is_off() {
    let user = file(&small::documents(), "user.models.js");
    let guarded = "mongoose.models.User ?? mongoose.model('User', userSchema);";
    assert_has(&user, guarded);
    let user = text_of(&export(&small::documents(), &[("guard", "false")]), "user.models.js");
    assert_has(&user, "export const User = mongoose.model('User', userSchema);\n");
}

#[test]
fn typescript_infers_from_a_definition_in_place() {
    let exported = export(&small::documents(), &[("module", "typescript")]);
    let todo = text_of(&exported, "todo.models.ts");
    assert_has(&todo, "export const todoSchema = new Schema(\n  {\n    title: ");
    assert_has(&todo, "export type Todo = InferSchemaType<typeof todoSchema>;\n");
    assert_has(&todo, "export type TodoDocument = HydratedDocument<Todo>;\n");
    assert_has(&todo, "import { statusValues } from './status.enums.js';\n");
    assert_has(&todo, "(mongoose.models.Todo as TodoModel | undefined) ?? createTodo();\n");
    let status = text_of(&exported, "status.enums.ts");
    assert_has(&status, "export const statusValues = ['open', 'done'] as const;\n");
    assert_has(&status, "export type Status = (typeof statusValues)[number];\n");
}

#[test]
fn no_hook_is_ever_written() {
    for module in ["esm", "commonjs", "typescript"] {
        let text = everything(&export(&kitchen_sink(), &[("module", module)]));
        for hook in [".pre(", ".post(", "next("] {
            assert_lacks(&text, hook);
        }
    }
}

#[test]
fn a_barrel_exports_every_file() {
    let exported = export(&small::documents(), &[("barrel", "true")]);
    let expected = "export * from './status.enums.js';\nexport * from './todo.models.js';\n\
                    export * from './user.models.js';\n";
    assert_eq!(text_of(&exported, "index.js"), expected);
    let options = [("barrel", "true"), ("module", "commonjs")];
    let exported = export(&small::documents(), &options);
    assert_has(&text_of(&exported, "index.js"), "  ...require('./todo.models.js'),\n");
}

#[test]
fn a_barrel_keeps_its_name_from_an_entity() {
    let mut build = Builder::new("Barrel");
    build.collection("index");
    let options = [("barrel", "true"), ("file_name", "{entity}.{ext}")];
    let exported = export(&build.project, &options);
    assert_eq!(text_of(&exported, "index.js"), "export * from './index-2.js';\n");
}

#[test]
fn a_type_that_embeds_itself_is_added_after_its_declaration() {
    let thread = file(&kitchen_sink(), "thread.schemas.js");
    let declared = thread.find("export const threadSchema = new Schema(").unwrap();
    let added = thread.find("threadSchema.add({ replies: [threadSchema] });").unwrap();
    assert!(declared < added, "{thread}");
    let typed = export(&kitchen_sink(), &[("module", "typescript")]);
    assert_has(&text_of(&typed, "thread.schemas.ts"), "  replies: Array<Thread>;\n");
}

#[test]
fn types_that_embed_each_other_share_a_file() {
    let mut build = Builder::new("Mutual");
    let folder = build.embedded("Folder");
    let file_type = build.embedded("Entry");
    build.required(folder, "name", DataType::STRING);
    build.field(folder, "entries", DataType::Embedded(file_type).array());
    build.field(file_type, "inside", DataType::Embedded(folder));
    let drive = build.collection("Drive");
    build.field(drive, "root", DataType::Embedded(folder));
    let exported = export(&build.project, &[]);
    assert_eq!(exported.files.len(), 2, "one for the drive, one for both types");
    let text = text_of(&exported, "folder.schemas.js");
    assert_has(&text, "export const entrySchema = ");
    assert_has(&text, "export const folderSchema = ");
    assert_has(&text, "entrySchema.add({ inside: folderSchema });");
    assert_has(&text_of(&exported, "drive.models.js"), "from './folder.schemas.js'");
}

#[test]
fn every_line_of_a_field_knows_its_field() {
    let project = small::documents();
    let exported = export(&project, &[]);
    let todo = project.model.entity_named("Todo").unwrap();
    let file = exported.files.file("todo.models.js").unwrap();
    for field in todo.fields.iter().filter(|field| field.name != "_id") {
        let element = lunette::model::id::ElementId::Field(todo.id, field.id);
        let origin = file.origins.iter().find(|origin| origin.element == element).unwrap();
        let lines: Vec<_> = file.text.lines().collect();
        let first = lines[origin.lines.start].trim_start();
        assert!(first.starts_with(&format!("{}:", field.name)), "{first}");
    }
}
