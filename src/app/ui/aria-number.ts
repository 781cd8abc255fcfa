/**
 * A value as ARIA takes it: in digits. Below a millionth a number is written as a power of ten, which is none of them;
 * `aria-valuetext` says such a value.
 */
export const ariaNumber = (value: number): number => (Math.abs(value) < 1e-6 ? 0 : value);
