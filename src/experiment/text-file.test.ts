import { expect, it } from 'vitest';
import { presetExperiment } from './presets/presets.ts';
import { readExperimentJson } from './link/json.ts';
import { textOfFile } from './text-file.ts';

const experiment = { ...presetExperiment('edge'), seed: 77 };
const json = JSON.stringify(experiment);
const utf16 = (text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> => {
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(bytes.buffer);
};

it.each([
  ['UTF-8', new TextEncoder().encode(json)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${json}`)],
  ['UTF-16 as Windows writes it', utf16(`\uFEFF${json}`, true)],
  ['UTF-16, big end first', utf16(`\uFEFF${json}`, false)],
])('an experiment file in %s opens (10.17)', (_what, bytes) => {
  expect(readExperimentJson(textOfFile(bytes))).toEqual({ experiment, problems: [] });
});

it('a text that still has its mark is read as well', () => {
  expect(readExperimentJson(`\uFEFF${json}`)).toEqual({ experiment, problems: [] });
});
