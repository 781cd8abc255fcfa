/**
 * Resources with an owner: what is taken of a device, one thing after another, is given back last first, at the end of
 * the block that declares the owner with `using`, however the block is left. What shall outlive the block is moved out
 * of it as the last thing there, so that it is given back only if something failed before.
 *
 *     using own = new Resources();
 *     const [a, b] = createVectors(space, 2, own);
 *     const flow = own.use(createFlow(name, objective));
 *     …
 *     this.own = own.move(); // only where it is to be kept
 *
 * The names are those of the language's DisposableStack, which neither Node 20 nor every browser has.
 */
import './dispose-symbols.ts';

export class Resources implements Disposable {
  private taken: (() => void)[] = [];

  /** Owns what gives itself back. */
  use<T extends { dispose(): void }>(resource: T): T {
    this.taken.push(() => resource.dispose());
    return resource;
  }

  /** Owns what someone else gives back. */
  adopt<T>(resource: T, giveBack: (resource: T) => void): T {
    this.taken.push(() => giveBack(resource));
    return resource;
  }

  /** Something to be done at the end. */
  defer(giveBack: () => void): void {
    this.taken.push(giveBack);
  }

  /** Another owner of all of it; this one has nothing left. */
  move(): Resources {
    const moved = new Resources();
    moved.taken = this.taken;
    this.taken = [];
    return moved;
  }

  /** Gives everything back, last first. Once: it owns nothing afterwards. */
  dispose(): void {
    const taken = this.taken;
    this.taken = [];
    for (const giveBack of taken.toReversed()) giveBack();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
