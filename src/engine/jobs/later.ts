/**
 * A result that was asked for and is fetched only when someone waits for it. What is asked for before the first wait is
 * fetched together, so that a host far from its device waits once and not once a number.
 */
export class Later<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'Later';
  private readonly fetch: () => Promise<T>;
  private fetched: Promise<T> | undefined;

  /** @param fetch called at most once, at the first wait */
  constructor(fetch: () => Promise<T>) {
    this.fetch = fetch;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.fetched ??= this.fetch();
    return this.fetched.then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, rejected);
  }

  finally(settled?: (() => void) | null): Promise<T> {
    this.fetched ??= this.fetch();
    return this.fetched.finally(settled);
  }
}

/** A result with a change applied to it, still fetched only when someone waits for it. */
export function later<T, U>(result: Promise<T>, change: (value: T) => U): Promise<U> {
  return result instanceof Later ? new Later(() => result.then(change)) : result.then(change);
}

/** Several results as one, still fetched only when someone waits for it, and then together. */
export function laterAll<T, U>(results: readonly (T | Promise<T>)[], change: (values: T[]) => U): Promise<U> {
  const fetch = (): Promise<U> => Promise.all(results).then(change);
  return results.some((result) => result instanceof Later) ? new Later(fetch) : fetch();
}

/** A rejection of it that nobody waits for is no error. */
export function unheard(result: Promise<unknown>): void {
  // A result that nobody waits for is not fetched, so it can't fail.
  if (!(result instanceof Later)) result.catch(() => undefined);
}

/**
 * A result that may not have been fetched yet, in a box: a promise of it would be waited for wherever it is returned.
 */
export interface Held<T> {
  readonly value: T | Promise<T>;
}

/** Holds a result back until it is wanted, where what it comes from is queued already; else waits for it. */
export async function hold<T>(asked: T | Promise<T>): Promise<Held<T>> {
  return { value: asked instanceof Later ? (asked as Later<T>) : await asked };
}
