// Loads every parser the engine tests use and names those that came up.
import { Parser } from '@dbml/core';
import prisma from '@prisma/prisma-schema-wasm';
import Ajv from 'ajv/dist/2020.js';
import { buildSchema } from 'graphql';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

const came_up = {
  '@dbml/core': () => new Parser().parse('Table a { id int }', 'dbmlv2').schemas[0].tables.length === 1,
  '@prisma/prisma-schema-wasm': () => typeof prisma.get_dmmf === 'function',
  ajv: () => new Ajv().validate({ type: 'string' }, 'x'),
  graphql: () => buildSchema('type A { a: ID }').getType('A') !== undefined,
  jsdom: () => window.document.body !== null,
  mermaid: async () => (await mermaid.parse('erDiagram\n  A ||--o{ B : has')).diagramType === 'er',
};
const names = [];
for (const [name, works] of Object.entries(came_up)) if (await works()) names.push(name);
console.log(names.join(' '));
