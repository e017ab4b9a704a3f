// Builds exported GraphQL schemas with the reference implementation and prints what it understood.
//
//   node graphql_check.mjs ROOT
//
// Each folder of ROOT holds one `schema.graphql`. Prints, by folder: types with their fields, and
// enumerations with their values, or `refused` with what was said.
import fs from 'node:fs';
import path from 'node:path';
import { buildSchema, isEnumType, isObjectType } from 'graphql';

function check(file) {
  const schema = buildSchema(fs.readFileSync(file, 'utf8'));
  const all = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  const fields = (type) => Object.values(type.getFields()).map((field) => [field.name, String(field.type), field.description ?? '']);
  return {
    types: Object.fromEntries(all.filter(isObjectType).map((type) => [type.name, fields(type)])),
    enums: Object.fromEntries(all.filter(isEnumType).map((type) => [type.name, type.getValues().map((value) => value.name)])),
  };
}

const root = process.argv[2];
const models = {};
for (const name of fs.readdirSync(root).sort()) {
  if (name === 'node_modules') continue;
  try {
    models[name] = check(path.join(root, name, 'schema.graphql'));
  } catch (error) {
    models[name] = { refused: String(error.message ?? error) };
  }
}
console.log(JSON.stringify(models));
