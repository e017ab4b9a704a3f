// Compiles exported schemas with Ajv in its strictest mode and tries documents on them.
//
//   node json_schema_check.mjs ROOT
//
// Each folder of ROOT holds the files of one model, and `documents.json` where there is something to
// try: a list of [definition, document]. Prints, by folder: what was refused, the names that were
// compiled, and for each document whether it is valid.
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

function check(folder) {
  const ajv = addFormats.default(new Ajv({ strict: true, strictRequired: true, allErrors: true }));
  const names = [];
  const validators = new Map();
  const schemas = fs.readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  const texts = schemas.map((name) => [name, JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))]);
  for (const [name, schema] of texts) ajv.addSchema(schema, encodeURIComponent(name));
  for (const [name, schema] of texts) {
    if (schema.$defs === undefined) validators.set(schema.title, ajv.getSchema(encodeURIComponent(name)));
    for (const key of Object.keys(schema.$defs ?? {})) {
      const pointer = encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
      validators.set(key, ajv.compile({ $ref: `${encodeURIComponent(name)}#/$defs/${pointer}` }));
    }
  }
  names.push(...validators.keys());
  const tried = path.join(folder, 'documents.json');
  const documents = fs.existsSync(tried) ? JSON.parse(fs.readFileSync(tried, 'utf8')) : [];
  return { names, valid: documents.map(([name, document]) => validators.get(name)(document)) };
}

const root = process.argv[2];
const models = {};
for (const name of fs.readdirSync(root)) {
  if (name === 'node_modules') continue;
  try {
    models[name] = check(path.join(root, name));
  } catch (error) {
    models[name] = { refused: String(error.message ?? error) };
  }
}
console.log(JSON.stringify(models));
