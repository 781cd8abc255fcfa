/**
 * An error that a person may come to read: thrown with its code, so that whoever shows it says it in their own
 * language.
 */
import type { Told } from './say.ts';

export class ToldError extends Error {
  override readonly name: string = 'ToldError';
  readonly told: Told;

  constructor(told: Told, options?: ErrorOptions) {
    super(told.message, options);
    this.told = told;
  }
}
