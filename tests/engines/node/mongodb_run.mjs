// Runs exported mongosh scripts against a stand-in for the server and judges documents by what they
// created. No server is needed: `$jsonSchema` is checked by ajv, with `bsonType` as a keyword of ours.
//
//   node mongodb_run.mjs ROOT
//
// Each folder of ROOT holds one script and a `cases.json`. Prints, by folder:
//   { databases: { name: { collection: { indexes } } }, cases: [ { valid, paths } ] }
// The stand-in refuses what the server's manual says it refuses.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import Ajv from 'ajv/dist/2020.js';
import mongoose from 'mongoose';

const { EJSON } = mongoose.mongo.BSON;

/** The keywords of `$jsonSchema` (manual, "Available Keywords"). */
const KEYWORDS = new Set(['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'bsonType', 'dependencies',
  'description', 'enum', 'exclusiveMaximum', 'exclusiveMinimum', 'items', 'maximum', 'maxItems', 'maxLength',
  'maxProperties', 'minimum', 'minItems', 'minLength', 'minProperties', 'multipleOf', 'not', 'oneOf', 'pattern',
  'patternProperties', 'properties', 'required', 'title', 'type', 'uniqueItems']);

const BSON_TYPES = new Set(['double', 'string', 'object', 'array', 'binData', 'objectId', 'bool', 'date', 'null',
  'regex', 'int', 'timestamp', 'long', 'decimal', 'number']);

function refuse(why) {
  throw new Error(`the server refuses: ${why}`);
}

function checkSchema(schema, at) {
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEYWORDS.has(keyword)) refuse(`keyword ${keyword} at ${at}`);
    if (keyword === 'bsonType') for (const type of [value].flat()) if (!BSON_TYPES.has(type)) refuse(`type ${type} at ${at}`);
    if (keyword === 'required' && (!value.length || new Set(value).size !== value.length)) refuse(`required ${value} at ${at}`);
    if (keyword === 'enum' && (!value.length || new Set(value).size !== value.length)) refuse(`enum ${value} at ${at}`);
    if (keyword === 'properties') for (const [name, one] of Object.entries(value)) checkSchema(one, `${at}.${name}`);
    if (['items', 'additionalProperties'].includes(keyword) && typeof value === 'object') checkSchema(value, `${at}.*`);
    if (['allOf', 'anyOf'].includes(keyword)) value.forEach((one) => checkSchema(one, at));
  }
}

function checkIndex(made, keys, options) {
  const entries = Object.entries(keys);
  if (!entries.length) refuse('an index without keys');
  const kinds = entries.map(([, kind]) => kind);
  for (const kind of kinds) if (![1, -1, 'text', 'hashed', '2dsphere'].includes(kind)) refuse(`index kind ${kind}`);
  if (kinds.filter((kind) => kind === 'hashed').length > 1) refuse('two hashed fields in one index');
  if (kinds.includes('hashed') && options.unique) refuse('a unique hashed index');
  if (kinds.includes('text') && made.some(({ keys }) => Object.values(keys).includes('text'))) refuse('two text indexes');
  if (options.sparse && options.partialFilterExpression) refuse('an index both sparse and partial');
  if (options.expireAfterSeconds !== undefined && entries.length > 1) refuse('an expiring index over several fields');
  if (options.expireAfterSeconds > 2147483647) refuse('an index that expires too late');
  for (const [field] of entries) {
    if (field === '' || field.includes('\0') || field.split('.').some((part) => part === '' || part.startsWith('$'))) refuse(`index over ${field}`);
  }
  const name = options.name ?? entries.map(([field, kind]) => `${field}_${kind}`).join('_');
  if (name === '' || name === '*' || name === '_id_' || name.includes('\0')) refuse(`index name ${name}`);
  for (const other of made) {
    if (other.name === name) refuse(`two indexes named ${name}`);
    if (JSON.stringify(Object.entries(other.keys)) === JSON.stringify(entries)) refuse(`two indexes over ${Object.keys(keys)}`);
  }
  made.push({ name, keys, options });
}

function database(name, databases) {
  if (name === '' || /[/\\. "$*<>:|?\0]/.test(name) || Buffer.byteLength(name) > 63) refuse(`database name ${name}`);
  const collections = (databases[name] ??= Object.create(null));
  return {
    getSiblingDB: (other) => database(other, databases),
    createCollection(collection, options = {}) {
      if (collection in collections) refuse(`collection ${collection} exists`);
      if (collection === '' || /[$\0]/.test(collection) || collection.startsWith('system.') || collection.startsWith('.')) refuse(`collection name ${collection}`);
      if (Buffer.byteLength(`${name}.${collection}`) > 255) refuse(`collection name ${collection} is too long`);
      if (options.validator) checkSchema(options.validator.$jsonSchema, collection);
      collections[collection] = { options, indexes: [] };
    },
    getCollection(collection) {
      if (!collection in collections) refuse(`no collection ${collection}`);
      return { createIndex: (keys, options = {}) => checkIndex(collections[collection].indexes, keys, options) };
    },
  };
}

/** A document as plain JSON, and the BSON types of its parts by JSON pointer. */
function plain(value, at, types) {
  const is = (...names) => types.set(at, names);
  if (value === null || value === undefined) return is('null'), null;
  if (typeof value === 'string') return is('string'), value;
  if (typeof value === 'boolean') return is('bool'), value;
  if (typeof value === 'number') return is(Number.isInteger(value) ? 'int' : 'double', 'number'), value;
  if (value instanceof Date) return is('date'), value.toISOString();
  switch (value._bsontype) {
    case 'ObjectId': return is('objectId'), value.toHexString();
    case 'Int32': return is('int', 'number'), value.valueOf();
    case 'Double': return is('double', 'number'), value.valueOf();
    case 'Long': return is('long', 'number'), value.toNumber();
    case 'Decimal128': return is('decimal', 'number'), Number(value.toString());
    case 'Binary': return is('binData'), value.toString('base64');
    default:
  }
  const below = (key) => `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (Array.isArray(value)) {
    is('array');
    return value.map((item, index) => plain(item, below(String(index)), types));
  }
  is('object');
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part, below(key), types)]));
}

let types = new Map();
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addKeyword({
  keyword: 'bsonType',
  validate: (wanted, _data, _parent, { instancePath }) => [wanted].flat().some((type) => types.get(instancePath)?.includes(type)),
});

function judge(validate, document) {
  types = new Map();
  const value = plain(EJSON.deserialize(document, { relaxed: false }), '', types);
  const valid = validate(value);
  const dotted = ({ instancePath, params }) => {
    const missing = params.missingProperty ?? params.additionalProperty;
    const parts = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    return parts.concat(missing ?? []).join('.');
  };
  return { valid, paths: valid ? [] : validate.errors.map(dotted) };
}

const root = process.argv[2];
const result = {};
for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
  if (!entry.isDirectory() || entry.name === 'node_modules') continue;
  const folder = path.join(root, entry.name);
  const scripts = fs.readdirSync(folder).filter((file) => file.endsWith('.js'));
  if (scripts.length !== 1) throw new Error(`${folder} holds ${scripts.length} scripts`);
  const databases = Object.create(null);
  // What the shell gives to a script, and nothing else: no `process`, no `require`.
  const shell = { db: database('test', databases), NumberDecimal: Number, NumberLong: Number };
  vm.runInNewContext(fs.readFileSync(path.join(folder, scripts[0]), 'utf8'), shell, { filename: scripts[0] });
  const validators = {};
  const dump = Object.create(null);
  for (const [name, collections] of Object.entries(databases)) {
    dump[name] = Object.create(null);
    for (const [collection, { options, indexes }] of Object.entries(collections)) {
      dump[name][collection] = { indexes: indexes.map(({ keys, options }) => ({ keys: Object.entries(keys), options })) };
      // Schemas come from another realm; ajv wants those of this one.
      if (options.validator) validators[`${name}.${collection}`] = ajv.compile(structuredClone(options.validator.$jsonSchema));
    }
  }
  const cases = JSON.parse(fs.readFileSync(path.join(folder, 'cases.json'), 'utf8'));
  result[entry.name] = {
    databases: dump,
    cases: cases.map(({ database, collection, document }) => judge(validators[`${database}.${collection}`], document)),
  };
}
process.stdout.write(JSON.stringify(result));
