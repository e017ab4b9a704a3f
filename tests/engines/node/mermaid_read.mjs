// Reads exported Mermaid diagrams with the real parser and prints what it understood.
//
//   node mermaid_read.mjs ROOT
//
// Each folder of ROOT holds one `model.mmd`. Prints, by folder: groups, entities with their label and
// fields, and lines, or `refused` with what the parser said.
import fs from 'node:fs';
import path from 'node:path';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', logLevel: 'fatal' });

async function read(text) {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  if (diagram.type !== 'er') throw new Error(`it is a diagram of type ${diagram.type}`);
  const entities = [...diagram.db.getEntities().entries()];
  const nameOf = new Map(entities.map(([name, entity]) => [entity.id, name]));
  return {
    groups: (diagram.db.getSubGraphs?.() ?? []).map((group) => [group.title, group.nodes]),
    entities: entities.map(([name, entity]) => ({
      name,
      label: entity.alias || name,
      fields: entity.attributes.map(({ type, name, keys, comment }) => [type, name, keys ?? [], comment ?? '']),
    })),
    // Mermaid calls the cardinality of the second entity `cardA`.
    lines: diagram.db.getRelationships().map((line) => ({
      ends: [nameOf.get(line.entityA), nameOf.get(line.entityB)],
      cardinalities: [line.relSpec.cardB, line.relSpec.cardA],
      identifying: line.relSpec.relType === 'IDENTIFYING',
      label: line.roleA,
    })),
  };
}

const root = process.argv[2];
const models = {};
for (const name of fs.readdirSync(root)) {
  const file = path.join(root, name, 'model.mmd');
  if (!fs.existsSync(file)) continue;
  try {
    models[name] = await read(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    models[name] = { refused: String(error) };
  }
}
process.stdout.write(JSON.stringify(models));
