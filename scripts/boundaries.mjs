/**
 * `npm run boundaries`: the direction of imports (.dependency-cruiser.mjs), who may touch the GPU, and how long a file
 * may be. A check that read too few modules fails: a green light that checks nothing is worse than none.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import configuration from '../.dependency-cruiser.mjs';
import { ROOT } from './install.mjs';

const FEWEST_MODULES = 30;
const MOST_LINES = 400;
/** A longer file says why in its first lines, in these words. */
const REASON = /over 400 lines because/;

/** @type {string[]} */
const problems = [];

const { options = {}, ...ruleSet } = configuration;
const { tsConfig, ...cruiseOptions } = options;
const result = await cruise(['src'], { ...cruiseOptions, ruleSet, validate: true }, cruiseOptions.enhancedResolveOptions, {
  tsConfig: extractTSConfig(join(ROOT, tsConfig?.fileName ?? 'tsconfig.base.json')),
});
if (typeof result.output === 'string') throw new Error('dependency-cruiser gave text where its result was expected');
const { modules, summary } = result.output;
const own = modules.filter((module) => module.source.startsWith('src/'));
for (const { rule, from, to, cycle } of summary.violations) {
  const by = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
  problems.push(`${rule.name}: ${from} → ${by}`);
}
if (own.length < FEWEST_MODULES)
  problems.push(`only ${own.length} modules of src/ were read; at least ${FEWEST_MODULES} must be, or the check means nothing`);

for (const entry of readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(ts|tsx|css)$/.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const name = path.slice(ROOT.length).split(sep).join('/');
  if (/\/(generated|build)\//.test(name)) continue;
  const text = readFileSync(path, 'utf8');
  if (!name.startsWith('src/engine/') && /\bGPU(Device|Queue|Buffer|Adapter)\b/.test(text))
    problems.push(`only engine/ touches the GPU: ${name}`);
  const lines = text.split('\n').length - 1;
  if (lines > MOST_LINES && !REASON.test(text.slice(0, 1000)))
    problems.push(`${name}: ${lines} lines; at most ${MOST_LINES}, or a reason at its head`);
}

for (const problem of problems) console.error(problem);
console.log(`boundaries: ${own.length} modules read, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
