// Reads exported DBML with the real parser and prints what it understood.
//
//   node dbml_read.mjs ROOT
//
// Each folder of ROOT holds one `model.dbml`. Prints, by folder: project, tables, enums, refs, groups
// and notes, or `refused` with what the parser said.
import fs from 'node:fs';
import path from 'node:path';
import { Parser } from '@dbml/core';

const root = process.argv[2];
const note = (element) => element.note?.value ?? element.note ?? null;

// Name, enumeration, marks of the key, whether it is required, unique and counted, default, note.
function columnOf(field) {
  return [
    field.name,
    field._enum ? [field._enum.schema.name, field._enum.name] : null,
    field.pk ? 'pk' : '',
    field.not_null ?? false,
    field.unique ?? false,
    field.increment ?? false,
    field.dbdefault ? [field.dbdefault.type, String(field.dbdefault.value)] : null,
    note(field),
  ];
}

function tableOf(schema, table) {
  return {
    schema: schema.name,
    name: table.name,
    note: note(table),
    columns: table.fields.map(columnOf),
    indexes: table.indexes.map((index) => ({
      name: index.name ?? null,
      columns: index.columns.map(({ type, value }) => [type, value]),
      pk: Boolean(index.pk),
      unique: Boolean(index.unique),
      note: note(index),
    })),
  };
}

function read(text) {
  const database = new Parser().parse(text, 'dbmlv2');
  const of = (what, map) => database.schemas.flatMap((schema) => schema[what].map((one) => map(schema, one)));
  return {
    project: { name: database.name, note: note(database) },
    tables: of('tables', tableOf),
    enums: of('enums', (schema, one) => ({
      schema: schema.name,
      name: one.name,
      values: one.values.map((value) => [value.name, note(value)]),
    })),
    refs: of('refs', (_, ref) => ({
      name: ref.name ?? null,
      delete: ref.onDelete ?? null,
      update: ref.onUpdate ?? null,
      ends: ref.endpoints.map((end) => [end.schemaName ?? 'public', end.tableName, end.fieldNames, end.relation]),
    })),
    groups: of('tableGroups', (_, group) => ({
      name: group.name,
      note: note(group),
      tables: group.tables.map((table) => [table.schema.name, table.name]),
    })),
    notes: (database.notes ?? []).map((one) => ({ text: one.content || null })),
  };
}

const models = {};
for (const name of fs.readdirSync(root)) {
  const file = path.join(root, name, 'model.dbml');
  if (!fs.existsSync(file)) continue;
  try {
    models[name] = read(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const said = (error.diags ?? []).map(({ message, location }) => `${location?.start?.line}: ${message}`);
    models[name] = { refused: said.length ? said : [String(error)] };
  }
}
process.stdout.write(JSON.stringify(models));
