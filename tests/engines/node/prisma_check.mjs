// Validates exported Prisma schemas with Prisma's own parser and prints what it understood.
//
//   node prisma_check.mjs ROOT
//
// Each folder of ROOT holds one `schema.prisma`. Prints, by folder: models with their fields, and
// enumerations, or `refused` with what the parser said; and whether its formatter leaves the text as
// it is.
import fs from 'node:fs';
import path from 'node:path';
import prisma from '@prisma/prisma-schema-wasm';

function check(file) {
  const text = fs.readFileSync(file, 'utf8');
  const params = JSON.stringify({ prismaSchema: [[file, text]], noColor: true });
  const { datamodel } = JSON.parse(prisma.get_dmmf(params));
  const formatted = JSON.parse(prisma.format(JSON.stringify([[file, text]]), JSON.stringify({
    textDocument: { uri: `file://${file}` }, options: { tabSize: 2, insertSpaces: true },
  })))[0][1];
  const field = (one) => ({
    name: one.name, stored: one.dbName ?? one.name, type: one.type, list: one.isList, required: one.isRequired,
    unique: one.isUnique, id: one.isId, relation: one.relationName === undefined ? null
      : [one.relationFromFields, one.relationToFields, one.relationOnDelete ?? null, one.relationOnUpdate ?? null],
    note: one.documentation ?? '',
  });
  const block = (one) => ({
    name: one.name, stored: one.dbName ?? one.name, note: one.documentation ?? '', fields: one.fields.map(field),
    key: one.primaryKey?.fields ?? null, unique: one.uniqueFields ?? [],
  });
  return {
    formatted: formatted === text ? null : formatted,
    models: datamodel.models.map(block), types: datamodel.types.map(block),
    enums: datamodel.enums.map((one) => [one.dbName ?? one.name, one.values.map((value) => value.dbName ?? value.name)]),
  };
}

const root = process.argv[2];
const models = {};
for (const name of fs.readdirSync(root).sort()) {
  if (name === 'node_modules') continue;
  try {
    models[name] = check(path.join(root, name, 'schema.prisma'));
  } catch (error) {
    let said = String(error.message ?? error);
    try { said = JSON.parse(said).message; } catch { /* plain text */ }
    models[name] = { refused: said };
  }
}
console.log(JSON.stringify(models));
