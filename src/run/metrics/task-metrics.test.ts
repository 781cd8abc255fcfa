import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../fusion/look/gap.ts';
import { characterF1, countedAnswers, editDistance, guessing, matthews, symbolErrors } from './answer-measures.ts';

describe('how good answers are', () => {
  it('Matthews’ correlation: by hand, and as its definition for two classes', () => {
    const right = ['yes', 'yes', 'yes', 'no', 'no', 'no', 'no', 'no'];
    const given = ['yes', 'yes', 'no', 'no', 'no', 'no', 'yes', 'no'];
    const [tp, fn, tn, fp] = [2, 1, 4, 1];
    expect(matthews(given, right)).toBeCloseTo((tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)), 12);
    expect(matthews(right, right)).toBe(1);
    expect(
      matthews(
        right.map((each) => (each === 'yes' ? 'no' : 'yes')),
        right,
      ),
    ).toBeCloseTo(-1, 12);
    expect(
      matthews(
        right.map(() => 'yes'),
        right,
      ),
    ).toBe(0);
  });

  it('character F1: what two texts share', () => {
    expect(characterF1('abc', 'abc')).toBe(1);
    expect(characterF1('', 'abc')).toBe(0);
    expect(characterF1('aab', 'ab')).toBeCloseTo(0.8, 12);
    expect(characterF1('xyz', 'abc')).toBe(0);
    expect(characterF1('', '')).toBe(1);
  });

  it('wrong symbols: put in, taken out and changed, of all that are right', () => {
    expect(editDistance([...'kitten'], [...'sitting'])).toBe(3);
    expect([editDistance([], ['a', 'b']), editDistance(['a'], []), editDistance(['a'], ['a'])]).toEqual([2, 1, 0]);
    expect(symbolErrors(['dcba', 'ab'], ['dcba', 'ba'], '')).toBeCloseTo(2 / 6, 12);
    // A phoneme is one symbol, however many letters it is written with; of nothing that was said all are missing.
    expect(symbolErrors(['K AE T', ''], ['K AA T', 'D AO G'], ' ')).toBeCloseTo(4 / 6, 12);
  });

  it('naive Bayes answers where there is a choice between few, and nowhere else', () => {
    const example = (source: string, target: string) => ({ source, target, sourceIds: [1], targetIds: [1] });
    const train = [example('good food', 'yes'), example('bad food', 'no')];
    expect(countedAnswers(train, [example('bad weather', 'no'), example('good weather', 'yes')])).toEqual(['no', 'yes']);
    expect(
      countedAnswers(
        Array.from({ length: 40 }, (_, i) => example('a', `${i}`)),
        train,
      ),
    ).toBeNull();
  });

  it('the loss is the mean over labels that count', () => {
    const logits = Float32Array.of(0, 0, 0, Math.log(3), 5, 5);
    expect(crossEntropy(logits, Int32Array.of(0, 1, -100), 2)).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 6);
    expect(crossEntropy(Float32Array.of(1000, 0), Int32Array.of(0), 2)).toBe(0);
  });

  it('guessing: one of the answers, and the commonest of them', () => {
    const examples = ['yes', 'no', 'no', 'no'].map((target) => ({ source: '', target, sourceIds: [1], targetIds: [1] }));
    expect(guessing('accuracy', examples, 107)).toEqual({ chance: 0.5, majority: 0.75 });
    expect(guessing('loss', examples, 107)).toEqual({ chance: Math.log(107), majority: null });
    expect(guessing('matthews', examples, 107).chance).toBe(0);
    const many = Array.from({ length: 40 }, (_, i) => ({ source: '', target: `${i}`, sourceIds: [1], targetIds: [1] }));
    expect(guessing('exact match', many, 107)).toEqual({ chance: 0, majority: null });
  });
});
