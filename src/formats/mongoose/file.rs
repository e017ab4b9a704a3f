//! Whole files: imports, declarations and exports in the style of the chosen modules.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::{Written, code, join};
use crate::formats::collections::is_top_level;
use crate::formats::file_set::FileSet;
use crate::formats::javascript::text::{
    Code, CodeWriter, block_comment, line_comment, member, string,
};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongoose::field::Needs;
use crate::formats::mongoose::file_name::import_path;
use crate::formats::mongoose::inferred;
use crate::formats::mongoose::plan::{Content, Plan, PlannedFile};
use crate::formats::mongoose::schema::{EntitySchema, build};
use crate::formats::mongoose::style::Module;
use crate::model::enumeration::Enumeration;
use crate::model::id::{ElementId, EntityId};

const INDENT: &str = "  ";
/// Longest line that Prettier writes.
const WIDTH: usize = 80;

/// All files of the plan, and what could not be written.
pub(super) fn write_all(plan: &Plan<'_>) -> (FileSet, Vec<Diagnostic>) {
    let mut files = FileSet::default();
    let mut diagnostics = Vec::new();
    for file in &plan.files {
        let code = match &file.content {
            Content::Enumeration(id) => match plan.collections.model.enumeration(*id) {
                Some(enumeration) => write_enumeration(plan, enumeration),
                None => continue,
            },
            Content::Entities(group) => write_entities(plan, file, group, &mut diagnostics),
        };
        files.add(file.path.clone(), code.finish());
    }
    if plan.style.barrel {
        files.add(plan.barrel.clone(), barrel(plan));
    }
    (files, diagnostics)
}

fn write_enumeration(plan: &Plan<'_>, enumeration: &Enumeration) -> CodeWriter {
    let mut code = CodeWriter::new(INDENT);
    let name = plan.values_name(enumeration.id);
    let module = plan.style.module;
    code.from_element(ElementId::Enumeration(enumeration.id), |code| {
        for line in block_comment(&enumeration.note) {
            code.line(line);
        }
        let open = code!(module.export(), "const ", &name, " = ");
        let close = match module {
            Module::TypeScript => " as const;",
            Module::Esm | Module::CommonJs => ";",
        };
        if enumeration.values.iter().all(|value| value.note.is_empty()) {
            let values = enumeration.values.iter().map(|value| string(&value.name).into());
            Node::Array(values.collect()).write(code, 0, open, close);
        } else {
            write_values(enumeration, code, open, close);
        }
        if module == Module::TypeScript {
            let ty = plan.enumeration_type(enumeration.id);
            code.blank();
            code.line(code!("export type ", ty, " = (typeof ", &name, ")[number];"));
        }
    });
    if module == Module::CommonJs {
        write_exports(&[name], &mut code);
    }
    code
}

fn write_values(enumeration: &Enumeration, code: &mut CodeWriter, open: Code, close: &'static str) {
    code.block(code!(open, "["), code!("]", close), |code| {
        for value in &enumeration.values {
            code.from_element(ElementId::Value(enumeration.id, value.id), |code| {
                for line in line_comment(&value.note) {
                    code.line(line);
                }
                code.line(code!(string(&value.name), ","));
            });
        }
    });
}

fn write_entities(
    plan: &Plan<'_>,
    file: &PlannedFile,
    group: &[EntityId],
    diagnostics: &mut Vec<Diagnostic>,
) -> CodeWriter {
    let mut needs = Needs::default();
    let mut schemas = Vec::new();
    for (place, id) in group.iter().enumerate() {
        let Some(entity) = plan.collections.model.entity(*id) else { continue };
        let is_declared = |other: EntityId| {
            group.iter().position(|member| *member == other).is_none_or(|at| at < place)
        };
        schemas.push(build(plan, entity, is_declared, &mut needs, diagnostics));
    }
    needs.schemas.retain(|schema| !group.contains(schema));
    let mut code = CodeWriter::new(INDENT);
    write_imports(plan, file, &needs, &schemas, &mut code);
    write_helpers(plan.style.module, &needs, &mut code);
    write_schemas(plan, &schemas, &mut code);
    if plan.style.module == Module::CommonJs {
        let mut names = Vec::new();
        for schema in &schemas {
            names.push(plan.schema_name(schema.entity.id));
            if is_top_level(schema.entity) {
                names.push(plan.model_name(schema.entity.id));
            }
        }
        write_exports(&names, &mut code);
    }
    code
}

/// Declarations first, then what needs all of them, then the models.
fn write_schemas(plan: &Plan<'_>, schemas: &[EntitySchema<'_>], code: &mut CodeWriter) {
    let each = |code: &mut CodeWriter, write: &dyn Fn(&EntitySchema<'_>, &mut CodeWriter)| {
        for schema in schemas {
            code.from_element(ElementId::Entity(schema.entity.id), |code| write(schema, code));
        }
    };
    let export = plan.style.module.export();
    each(code, &|schema, code| {
        code.blank();
        schema.write_declaration(code, export);
    });
    if schemas.iter().any(|schema| !schema.later.is_empty()) {
        code.blank();
    }
    each(code, &|schema, code| schema.write_additions(code));
    each(code, &|schema, code| schema.write_paths(code));
    if plan.style.module == Module::TypeScript {
        each(code, &|schema, code| inferred::write(plan, schema, code));
    }
    each(code, &|schema, code| {
        if is_top_level(schema.entity) {
            code.blank();
            write_model(plan, schema.entity.id, code);
        }
    });
}

/// Registers the model, or takes the one that is registered.
fn write_model(plan: &Plan<'_>, entity: EntityId, code: &mut CodeWriter) {
    let (model, schema) = (plan.model_name(entity), plan.schema_name(entity));
    let open = code!(plan.style.module.export(), "const ", &model, " =");
    let create = code!("mongoose.model(", string(model.as_str()), ", ", schema, ")");
    let registered = code!("mongoose.models", member(model.as_str()));
    if !plan.style.guard {
        return write_assignment(open, &[create], code);
    }
    match plan.style.module {
        Module::Esm | Module::CommonJs => write_assignment(open, &[registered, create], code),
        Module::TypeScript => {
            // The type of a registered model is unknown; it is the type that creating one has.
            let function = code!("create", &model);
            write_assignment(code!("const ", &function, " = () =>"), &[create], code);
            code.line(code!("export type ", &model, "Model = ReturnType<typeof ", &function, ">;"));
            let typed = code!("(", registered, " as ", &model, "Model | undefined)");
            write_assignment(open, &[typed, code!(function, "()")], code);
        }
    }
}

/// Writes `open a ?? b;`, on as many lines as it needs.
fn write_assignment(open: Code, choices: &[Code], code: &mut CodeWriter) {
    let joined = code!(join(choices, " ?? "), ";");
    if open.width() + 1 + joined.width() <= WIDTH {
        return code.line(code!(open, " ", joined));
    }
    code.line(open);
    code.indented(|code| {
        if joined.width() + INDENT.len() <= WIDTH {
            code.line(joined);
        } else {
            code.line(code!(join(choices, " ??\n"), ";"));
        }
    });
}

fn write_imports(
    plan: &Plan<'_>,
    file: &PlannedFile,
    needs: &Needs,
    schemas: &[EntitySchema<'_>],
    code: &mut CodeWriter,
) {
    let module = plan.style.module;
    let has_models = schemas.iter().any(|schema| is_top_level(schema.entity));
    let mut names = vec![code!("Schema")];
    if needs.types {
        names.push(code!("Types"));
    }
    match module {
        Module::Esm | Module::TypeScript => {
            if module == Module::TypeScript {
                names.extend(has_models.then(|| code!("type HydratedDocument")));
                names.push(code!("type InferSchemaType"));
            }
            let open = if has_models { "import mongoose," } else { "import" };
            write_list(code!(open, " {"), &names, code!("} from 'mongoose';"), code);
        }
        Module::CommonJs => {
            code.line("const mongoose = require('mongoose');");
            code.blank();
            code.line(code!("const { ", join(&names, ", "), " } = mongoose;"));
        }
    }
    let imports = local_imports(plan, file, needs, schemas);
    if module == Module::CommonJs && !imports.is_empty() {
        code.blank();
    }
    for (path, names) in imports {
        write_import(module, &names, string(&path), code);
    }
}

/// What the file takes from each other file, by its path.
fn local_imports(
    plan: &Plan<'_>,
    file: &PlannedFile,
    needs: &Needs,
    schemas: &[EntitySchema<'_>],
) -> IndexMap<String, Vec<Code>> {
    let mut imports: IndexMap<String, Vec<Code>> = IndexMap::new();
    for id in &needs.enumerations {
        if let Some(from) = plan.file_of_enumeration(*id) {
            let names = imports.entry(import_path(&file.path, &from.path)).or_default();
            names.push(plan.values_name(*id));
        }
    }
    for id in &needs.schemas {
        if let Some(from) = plan.file_of(*id) {
            let names = imports.entry(import_path(&file.path, &from.path)).or_default();
            names.push(plan.schema_name(*id));
        }
    }
    if plan.style.module == Module::TypeScript {
        inferred::add_imports(plan, file, schemas, &mut imports);
    }
    imports.sort_keys();
    imports
}

fn write_import(module: Module, names: &[Code], path: Code, code: &mut CodeWriter) {
    match module {
        Module::Esm | Module::TypeScript => {
            write_list(code!("import {"), names, code!("} from ", path, ";"), code);
        }
        Module::CommonJs => {
            write_list(code!("const {"), names, code!("} = require(", path, ");"), code);
        }
    }
}

/// Names between braces, on one line while they fit.
fn write_list(open: Code, names: &[Code], close: Code, code: &mut CodeWriter) {
    let line = code!(&open, " ", join(names, ", "), " ", &close);
    if line.width() <= WIDTH || names.len() == 1 && !open.as_str().contains(',') {
        return code.line(line);
    }
    code.block(open, close, |code| {
        for name in names {
            code.line(code!(name, ","));
        }
    });
}

/// Small things that several fields of the file share.
fn write_helpers(module: Module, needs: &Needs, code: &mut CodeWriter) {
    if needs.whole_number {
        let value = match module {
            Module::Esm | Module::CommonJs => "(value)",
            Module::TypeScript => "(value: unknown)",
        };
        code.blank();
        code.block("const wholeNumber = {", "};", |code| {
            let test = "value == null || Number.isInteger(value)";
            code.line(code!("validator: ", value, " => ", test, ","));
            code.line("message: '{PATH} must be a whole number',");
        });
    }
    if needs.point_schema {
        code.blank();
        code.line("/** A GeoJSON point: longitude, latitude. */");
        let required = |ty: Node, more: Option<Member>| {
            let mut options = vec![Member::new("type", ty)];
            options.extend(more);
            options.push(Member::new("required", "true"));
            Node::Object(options)
        };
        let kind = Member::new("enum", Node::Array(vec!["'Point'".into()]));
        let numbers = Node::Array(vec!["Number".into()]);
        let fields = Node::Tall(vec![
            Member::new("type", required("String".into(), Some(kind))),
            Member::new("coordinates", required(numbers, None)),
        ]);
        let options = Node::Object(vec![Member::new("_id", "false")]);
        let schema = Node::Call(code!("new Schema"), vec![fields, options]);
        schema.write(code, 0, "const pointSchema = ", ";");
    }
}

/// `module.exports = { … };`
fn write_exports(names: &[Code], code: &mut CodeWriter) {
    code.blank();
    write_list(code!("module.exports = {"), names, code!("};"), code);
}

/// The index file that exports everything.
fn barrel(plan: &Plan<'_>) -> Written {
    let mut paths: Vec<_> =
        plan.files.iter().map(|file| import_path(&plan.barrel, &file.path)).collect();
    paths.sort();
    let mut code = CodeWriter::new(INDENT);
    match plan.style.module {
        Module::Esm | Module::TypeScript => {
            for path in &paths {
                code.line(code!("export * from ", string(path), ";"));
            }
        }
        Module::CommonJs => code.block("module.exports = {", "};", |code| {
            for path in &paths {
                code.line(code!("...require(", string(path), "),"));
            }
        }),
    }
    code.finish()
}
