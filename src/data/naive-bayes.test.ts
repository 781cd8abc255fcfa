import { expect, it } from 'vitest';
import { naiveBayes } from './naive-bayes.ts';

const of = (text: string) => text.split('; ').map((line) => ({ source: line.split(' = ')[0] ?? '', target: line.split(' = ')[1] ?? '' }));

it('naive Bayes weighs every word of a text by how often each answer has it, and each answer by how often it is given', () => {
  const train = of('chinese beijing chinese = yes; chinese chinese shanghai = yes; chinese macao = yes; tokyo japan chinese = no');
  // The example of Manning, Raghavan and Schütze, Introduction to Information Retrieval, 13.1: 0.0003 to 0.0001.
  expect(naiveBayes(train, of('chinese chinese chinese tokyo japan = ?'))).toEqual(['yes']);
  expect(naiveBayes(train, of('Tokyo, Japan! = ?; unheard = ?'))).toEqual(['no', 'yes']);
  expect(naiveBayes([], of('anything = ?'))).toEqual(['']);
});
