/** For what takes one thing after another from a device: if a step fails, all that was taken before is given back. */

/** @param make is handed `undo`: what it is given is done, last first, if `make` fails */
export async function allOrNothing<T>(make: (undo: (giveBack: () => void) => void) => Promise<T>): Promise<T> {
  const taken: (() => void)[] = [];
  try {
    return await make((giveBack) => taken.push(giveBack));
  } catch (error) {
    for (const giveBack of taken.toReversed()) giveBack();
    throw error;
  }
}
