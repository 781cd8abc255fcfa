/** Something made in several steps, which gives back what it already has if one of them fails. */
export async function whole<T extends { dispose(): Promise<void> }>(made: T, finish: (made: T) => Promise<void>): Promise<T> {
  try {
    await finish(made);
    return made;
  } catch (error) {
    await made.dispose();
    throw error;
  }
}
