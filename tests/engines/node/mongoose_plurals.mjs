// Reads a JSON list of names and prints what collection Mongoose gives to a model of each name.
import fs from 'node:fs';
import mongoose from 'mongoose';

const names = JSON.parse(fs.readFileSync(0, 'utf8'));
const pluralize = mongoose.pluralize();
process.stdout.write(JSON.stringify(names.map((name) => pluralize(name))), () => process.exit(0));
