import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SIZE_ROWS } from '../../../experiment/declared/sizes.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { WHOLE_PAGE } from '../../../experiment/link/view.ts';
import { setState, store } from '../../state/store.ts';
import { milliseconds, NamedSizes, sizeNote } from './NamedSizes.tsx';

describe('what is said of a size before it trains', () => {
  const experiment = presetExperiment('fusing-fast');

  it('how long a step takes here, alone and grown, once the device is known', () => {
    expect(sizeNote(experiment, SIZE_ROWS.nano, null)).toMatch(/^[\d,]+ weights$/);
    const [, alone, grown] = /A step takes about ([\d.]+) ms here, of the grown network about ([\d.]+) ms\.$/.exec(
      sizeNote(experiment, SIZE_ROWS.nano, 5e9),
    ) ?? ['', '', ''];
    expect(Number(grown) / Number(alone)).toBeGreaterThan(2.5);
    expect(Number(grown) / Number(alone)).toBeLessThan(4.5);
    // Twice the rate, half the time.
    const faster = /about ([\d.]+) ms/.exec(sizeNote(experiment, SIZE_ROWS.nano, 10e9))?.[1];
    expect(Number(alone) / Number(faster)).toBeCloseTo(2, 0);
  });

  it('what memory it needs, where that is more than there may be', () => {
    expect(sizeNote(experiment, SIZE_ROWS['t5-small'], 1e9)).toMatch(/takes about 4\.6 GB of memory; 2 GB is the most\.$/);
  });

  it('milliseconds have two figures', () => {
    expect([milliseconds(0.00123), milliseconds(0.0346), milliseconds(1.234)]).toEqual(['1.2', '35', '1,200']);
  });
});

it('no other name can be chosen where the link holds one of the sizes', () => {
  const experiment = presetExperiment('first-fusion');
  // What is drawn on a server is the state as it is, here.
  store.getInitialState = store.getState;
  const free = (lock: readonly string[]): number => {
    setState({ experiment, view: { ...WHOLE_PAGE, lock } });
    const html = renderToStaticMarkup(createElement(NamedSizes, { experiment }));
    return [...html.matchAll(/<input[^>]*>/g)].filter(([input]) => !/ (?:checked|disabled)=/.test(input)).length;
  };
  expect(free([])).toBeGreaterThan(1);
  expect(free(['d'])).toBe(0);
});
