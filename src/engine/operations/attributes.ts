/** The kinds of attributes that an operation can have: fixed numbers and words, known when a graph is made. */

export type AttributeValue = boolean | number | string | readonly number[];

export interface Attribute<T extends AttributeValue> {
  readonly is: (value: unknown) => value is T;
  /** The values that are right, in words. */
  readonly right: string;
}
/** May be left out. */
export interface AttributeWithDefault<T extends AttributeValue> extends Attribute<T> {
  readonly default: T;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Left out it is false. */
export const flag: AttributeWithDefault<boolean> = {
  is: (value) => typeof value === 'boolean',
  right: 'true or false',
  default: false,
};
export const wholeNumber: Attribute<number> = {
  is: (value): value is number => Number.isInteger(value),
  right: 'a whole number',
};
export const real: Attribute<number> = { is: isNumber, right: 'a number' };
export const realOr = (otherwise: number): AttributeWithDefault<number> => ({ ...real, default: otherwise });
export const wholeNumbers: Attribute<readonly number[]> = {
  is: (value): value is readonly number[] => Array.isArray(value) && value.every((each) => Number.isInteger(each)),
  right: 'a list of whole numbers',
};
export const oneOf = <const Words extends readonly string[]>(...words: Words): Attribute<Words[number]> => ({
  is: (value): value is Words[number] => words.some((word) => word === value),
  right: `one of ${words.join(', ')}`,
});
