/**
 * The events of the little world, in sentences: as stories tell them, said otherwise, as facts, and in the invented
 * language.
 */
import type { WorldEvent } from './simulator.ts';
import { INVENTED, PASSIVE, VERBS } from './words.ts';

export type Sentence = readonly string[];

/** As stories tell it. */
export function sentence(event: WorldEvent): Sentence {
  const { kind, who } = event;
  switch (kind) {
    case 'be':
      return [who, 'is', 'in', 'the', event.place, '.'];
    case 'go':
      return [who, VERBS.go, 'to', 'the', event.place, '.'];
    case 'give':
      return [who, VERBS.give, event.to, 'the', event.thing, '.'];
    default:
      return [who, VERBS[kind], 'the', event.thing, '.'];
  }
}

/** The same said otherwise; none for what has only one way to be said. */
export function paraphrases(event: WorldEvent): readonly Sentence[] {
  switch (event.kind) {
    case 'give':
      return [
        [event.to, 'gets', 'the', event.thing, 'from', event.who, '.'],
        [event.who, VERBS.give, 'the', event.thing, 'to', event.to, '.'],
        ['the', event.thing, 'is', PASSIVE.give, 'to', event.to, 'by', event.who, '.'],
      ];
    case 'take':
    case 'drop':
      return [['the', event.thing, 'is', PASSIVE[event.kind], 'by', event.who, '.']];
    default:
      return [];
  }
}

/** Its objects, receivers first. */
function objects(event: WorldEvent): readonly (WorldEvent['who'] | keyof typeof INVENTED)[] {
  switch (event.kind) {
    case 'be':
    case 'go':
      return [event.place];
    case 'give':
      return [event.to, event.thing];
    default:
      return [event.thing];
  }
}

/** As a fact: `give anna tom ball .` */
export const fact = (event: WorldEvent): Sentence => [event.kind, event.who, ...objects(event), '.'];

/** In the invented language, the verb last: `anna tom bolu dari .` */
export function invented(event: WorldEvent): Sentence {
  const translated = objects(event).map((word) => (INVENTED as Readonly<Record<string, string>>)[word] ?? word);
  return [event.who, ...translated, INVENTED[event.kind], '.'];
}

export const told = (events: readonly WorldEvent[]): string[] => events.flatMap((event) => sentence(event));
