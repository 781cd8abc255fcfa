/**
 * Writes src/experiment/presets/recordedTables.data.ts: the step sizes that the presets with a held sharpness come to,
 * so that their predictions can be drawn before the training reaches them. Trains every such preset on the wasm device.
 *
 *   npm run record-tables            after a change of presets, data or training
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';
import type { Experiment, ModelId, StepSizeTable } from '../src/experiment/experiment.ts';
import { fingerprint } from '../src/experiment/fingerprint.ts';
import { planOf } from '../src/experiment/plan/plan.ts';
import { PRESETS } from '../src/experiment/presets/presets.ts';
import type { RecordedTable, RecordedTables } from '../src/experiment/presets/recorded-table.ts';

const FILE = fileURLToPath(new URL('../src/experiment/presets/recordedTables.data.ts', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));

function fileOf(tables: Readonly<Record<string, RecordedTables>>): string {
  const one = ({ models, table }: RecordedTable): string =>
    `{ models: [${models.map((id) => `'${id}'`).join(', ')}], table: [${table.map(([step, size]) => `[${step}, ${size}]`).join(', ')}] }`;
  const rows = Object.entries(tables).map(
    ([key, { before, after }]) => `  '${key}': {\n    before: ${one(before)},\n    after: ${one(after)},\n  },\n`,
  );
  return `/**
 * Step-size tables of held-sharpness presets by fingerprint, and for whom each is: the networks that are held to the
 * sharpest of them. Written by \`npm run record-tables\` from runs of this engine; do not edit by hand.
 */
import type { RecordedTables } from './recorded-table.ts';

export const RECORDED: Readonly<Record<string, RecordedTables>> = {${rows.length > 0 ? `\n${rows.join('')}` : ''}};
`;
}

async function record(experiment: Experiment): Promise<RecordedTables> {
  const { Session } = await import('../src/session/session.ts');
  let result: { stepSize: Record<string, StepSizeTable> } | undefined;
  const finished = new Promise<void>((resolve, reject) => {
    const session = new Session({
      watched: false,
      readText: (path) => readFile(PUBLIC + path, 'utf8'),
      createDevice: async () => ({ device: await nodeWasmDevice(), report: { kind: 'wasm', description: '', reason: null } }),
      yield: () => new Promise((next) => setImmediate(next)),
      emit(event) {
        if (event.type === 'fault') reject(new Error(event.message));
        if (event.type !== 'phase') return;
        if (event.phase === 'ready') session.handle({ type: 'run' });
        if (event.phase === 'diverged') reject(new Error(`${experiment.preset} diverged`));
        if (event.phase !== 'finished') return;
        const file = session.files(false).find(({ path }) => path === 'result.json');
        result = JSON.parse(new TextDecoder().decode(file?.bytes)) as typeof result;
        session.close();
        resolve();
      },
    });
    session.handle({ type: 'load', experiment });
  });
  await finished;
  // The plan's networks only: what trains beside it has step sizes of its own.
  const stages = planOf(experiment);
  const grown = stages.filter(({ sources }) => sources.length > 0).map(({ model }) => model);
  const of = (models: readonly ModelId[]): RecordedTable => ({ models, table: result?.stepSize[models[0] ?? ''] ?? [] });
  return { before: of(stages.map(({ model }) => model).filter((id) => !grown.includes(id))), after: of(grown) };
}

const tables: Record<string, RecordedTables> = {};
const held = [...PRESETS.values()].map(({ experiment }) => experiment).filter(({ h, plan }) => h.kind === 'edge' && plan === undefined);
// A run takes a recorded table as it is: it must not find the old one.
await writeFile(FILE, fileOf({}));
for (const experiment of held) {
  const { before, after } = (tables[fingerprint(experiment)] = await record({ ...experiment, predict: [] }));
  console.log(`${experiment.preset}: ${before.table.length} step sizes before, ${after.table.length} after the growth`);
}
await writeFile(FILE, fileOf(tables));
