import { describe, expect, it } from 'vitest';
import { countParameters } from '../cost/cost.ts';
import { formatLink, parseLink } from '../link/link.ts';
import { presetExperiment } from '../presets/presets.ts';
import { whyNot } from '../schema.ts';
import { nameOfSize, SIZE_NAMES, SIZE_ROWS } from './sizes.ts';

const read = (text: string) => parseLink(`#preset=fusing-fast&${text}`);

describe('a size by its name', () => {
  it.each(SIZE_NAMES)('%s is short for five numbers, which a link says when it is written', (name) => {
    const { experiment, problems } = read(`plan=A:10&size=${name}`);
    expect(problems).toEqual([]);
    expect(experiment.model).toEqual(SIZE_ROWS[name]);
    expect(nameOfSize(experiment.model)).toBe(name);
    expect(whyNot(experiment)).toBe(null);
    expect(parseLink(formatLink(experiment)).experiment).toEqual(experiment);
    expect(formatLink(experiment)).not.toContain('size=');
  });

  it('a number that is said beside it holds', () => {
    expect(read('layers=1&size=micro').experiment.model).toEqual({ ...SIZE_ROWS.micro, layers: 1 });
    expect(nameOfSize({ ...SIZE_ROWS.micro, layers: 1 })).toBe(null);
  });

  it('one that there is not, or that memory does not allow with what it is fused into, is told with the figure', () => {
    expect(read('size=huge').problems[0]?.message).toMatch(/^size=huge is not a size \(nano, micro, mini, small, t5-small\), so /);
    const large = read('size=t5-small');
    expect(large.problems.map(({ message }) => message)).toEqual([
      'size=t5-small makes a model and batch of about 4.6 GB with what it is fused into (2 GB at most), so the size of the preset is used',
    ]);
    expect(large.experiment.model).toEqual(presetExperiment('fusing-fast').model);
  });

  it('the largest has the weights of T5 v1.1 small without its vocabulary', () => {
    // google/t5-v1_1-small: 76,961,152 weights, of which 2 · 32,128 · 512 embed and answer.
    const shape = { vocabulary: 32_128, sourceLength: 1, targetLength: 1, buckets: 32, gated: true, tied: false };
    expect(countParameters(SIZE_ROWS['t5-small'], shape)).toBe(76_961_152);
  });
});
