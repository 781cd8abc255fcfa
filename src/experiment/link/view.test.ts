import { describe, expect, it } from 'vitest';
import { formatLink, parseLink } from './link.ts';
import { formatView, GHOST_LIMIT, PARTS, WHOLE_PAGE } from './view.ts';

const messages = (hash: string): readonly string[] => parseLink(hash).problems.map(({ message }) => message);

describe('how a link wants the page shown', () => {
  it('is read beside the settings, which stay what they are', () => {
    const said = '&view=chart&hide=sentence,inspector&lock=h,seed,preset&ghost=eJx-_9';
    const { view, problems, experiment } = parseLink(`#v=2&preset=edge&seed=7${said}`);
    expect(problems).toEqual([]);
    expect(view).toEqual({
      lang: null,
      view: 'chart',
      hide: ['sentence', 'inspector'],
      lock: ['h', 'seed', 'preset'],
      lesson: null,
      guess: null,
      ghost: 'eJx-_9',
    });
    expect(experiment).toEqual(parseLink('#v=2&preset=edge&seed=7').experiment);
    expect(formatLink(experiment, { run: true }) + formatView(view)).toBe(`#v=2&preset=edge&seed=7&run=1${said}`);
  });

  it('is the whole page where the link says nothing, and then nothing is written', () => {
    expect(parseLink('#preset=edge').view).toEqual(WHOLE_PAGE);
    expect(formatView(WHOLE_PAGE)).toBe('');
  });

  it('is written with the curve last, however the link had it', () => {
    expect(formatView(parseLink('#ghost=abc&lock=h&view=present&hide=dock').view)).toBe('&view=present&hide=dock&lock=h&ghost=abc');
  });

  it('names a value that is none, and what would be right', () => {
    expect(messages('#view=embed')).toEqual(['view=embed is not a view of the page (present, chart), so it is left out']);
    expect(messages('#hide=cellar')).toEqual([
      `hide=cellar is not a part of the page that can be hidden (${PARTS.join(', ')}), so it is left out`,
    ]);
    expect(messages('#lock=colour')).toEqual([
      'lock=colour is not a setting that can be locked (preset, or a key of a link such as h or seed), so it is left out',
    ]);
    expect(messages('#hide=')).toEqual(['hide= names nothing, so it is left out']);
    expect(messages(`#ghost=${'a'.repeat(GHOST_LIMIT + 1)}`)).toEqual([
      expect.stringMatching(/is not a curve that Share packed \(1500 letters at most\), so it is left out$/),
    ]);
    expect(messages('#ghost=a b')).toHaveLength(1);
  });

  it('takes what it knows of a list', () => {
    expect(parseLink('#hide=dock,cellar,runs').view.hide).toEqual(['dock', 'runs']);
    expect(messages('#hide=dock,cellar,runs')).toEqual([
      expect.stringMatching(/^hide=dock,cellar,runs has cellar, which is not a part .*, so hide=dock,runs is used$/),
    ]);
  });

  it('stops no program: what is wrong with it is minor', () => {
    for (const link of ['#view=embed', '#hide=cellar', '#lock=colour', '#ghost=a b'])
      expect(parseLink(link).problems.map(({ minor }) => minor)).toEqual([true]);
  });
});
