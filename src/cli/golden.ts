/**
 * `npm run golden -- [DIR] [--adapter wasm|webgpu|reference]`: compares model, fusion, optimizers and flows with a
 * folder of reference cases (or one case). One line a case with the worst error and its tolerance; exit code 1 if
 * one is over, 2 for a bad argument.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArguments, refuseMore, runMain, UsageError } from './command/arguments.ts';
import { checkpointCase } from './cases/checkpoint-case.ts';
import { checkpointFormsCase } from './cases/checkpoint-forms-case.ts';
import { compositeCase } from './cases/theory/composite-case.ts';
import { fusionCase } from './cases/fusion-case.ts';
import { fusionStateCase } from './cases/fusion-state-case.ts';
import { type CaseKind, type CaseResult, type Check, caseFile, GoldenCase } from './cases/golden-case.ts';
import { optimizersCase } from './cases/optimizers-case.ts';
import { bucketsCase, configFormsCase, firstUpdateCase, tokenizerCase } from './cases/small-cases.ts';
import { sharpnessCase } from './cases/theory/sharpness-case.ts';
import { symmetryCase } from './cases/symmetry-case.ts';
import { t5Case } from './cases/t5-case.ts';
import { analyticCase } from './cases/theory/analytic-case.ts';
import { theoryCase } from './cases/theory/theory-case.ts';
import { GOLDEN_ADAPTERS, type GoldenAdapter, openDevice } from './command/devices.ts';
import type { Device } from '../engine/device.ts';

const OWN = fileURLToPath(new URL('../../fixtures/golden/', import.meta.url));
const KINDS: readonly CaseKind[] = [
  tokenizerCase,
  t5Case,
  checkpointCase,
  checkpointFormsCase,
  optimizersCase,
  fusionCase,
  fusionStateCase,
  symmetryCase,
  theoryCase,
  sharpnessCase,
  compositeCase,
  analyticCase,
  bucketsCase,
  configFormsCase,
  firstUpdateCase,
];

const USAGE = 'npm run golden -- [DIR] [--adapter wasm|webgpu|reference] [--verbose]';

/** The case at a path, if it is one. */
function caseAt(path: string): GoldenCase | null {
  if (!statSync(path).isDirectory()) return path.endsWith('.json') ? new GoldenCase(path, new Set()) : null;
  const files = new Set(readdirSync(path));
  return caseFile(files) === undefined ? null : new GoldenCase(path, files);
}

/** Paths of the cases in a folder that is not itself one. */
function casesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path).isDirectory() ? caseFile(new Set(readdirSync(path))) !== undefined : path.endsWith('.json')));
}

export interface Verdict {
  readonly name: string;
  readonly state: 'ok' | 'over' | 'failed' | 'skipped';
  readonly line: string;
}

const short = (value: number): string => (Number.isFinite(value) ? value.toExponential(1) : String(value));
const share = ({ error, tolerance }: Check): number =>
  error === 0 ? 0 : tolerance === 0 || Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / tolerance;

export function judge(name: string, { checks, notes }: CaseResult): Verdict {
  const tail = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  if (checks.length === 0) return { name, state: 'skipped', line: `${name}: not built yet, skipped${tail}` };
  const worst = checks.reduce((a, b) => (share(b) > share(a) ? b : a));
  const over = checks.filter((check) => share(check) > 1);
  const state = over.length === 0 ? 'ok' : 'over';
  const count = state === 'ok' ? `${checks.length} checks` : `${over.length} of ${checks.length} checks over`;
  return {
    name,
    state,
    line: `${name}: ${state === 'ok' ? 'ok' : 'OVER'}, worst ${worst.what} ${short(worst.error)} of ${short(worst.tolerance)}, ${count}${tail}`,
  };
}

async function compare(path: string, device: Device, verbose: boolean): Promise<Verdict> {
  const name =
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? path;
  try {
    const golden = caseAt(path);
    if (golden === null) return { name, state: 'failed', line: `${name}: FAILED, no case.json or expected.json` };
    const kind = KINDS.find((each) => each.matches(golden));
    if (kind === undefined)
      return {
        name,
        state: 'failed',
        line: `${name}: FAILED, not a kind of case that is known (${KINDS.map((each) => each.name).join(', ')})`,
      };
    const result = await kind.compare(golden, device);
    if (verbose)
      for (const check of result.checks) console.log(`  ${name}: ${check.what} ${short(check.error)} of ${short(check.tolerance)}`);
    return judge(golden.name, result);
  } catch (error) {
    return { name, state: 'failed', line: `${name}: FAILED, ${error instanceof Error ? error.message : String(error)}` };
  }
}

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(
    argv,
    { adapter: { type: 'string', default: 'wasm' }, verbose: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [folder = OWN, ...rest] = positionals;
  refuseMore(rest, USAGE);
  if (!existsSync(folder)) throw new UsageError(`${folder} does not exist; ${USAGE}`);
  const adapter = GOLDEN_ADAPTERS.find((name) => name === values.adapter);
  if (adapter === undefined) throw new UsageError(`--adapter ${String(values.adapter)} is not an adapter (${GOLDEN_ADAPTERS.join(', ')})`);
  const paths = caseAt(folder) === null ? casesIn(folder) : [folder];
  if (paths.length === 0) throw new UsageError(`${folder} holds no case (a folder with a case.json or an expected.json, or a .json file)`);
  return runCases(paths, adapter, values.verbose === true);
}

async function runCases(paths: readonly string[], adapter: GoldenAdapter, verbose: boolean): Promise<number> {
  const { device, report } = await openDevice(adapter);
  console.log(`on ${report.kind}${report.description === '' ? '' : ` (${report.description})`}`);
  const verdicts: Verdict[] = [];
  for (const path of paths) {
    const verdict = await compare(path, device, verbose);
    console.log(verdict.line);
    verdicts.push(verdict);
  }
  device.dispose();
  const count = (state: Verdict['state']): number => verdicts.filter((verdict) => verdict.state === state).length;
  const bad = count('over') + count('failed');
  console.log(`${count('ok')} within tolerance, ${count('over')} over, ${count('failed')} failed, ${count('skipped')} skipped`);
  return bad === 0 ? 0 : 1;
}

runMain(import.meta.url, main);
