/**
 * Writes src/experiment/recordedTables.data.ts: the step sizes that the presets with a held sharpness come to, so that
 * their predictions can be drawn before the training reaches them. Trains every such preset on the wasm device.
 *
 *   npm run record-tables            after a change of presets, data or training
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';
import type { Experiment, StepSizeTable } from '../src/experiment/experiment.ts';
import { fingerprint } from '../src/experiment/fingerprint.ts';
import { PRESETS } from '../src/experiment/presets.ts';

const FILE = fileURLToPath(new URL('../src/experiment/recordedTables.data.ts', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));

function fileOf(tables: Readonly<Record<string, { before: StepSizeTable; after: StepSizeTable }>>): string {
  const table = (entries: StepSizeTable): string => `[${entries.map(([step, size]) => `[${step}, ${size}]`).join(', ')}]`;
  const rows = Object.entries(tables).map(
    ([key, { before, after }]) => `  '${key}': {\n    before: ${table(before)},\n    after: ${table(after)},\n  },\n`,
  );
  return `/** Step-size tables of held-sharpness presets by fingerprint. Written by \`npm run record-tables\` from runs of this engine; do not edit by hand. */
import type { StepSizeTable } from './experiment.ts';

export const RECORDED: Readonly<Record<string, { readonly before: StepSizeTable; readonly after: StepSizeTable }>> = {${rows.length > 0 ? `\n${rows.join('')}` : ''}};
`;
}

async function record(experiment: Experiment): Promise<{ before: StepSizeTable; after: StepSizeTable }> {
  const { Session } = await import('../src/worker/session.ts');
  let result: { stepSize: Record<string, StepSizeTable> } | undefined;
  const finished = new Promise<void>((resolve, reject) => {
    const session = new Session({
      watched: false,
      readText: (path) => readFile(PUBLIC + path, 'utf8'),
      createDevice: async () => ({ device: await nodeWasmDevice(), report: { kind: 'wasm', description: '', reason: 'recording' } }),
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
  const sizes = result?.stepSize ?? {};
  return { before: sizes['A'] ?? [], after: sizes['M'] ?? [] };
}

const tables: Record<string, { before: StepSizeTable; after: StepSizeTable }> = {};
const held = [...PRESETS.values()].map(({ experiment }) => experiment).filter(({ h, plan }) => h.kind === 'edge' && plan === undefined);
// A run takes a recorded table as it is: it must not find the old one.
await writeFile(FILE, fileOf({}));
for (const experiment of held) {
  tables[fingerprint(experiment)] = await record({ ...experiment, predict: [] });
  console.log(
    `${experiment.preset}: ${tables[fingerprint(experiment)]?.before.length} step sizes before, ${tables[fingerprint(experiment)]?.after.length} after the growth`,
  );
}
await writeFile(FILE, fileOf(tables));
