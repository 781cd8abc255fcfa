/**
 * `npm run boundaries`: the direction of imports (.dependency-cruiser.mjs), who may touch the GPU, and how long a file
 * may be. A check that read too few modules fails: a green light that checks nothing is worse than none.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import configuration from '../../.dependency-cruiser.mjs';
import { ROOT } from '../install.mjs';

const FEWEST_MODULES = 30;
const MOST_LINES = 400;
/** A longer file says why in its first lines, in these words. */
const REASON = /over 400 lines because/;
/**
 * A folder that can't be looked over is divided by concept. Tests are not counted: they stand beside what they test.
 */
const MOST_FILES = 15;
/** Folders that may hold more, with the reason. */
const MORE_FILES = new Map([['e2e', 'a file is one subject that is looked up by its name, and none imports another']]);

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

for (const top of ['src', 'scripts', 'bench', 'e2e', 'examples']) {
  for (const folder of foldersIn(top)) {
    const files = readdirSync(join(ROOT, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
    const counted = files.filter(({ name }) => !name.includes('.test.')).length;
    if (counted > MOST_FILES && !MORE_FILES.has(folder))
      problems.push(`${folder}: ${counted} files side by side besides tests; at most ${MOST_FILES}, so divide it by concept`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`boundaries: ${own.length} modules read, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);

/**
 * A folder and all folders in it.
 * @param {string} top
 * @returns {readonly string[]}
 */
function foldersIn(top) {
  const inside = readdirSync(join(ROOT, top), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    top,
    ...inside.filter(({ name }) => !/^(generated|build|node_modules)$/.test(name)).flatMap(({ name }) => foldersIn(`${top}/${name}`)),
  ];
}
