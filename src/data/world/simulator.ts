/**
 * The little world: people who go about, take things, hand them over and drop them. A story is what happened, with what
 * became of it: who holds what, where everybody is as far as the story says it, and who got what they wanted.
 */
import type { RandomStream } from '../random.ts';
import { PEOPLE, PLACES, THINGS, type Person, type Place, type Thing } from './words.ts';

export type WorldEvent =
  | { readonly kind: 'be'; readonly who: Person; readonly place: Place }
  | { readonly kind: 'go'; readonly who: Person; readonly place: Place }
  | { readonly kind: 'want'; readonly who: Person; readonly thing: Thing }
  | { readonly kind: 'take'; readonly who: Person; readonly thing: Thing }
  | { readonly kind: 'drop'; readonly who: Person; readonly thing: Thing }
  | { readonly kind: 'give'; readonly who: Person; readonly to: Person; readonly thing: Thing };

export interface Story {
  readonly events: readonly WorldEvent[];
  /** Who holds a thing at the end; null where it lies somewhere. Things that were not touched are missing. */
  readonly holder: ReadonlyMap<Thing, Person | null>;
  /** Where people and things are at the end, as far as it follows from the story. */
  readonly place: ReadonlyMap<Person | Thing, Place>;
  /** Who wants what. */
  readonly wish: { readonly who: Person; readonly thing: Thing } | null;
  /** Who the story is about. */
  readonly cast: readonly Person[];
}

/** Fewest and most sentences of a story, an ending left out. */
const EVENTS = { fewest: 3, most: 4 } as const;

/** One story in so many is about two things: who has which is by far the hardest to learn. */
const SECOND_THING = 5;

interface Weighted {
  readonly event: WorldEvent;
  readonly weight: number;
}

/** Lives through one story. */
class World {
  readonly cast: readonly Person[];
  private readonly places: readonly Place[];
  private readonly things: readonly Thing[];
  /** Where everybody really is. Things are wherever they are first met. */
  private readonly truly = new Map<Person, Place>();
  private readonly lies = new Map<Thing, Place>();
  readonly holder = new Map<Thing, Person | null>();
  readonly known = new Map<Person | Thing, Place>();
  private readonly random: RandomStream;
  private last: Person | null = null;

  constructor(random: RandomStream) {
    this.random = random;
    const some = <T>(all: readonly T[], count: number): T[] => random.shuffle([...all]).slice(0, count);
    this.cast = some(PEOPLE, 2 + random.integer(2));
    this.places = some(PLACES, 2);
    this.things = some(THINGS, random.integer(SECOND_THING) === 0 ? 2 : 1);
    for (const person of this.cast) this.truly.set(person, this.places[random.integer(this.places.length)] as Place);
  }

  /**
   * A wish that came true in one half of the stories. It is told before, and drawn when the end is known. Where nobody
   * has anything there is none: it could only have come to nothing.
   */
  wish(): Story['wish'] {
    if ([...this.holder.values()].every((holder) => holder === null)) return null;
    const comesTrue = this.random.integer(2) === 0;
    const wishes = this.cast.flatMap((who) => this.things.map((thing) => ({ who, thing })));
    const fitting = wishes.filter(({ who, thing }) => (this.holder.get(thing) === who) === comesTrue);
    return fitting[this.random.integer(Math.max(1, fitting.length))] ?? null;
  }

  /** Events that may come next, those that make a good story likelier. */
  private possible(): readonly Weighted[] {
    return this.cast.flatMap((who): Weighted[] => {
      const place = this.truly.get(who) as Place;
      const found: Weighted[] = [];
      if (!this.known.has(who)) found.push({ event: { kind: 'be', who, place }, weight: 2 });
      if (this.last !== who)
        for (const to of this.places) if (to !== place) found.push({ event: { kind: 'go', who, place: to }, weight: 2 });
      for (const thing of this.things) {
        const holder = this.holder.get(thing);
        if (holder === who) {
          found.push({ event: { kind: 'drop', who, thing }, weight: 1 });
          for (const to of this.cast)
            if (to !== who && this.truly.get(to) === place) found.push({ event: { kind: 'give', who, to, thing }, weight: 5 });
        } else if (holder === undefined || (holder === null && this.lies.get(thing) === place))
          found.push({ event: { kind: 'take', who, thing }, weight: 3 });
      }
      return found;
    });
  }

  next(): WorldEvent {
    const possible = this.possible();
    let place = this.random.integer(possible.reduce((sum, { weight }) => sum + weight, 0));
    const chosen = possible.find(({ weight }) => (place -= weight) < 0) as Weighted;
    this.happens(chosen.event);
    return chosen.event;
  }

  private happens(event: WorldEvent): void {
    const { who } = event;
    this.last = event.kind === 'go' ? who : null;
    switch (event.kind) {
      case 'be':
      case 'go':
        this.truly.set(who, event.place);
        this.known.set(who, event.place);
        return;
      case 'take': {
        // Whoever takes a thing from a place where it is known to lie is in that place.
        this.tell(who, this.known.get(event.thing));
        this.known.delete(event.thing);
        this.holder.set(event.thing, who);
        return;
      }
      case 'drop': {
        this.holder.set(event.thing, null);
        this.lies.set(event.thing, this.truly.get(who) as Place);
        this.tell(event.thing, this.known.get(who));
        return;
      }
      case 'give':
        // Whoever hands something over stands beside the other.
        this.tell(who, this.known.get(event.to));
        this.tell(event.to, this.known.get(who));
        this.holder.set(event.thing, event.to);
        return;
      case 'want':
    }
  }

  private tell(of: Person | Thing, place: Place | undefined): void {
    if (place !== undefined) this.known.set(of, place);
  }
}

/** A story, drawn from a stream. What somebody holds is where they are. */
export function simulate(random: RandomStream): Story {
  const world = new World(random);
  const wishing = random.integer(2) === 0;
  const count = EVENTS.fewest + random.integer(EVENTS.most - EVENTS.fewest + 1);
  const happened = Array.from({ length: count - (wishing ? 1 : 0) }, () => world.next());
  const wish = wishing ? world.wish() : null;
  const place = new Map(world.known);
  for (const [thing, holder] of world.holder) {
    const at = holder === null ? undefined : world.known.get(holder);
    if (at !== undefined) place.set(thing, at);
  }
  const events: readonly WorldEvent[] = wish ? [{ kind: 'want', ...wish }, ...happened] : happened;
  return { events, holder: world.holder, place, wish, cast: world.cast };
}
