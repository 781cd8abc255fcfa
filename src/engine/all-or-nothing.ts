/** For what takes one thing after another from a device: what was taken is given back, if a step fails or in any case. */

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

/** What is only needed for a while. @param work is handed `own`: what it is given is done at the end, last first, whether `work` fails or not */
export async function releasing<T>(work: (own: (giveBack: () => void) => void) => Promise<T>): Promise<T> {
  const taken: (() => void)[] = [];
  try {
    return await work((giveBack) => taken.push(giveBack));
  } finally {
    for (const giveBack of taken.toReversed()) giveBack();
  }
}
