/** What the buttons do to the address: an entry for a choice, none for what follows it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseLink } from '../../../experiment/link/link.ts';
import { WHOLE_PAGE } from '../../../experiment/link/view.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { keptEntry } from '../../../keep/testing/entry.ts';
import type * as Address from './address.ts';
import type * as Control from './run-control.ts';
import type * as Stored from '../store.ts';

let entries: string[] = [];
let control: typeof Control;
let stored: typeof Stored;
let address: typeof Address;

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  entries = ['#opened'];
  vi.stubGlobal('location', { href: '#opened' });
  vi.stubGlobal('history', {
    replaceState: (_: unknown, __: string, wanted: string) => (entries[entries.length - 1] = wanted),
    pushState: (_: unknown, __: string, wanted: string) => entries.push(wanted),
  });
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      postMessage() {}
      terminate() {}
    },
  );
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  control = await import('./run-control.ts');
  stored = await import('../store.ts');
  address = await import('./address.ts');
  const experiment = presetExperiment('first-fusion');
  stored.setState({ experiment, running: experiment, loaded: experiment, phase: 'training', step: 5 });
  control.followRun();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('the growth line moved by keys makes one entry until it is left (10.15)', () => {
  for (let grow = 21; grow <= 28; grow++) {
    control.edit({ grow }, 'movement');
    vi.advanceTimersByTime(3000);
  }
  expect(entries).toEqual(['#opened', expect.stringContaining('grow=28')]);
  address.endMovement();
  control.edit({ grow: 40 }, 'movement');
  expect(entries.slice(1)).toEqual([expect.stringContaining('grow=28'), expect.stringContaining('grow=40')]);
});

it('a network from a file is taken out again, beside others and alone, unless the link holds it fast', () => {
  const source = 'A:0123456789abcdef,B:fedcba9876543210';
  control.edit({ source });
  control.edit({ source: 'B:fedcba9876543210' });
  expect(stored.store.getState().experiment.source).toBe('B:fedcba9876543210');
  stored.setState({ view: { ...WHOLE_PAGE, lock: ['source'] } });
  control.editWithout('source');
  expect(stored.store.getState().experiment.source).toBe('B:fedcba9876543210');
  stored.setState({ view: WHOLE_PAGE });
  control.editWithout('source');
  expect(stored.store.getState().experiment).toEqual(presetExperiment('first-fusion'));
  expect('source' in stored.store.getState().experiment).toBe(false);
});

it('Back takes over what the address says, and leaves it as it is spelt (10.15)', () => {
  control.edit({ seed: 21 });
  vi.advanceTimersByTime(1000);
  // The same as the preset, spelt with more than it needs.
  vi.stubGlobal('location', { href: '#preset=first-fusion&opt=gd&pace=max' });
  entries = [location.href];
  control.undoChoice();
  vi.advanceTimersByTime(1000);
  expect(stored.store.getState().experiment.seed).toBe(presetExperiment('first-fusion').seed);
  expect(entries).toEqual([location.href]);
});

it('what the worker makes of the run goes into the address, without an entry (10.15)', () => {
  stored.setState({ experiment: { ...stored.store.getState().experiment, grow: 33 } });
  vi.advanceTimersByTime(1000);
  expect(entries).toEqual([expect.stringContaining('grow=33')]);
});

it('how a link wants the page shown stays in the address when the experiment changes, when another preset is chosen, and after Back', () => {
  const said = '&view=present&hide=dock&lock=h&ghost=abc';
  vi.stubGlobal('location', { href: `#seed=5${said}`, hash: `#seed=5${said}` });
  control.openAddress();
  control.edit({ seed: 9 });
  expect(entries.at(-1)).toBe(`#v=2&preset=first-fusion&seed=9${said}`);
  control.choosePreset('edge');
  expect(entries.at(-1)).toBe(`#v=2&preset=edge&edge=1.2${said}`);
  vi.stubGlobal('location', { href: '#seed=9&hide=inspector' });
  control.undoChoice();
  expect(stored.store.getState().view).toMatchObject({ view: null, hide: ['inspector'], ghost: null });
});

it('presenting is in the address, so that a reload shows the same', () => {
  control.present();
  vi.advanceTimersByTime(1000);
  expect(entries).toEqual(['#v=2&preset=first-fusion&view=present']);
  control.present();
  vi.advanceTimersByTime(1000);
  expect(entries).toEqual(['#v=2&preset=first-fusion']);
});

it('a figure in somebody’s text stays one, whatever key is pressed', () => {
  stored.setState({ view: { ...WHOLE_PAGE, view: 'chart' } });
  control.present();
  vi.advanceTimersByTime(1000);
  expect(stored.store.getState().view.view).toBe('chart');
  expect(entries).toEqual(['#opened']);
});

it('what the link holds fast is what it is in another preset and in a file, and no way back from a divergence changes it', () => {
  const { experiment } = stored.store.getState();
  stored.setState({ view: { ...WHOLE_PAGE, lock: ['seed', 'h', 'd'] } });
  const held = { seed: experiment.seed, h: experiment.h, task: 'sort' };
  control.choosePreset('edge');
  expect(stored.store.getState().experiment).toMatchObject({ ...held, preset: 'edge', steps: 300 });
  const file = parseLink('#v=2&preset=edge&seed=77&h=0.7&d=64&ff=64&heads=4&dkv=16&plan=A:20,B:20,A+B>M:40').experiment;
  control.openExperiment(file, [], 'file');
  const opened = stored.store.getState().experiment;
  expect(opened).toMatchObject({ ...held, plan: file.plan, model: { ...file.model, d: experiment.model.d } });
  stored.setState({ diverged: { type: 'diverged', step: 9, loss: 99, backTo: 0, stepSize: 1, suggested: 0.5, edge: null } });
  control.goBack();
  expect(stored.store.getState().diverged).not.toBeNull();
  stored.setState({ view: { ...WHOLE_PAGE, lock: ['plan'] } });
  control.choosePreset('edge');
  expect(stored.store.getState().experiment).toMatchObject({ preset: 'edge', seed: 3, plan: file.plan });
});

it('a kept run is opened where it has what the link holds fast, and only there', () => {
  const { experiment } = stored.store.getState();
  const entry = keptEntry('x', { step: 3, end: 9, state: 'under-way' });
  stored.setState({ view: { ...WHOLE_PAGE, lock: ['h'] } });
  control.openKept({ ...entry, experiment: { ...experiment, seed: 99, h: { kind: 'constant', value: 0.3 } } });
  expect(stored.store.getState().experiment).toBe(experiment);
  control.openKept({ ...entry, experiment: { ...experiment, seed: 99 } });
  expect(stored.store.getState().experiment).toMatchObject({ seed: 99, h: experiment.h });
});

it('what is said of files that were opened goes with their experiment', () => {
  const tells = () => stored.setState({ told: ['A starts from a file.'] });
  const told = () => stored.store.getState().told;
  tells();
  control.choosePreset('edge');
  expect(told()).toEqual([]);
  tells();
  vi.stubGlobal('location', { href: '#seed=9' });
  control.undoChoice();
  expect(told()).toEqual([]);
});

it('what the link holds fast is changed by no edit, no question and no other preset', () => {
  const { experiment } = stored.store.getState();
  stored.setState({ view: { ...WHOLE_PAGE, lock: ['seed', 'h', 'preset'] } });
  control.edit({ seed: 99, steps: 321 });
  expect(stored.store.getState().experiment).toMatchObject({ seed: experiment.seed, steps: 321 });
  stored.ask({ h: { kind: 'constant', value: 0.3 }, grow: 17 });
  expect(stored.store.getState().asked).toEqual({ change: { grow: 17 }, by: 'reader' });
  control.choosePreset('edge');
  expect(stored.store.getState().experiment.preset).toBe('first-fusion');
});
