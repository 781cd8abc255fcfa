/**
 * `npm run kills`: is anything lost when a page ends without a word? Ten presets, shortened, are trained in a real
 * Chromium on the built page and killed at random moments, one in three in the midst of a state that is being written:
 * their worker, by a reload, by closing the tab, by a crash of the tab, by SIGKILL to the browser. Each time the run is
 * gone on with as its reader would, and in the end its curves and weights are compared, bit for bit, with those of the
 * same run that nothing happened to.
 *
 *   npm run kills -- [--times 100] [--seed 1] [--only first-fusion,…] [--address http://localhost:5173/]
 */
import { parseArgs } from 'node:util';
import { stream } from '../../src/data/random.ts';
import { KilledRun, WAYS } from './kill.ts';
import { KillableBrowser } from './killable-browser.ts';
import { prepare } from './listening.ts';
import { servePage } from './page.ts';
import { linkOf, SHORT_PRESETS } from './presets.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    address: { type: 'string' },
  },
});
const [times, seed] = [Number(values.times), Number(values.seed)];
const only = values.only === '' ? null : values.only.split(',');
const presets = SHORT_PRESETS.filter(({ name }) => only === null || only.includes(name));

const server = await servePage(values.address);
const browser = new KillableBrowser(prepare);
let lost = 0;
try {
  const began = performance.now();
  let left = times;
  console.log(`${times} kills over ${presets.length} presets, seed ${seed}`);
  console.log(
    `| preset | ${WAYS.join(' | ')} | went on | began anew | steps taken again | ends compared | files and curves | lost | seconds |`,
  );
  console.log(`|---|${'---:|'.repeat(WAYS.length + 7)}`);
  for (const [i, preset] of presets.entries()) {
    const since = performance.now();
    const kills = Math.round(left / (presets.length - i));
    left -= kills;
    const run = new KilledRun(browser, server.address + linkOf(preset), stream(seed, `kills of ${preset.name}`));
    const expected = await run.undisturbed();
    await run.killed(kills, WAYS, expected);
    const { report } = run;
    lost += report.lost.length;
    const ways = WAYS.map((way) => report.kills[way]).join(' | ');
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    console.log(
      `| ${preset.name} | ${ways} | ${report.wentOn} | ${report.anew} | ${report.again} | ${report.ends} | ${Object.keys(expected).length} | ${report.lost.length} | ${seconds} |`,
    );
    for (const each of report.lost) console.log(`  ${preset.name}: ${each}`);
  }
  console.log(`${lost === 0 ? 'Nothing was lost' : `Lost: ${lost}`}, in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
} finally {
  await browser.end();
  server.close();
}
process.exit(lost === 0 ? 0 : 1);
