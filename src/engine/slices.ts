/** Work in slices as part of other work in slices: left early, it is left with it, and gives back what it holds. */

/**
 * All slices of `work`; returns what it returns.
 * @param each what a slice of it is to the work around it
 */
export async function* within<Slice, T, Around>(
  work: AsyncGenerator<Slice, T, undefined>,
  each: (slice: Slice) => Around,
): AsyncGenerator<Around, T, undefined> {
  try {
    for (;;) {
      const { done, value } = await work.next();
      if (done === true) return value;
      yield each(value);
    }
  } finally {
    // Of work that has come to its end nothing is left to be ended.
    await work.return(undefined as never);
  }
}
