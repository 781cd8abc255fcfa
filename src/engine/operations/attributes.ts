/** Reads the attributes of a node; an attribute of the wrong kind is named in the error. */
import type { Attributes } from '../graph.ts';

function fail(name: string, value: unknown, right: string): never {
  throw new Error(`attribute ${name} is ${JSON.stringify(value)}; it must be ${right}`);
}
/** Absent means false. */
export function flag(attributes: Attributes, name: string): boolean {
  const value = attributes[name] ?? false;
  return typeof value === 'boolean' ? value : fail(name, value, 'true or false');
}
export function wholeNumber(attributes: Attributes, name: string): number {
  const value = attributes[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : fail(name, value, 'a whole number');
}
export function real(attributes: Attributes, name: string, fallback?: number): number {
  const value = attributes[name] ?? fallback;
  return typeof value === 'number' ? value : fail(name, value, 'a number');
}
export function word(attributes: Attributes, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : fail(name, value, 'a word');
}
export function numbers(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return Array.isArray(value) ? (value as readonly number[]) : fail(name, value, 'a list of numbers');
}
