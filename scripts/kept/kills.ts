/**
 * `npm run kills`: is anything lost when a page ends without a word? Ten presets, shortened, are trained in a real
 * Chromium on the built page and killed at random moments, one in three in the midst of a state that is being written:
 * their worker, by a reload, by closing the tab, by a crash of the tab, by SIGKILL to the browser. Each time the run is
 * gone on with as its reader would, and in the end its curves and weights are compared, bit for bit, with those of the
 * same run that nothing happened to.
 *
 *   npm run kills -- [--times 100] [--seed 1] [--only first-fusion,…] [--ways crash,browser]
 *     [--address http://localhost:5173/] [--record]
 *
 * `--times 0` only trains each twice and compares. With `--record` the table is written to docs/keeping.md.
 */
import { parseArgs } from 'node:util';
import { stream } from '../../src/data/random.ts';
import { KilledRun, type KillReport, WAYS } from './kill.ts';
import { KillableBrowser } from './killable-browser.ts';
import { prepare } from './listening.ts';
import { servePage } from './page.ts';
import { linkOf, SHORT_PRESETS } from './presets.ts';
import { commandOf, Printed } from './record.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    ways: { type: 'string', default: WAYS.join(',') },
    address: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const [times, seed] = [Number(values.times), Number(values.seed)];
const only = values.only === '' ? null : values.only.split(',');
const ways = WAYS.filter((way) => values.ways.split(',').includes(way));
if (ways.length === 0) throw new Error(`--ways ${values.ways} names none of ${WAYS.join(', ')}`);
const presets = SHORT_PRESETS.filter(({ name }) => only === null || only.includes(name));

const server = await servePage(values.address);
const browser = new KillableBrowser(prepare);
const printed = new Printed();
const began = performance.now();
const since = (time: number): string => ((performance.now() - time) / 1000).toFixed(0);
const reports: KillReport[] = [];
const all = (of: (report: KillReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0);
const killsOf = ({ kills }: KillReport): number => WAYS.reduce((sum, way) => sum + kills[way], 0);
try {
  let left = times;
  printed.print(
    `| preset | ${WAYS.join(' | ')} | went on | began anew | steps taken again | ends compared | equal | files and curves | lost | seconds |`,
  );
  printed.print(`|---|${'---:|'.repeat(WAYS.length + 8)}`);
  for (const [i, preset] of presets.entries()) {
    const start = performance.now();
    const kills = Math.round(left / (presets.length - i));
    left -= kills;
    const run = new KilledRun(browser, server.address + linkOf(preset), stream(seed, `kills of ${preset.name}`));
    const { report } = run;
    reports.push(report);
    let compared = 0;
    try {
      const expected = await run.undisturbed();
      compared = Object.keys(expected).length;
      console.log(`  ${preset.name}: undisturbed, ${since(start)} s`);
      await run.killed(kills, ways, expected);
    } catch (error) {
      // The other presets are still worth their kills.
      report.lost.push(error instanceof Error ? error.message : String(error));
      await browser.kill();
    }
    const ended = WAYS.map((way) => report.kills[way]).join(' | ');
    printed.print(
      `| ${preset.name} | ${ended} | ${report.wentOn} | ${report.anew} | ${report.again} | ${report.ends} | ${report.equal} | ${compared} | ${report.lost.length} | ${since(start)} |`,
    );
    for (const each of report.lost) console.log(`  ${preset.name}: ${each}`);
  }
} finally {
  await browser.end();
  server.close();
}
const lost = all((report) => report.lost.length);
printed.paragraph(
  `${all(killsOf)} kills over ${presets.length} presets: ${all(({ wentOn }) => wentOn)} went on from what was kept, ${all(({ anew }) => anew)} began anew since nothing was kept yet, ${lost} lost; of ${all(({ ends }) => ends)} runs that came to their end ${all(({ equal }) => equal)} had every bit of the undisturbed one; ${since(began)} seconds.`,
);
if (values.record) printed.record('Killed at random moments', commandOf('kills'));
process.exit(lost === 0 ? 0 : 1);
