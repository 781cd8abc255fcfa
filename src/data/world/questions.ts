/**
 * Questions about stories of the little world: a source and its target in words, made with the simulator's
 * knowledge. Null where this story has no such question: then another story is drawn.
 */
import type { RandomStream } from '../random.ts';
import { fact, invented, paraphrases, sentence, told, type Sentence } from './sentences.ts';
import type { Story, WorldEvent } from './simulator.ts';
import { ANSWERS, PEOPLE, PLACES, type Person, type Thing, type WorldTask } from './words.ts';

export interface WorldExample {
  readonly source: readonly string[];
  readonly target: readonly string[];
}
type Asking = (story: Story, random: RandomStream) => WorldExample | null;

const pick = <T>(random: RandomStream, all: readonly T[]): T | undefined =>
  all.length === 0 ? undefined : all[random.integer(all.length)];
const answer = (yes: boolean): readonly string[] => [ANSWERS[yes ? 0 : 1]];
const mood = (story: Story, { who, thing }: { readonly who: Person; readonly thing: Thing }): string =>
  story.holder.get(thing) === who ? 'happy' : 'sad';

/**
 * How a story ends, said in words: how somebody feels, who has what, or where something is; nothing, where none of it
 * is known.
 */
export function ending(story: Story, random: RandomStream): Sentence {
  const { wish, holder, place } = story;
  const held = [...holder].flatMap(([thing, who]): Sentence => (who === null ? [] : [who, 'has', 'the', thing, '.']));
  const lying = [...holder].flatMap(([thing]): Sentence[] => {
    const at = place.get(thing);
    return at === undefined ? [] : [['the', thing, 'is', 'in', 'the', at, '.']];
  });
  // How somebody feels is said in half of the stories that say what they want.
  if (wish && random.integer(2) === 0) return [wish.who, 'is', mood(story, wish), '.'];
  // Where somebody has something, that is said in two of three: most that a story tells leads there.
  return (held.length === 0 || random.integer(3) === 0 ? pick(random, lying) : held) ?? held;
}

const who: Asking = ({ events, holder }, random) => {
  const asked = pick(
    random,
    [...holder].filter(([, person]) => person !== null),
  );
  if (!asked) return null;
  const [thing, person] = asked;
  return { source: [...told(events), 'who', 'has', 'the', thing, '?'], target: [person as Person] };
};

const where: Asking = ({ events, holder, place }, random) => {
  const asked = pick(
    random,
    [...holder.keys()].filter((thing) => place.has(thing)),
  );
  if (asked === undefined) return null;
  return { source: [...told(events), 'where', 'is', 'the', asked, '?'], target: [place.get(asked) as string] };
};

const feels: Asking = (story) => {
  const { wish, events } = story;
  return wish && { source: [...told(events), 'how', 'is', wish.who, '?'], target: [mood(story, wish)] };
};

/** A statement about the end, true in one half of the cases: one is asked only where the other could be as well. */
const isTrue: Asking = ({ events, holder, place, cast }, random) => {
  const yes = random.integer(2) === 0;
  const statement = (subject: Sentence, rest: readonly string[]): WorldExample => ({
    source: [...told(events), ...subject, 'is', 'in', 'the', ...rest, '?'],
    target: answer(yes),
  });
  if (random.integer(2) === 0) {
    const held = pick(
      random,
      [...holder].filter(([, person]) => person !== null),
    );
    if (!held) return null;
    const [thing, person] = held;
    const said = yes
      ? person
      : pick(
          random,
          cast.filter((each) => each !== person),
        );
    return said ? { source: [...told(events), said, 'has', 'the', thing, '?'], target: answer(yes) } : null;
  }
  const [name, at] = pick(random, [...place]) ?? [];
  if (name === undefined || at === undefined) return null;
  const others = PLACES.filter((each) => each !== at && told(events).includes(each));
  const said = yes ? at : pick(random, others);
  if (said === undefined || others.length === 0) return null;
  return statement((PEOPLE as readonly string[]).includes(name) ? [name] : ['the', name], [said]);
};

/** Two sentences of the story that stand beside one another. */
function pair({ events }: Story, random: RandomStream): readonly [WorldEvent, WorldEvent] {
  const at = random.integer(events.length - 1);
  return [events[at] as WorldEvent, events[at + 1] as WorldEvent];
}

/** The words of a sentence with two neighbours in the other's place. The full stop stays. */
function disordered(words: Sentence, random: RandomStream): Sentence {
  const at = random.integer(words.length - 2);
  return words.map((word, i) => (i === at ? (words[at + 1] as string) : i === at + 1 ? (words[at] as string) : word));
}

const inOrder: Asking = (story, random) => {
  const yes = random.integer(2) === 0;
  const sentences = pair(story, random).map(sentence);
  const bad = random.integer(2);
  return { source: sentences.flatMap((words, i) => (!yes && i === bad ? disordered(words, random) : words)), target: answer(yes) };
};

/** Something else that could have happened with the same people and things. */
function changed(event: WorldEvent, cast: readonly Person[], random: RandomStream): WorldEvent | null {
  if (event.kind === 'give') return { ...event, who: event.to, to: event.who };
  if (event.kind !== 'take' && event.kind !== 'drop') return null;
  const other = pick(
    random,
    cast.filter((each) => each !== event.who),
  );
  if (other === undefined || random.integer(2) === 0) return { ...event, kind: event.kind === 'take' ? 'drop' : 'take' };
  return { ...event, who: other };
}

/** A sentence before, for its place; then two of which the second says the first otherwise, or says something else. */
const saysTheSame: Asking = (story, random) => {
  const yes = random.integer(2) === 0;
  const [before, event] = pair(story, random);
  const meant = yes ? event : changed(event, story.cast, random);
  const second = meant && pick(random, paraphrases(meant));
  return second ? { source: [...sentence(before), ...sentence(event), ...second], target: answer(yes) } : null;
};

const facts: Asking = (story, random) => {
  const events = pair(story, random);
  const [as, words] = [events.flatMap(fact), events.flatMap(sentence)];
  return random.integer(2) === 0 ? { source: as, target: words } : { source: words, target: as };
};

const translated: Asking = (story, random) => {
  const events = pair(story, random);
  return { source: told(events), target: events.flatMap(invented) };
};

export const QUESTIONS: Readonly<Record<WorldTask, Asking>> = {
  who,
  where,
  mood: feels,
  true: isTrue,
  ok: inOrder,
  same: saysTheSame,
  tell: facts,
  turn: translated,
};
