// Loads exported Mongoose models with the real library and prints what it made of them.
//
//   node mongoose_dump.mjs ROOT [once]
//
// Each folder of ROOT is one export, or code that a person wrote, which may be loaded only `once`. Its
// files are imported as they are; if it holds a `cases.json`,
// the documents in it are validated. One JSON object goes to standard output, by folder:
//   { models: { Name: schema }, cases: [ { valid, paths } ], warnings: [ … ] }
// Values that only Mongoose can hold are written as { is: 'UUID' } and the like.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import mongoose from 'mongoose';

const { EJSON } = mongoose.mongo.BSON;

const warnings = [];
process.removeAllListeners('warning');
process.on('warning', (warning) => warnings.push(warning.message));

/** A default, as it comes out for a new document. */
function plainDefault(type) {
  let value = type.defaultValue;
  if (typeof value === 'function') value = value.call({});
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Math.abs(value - Date.now()) < 60_000) return { is: 'now' };
  if (value instanceof Date) return Math.abs(value - Date.now()) < 60_000 ? { is: 'now' } : value.toISOString();
  if (value instanceof mongoose.Types.Decimal128) return { is: 'Decimal128', text: value.toString() };
  if (typeof value === 'bigint') return { is: 'BigInt', text: value.toString() };
  if (value instanceof mongoose.Types.ObjectId) return { is: 'ObjectId' };
  if (value instanceof mongoose.Types.UUID) return { is: 'UUID' };
  if (value instanceof Map) return { is: 'Map' };
  if (Array.isArray(value)) return [];
  return value;
}

/** The name of a model that a path refers to by name, by itself or by a function of either. */
function refName(ref) {
  return typeof ref === 'function' ? (ref.modelName ?? refName(ref())) : ref;
}

/** What the validators of a path say. */
function rules(type) {
  const found = {};
  for (const validator of type.validators ?? []) {
    if (validator.type === 'required') found.required = true;
    if (validator.type === 'min') found.min = validator.min;
    if (validator.type === 'max') found.max = validator.max;
    if (validator.type === 'minlength') found.minLength = validator.minlength;
    if (validator.type === 'maxlength') found.maxLength = validator.maxlength;
    if (validator.type === 'enum') found.enum = [...type.enumValues];
    if (validator.type === 'regexp') found.match = validator.regexp.source;
    if (validator.type === 'user defined') found.says = validator.message.replace('{PATH} ', '');
  }
  const { options } = type;
  for (const name of ['ref', 'unique', 'sparse', 'immutable', 'select', 'alias', 'trim', 'lowercase']) {
    if (options[name] !== undefined) found[name] = name === 'ref' ? refName(options[name]) : options[name];
  }
  const value = plainDefault(type);
  if (value !== undefined) found.default = value;
  return found;
}

function typeOf(type, around) {
  if (type.schema && type.instance === 'Array') {
    return { type: 'Array', of: objectOf(type.schema, around), ...rules(type) };
  }
  if (type.instance === 'Array') {
    return { type: 'Array', of: typeOf(type.embeddedSchemaType, around), ...rules(type) };
  }
  if (type.instance === 'Map') {
    return { type: 'Map', of: typeOf(type.$__schemaType, around), ...rules(type) };
  }
  if (type.schema) return { ...objectOf(type.schema, around), ...rules(type) };
  return { type: type.instance, ...rules(type) };
}

/** A schema as an object of fields; nested paths become objects again. */
function objectOf(schema, around = []) {
  if (around.includes(schema)) return { type: 'Object', again: true };
  const fields = {};
  for (const [name, type] of Object.entries(schema.paths)) {
    if (name === schema.options.versionKey || name.includes('$*')) continue;
    const keys = name.split('.');
    const last = keys.pop();
    let place = fields;
    for (const key of keys) {
      place[key] ??= { type: 'Object', inline: true, fields: {} };
      place = place[key].fields;
    }
    place[last] = typeOf(type, [...around, schema]);
  }
  return { type: 'Object', fields };
}

function modelOf(model) {
  const { schema } = model;
  const virtuals = {};
  for (const [name, { options }] of Object.entries(schema.virtuals)) {
    if (!options?.ref) continue;
    const { ref, localField, foreignField, justOne } = options;
    virtuals[name] = { ref, localField, foreignField, justOne: Boolean(justOne) };
  }
  return {
    collection: model.collection.collectionName,
    timestamps: Boolean(schema.options.timestamps),
    versionKey: schema.options.versionKey,
    fields: objectOf(schema).fields,
    indexes: schema.indexes().map(([keys, { background, ...options }]) => ({ keys: Object.entries(keys), options })),
    virtuals,
  };
}

/** Whether the real validation takes a document, and which paths it complains of. */
async function judge({ model, document }) {
  const made = new (mongoose.model(model))(EJSON.deserialize(document, { relaxed: false }));
  try {
    await made.validate();
    return { valid: true, paths: [] };
  } catch (error) {
    return { valid: false, paths: Object.keys(error.errors ?? { [error.message]: 0 }) };
  }
}

const [root, once] = process.argv.slice(2);
const result = {};
for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
  if (!entry.isDirectory() || entry.name === 'node_modules') continue;
  const folder = path.join(root, entry.name);
  for (const name of mongoose.modelNames()) mongoose.deleteModel(name);
  warnings.length = 0;
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => /\.[cm]?js$/.test(file));
  for (const file of files.sort()) {
    const url = pathToFileURL(path.join(folder, file)).href;
    await import(url);
    // As a watcher would: a second copy of the module finds its models registered.
    if (once === undefined) await import(`${url}?again`);
  }
  const models = {};
  for (const name of mongoose.modelNames()) models[name] = modelOf(mongoose.model(name));
  const cases = [];
  const casesFile = path.join(folder, 'cases.json');
  if (fs.existsSync(casesFile)) {
    for (const one of JSON.parse(fs.readFileSync(casesFile, 'utf8'))) cases.push(await judge(one));
  }
  // Warnings are emitted on the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  result[entry.name] = { models, cases, warnings: [...warnings] };
}
process.stdout.write(JSON.stringify(result), () => process.exit(0));
