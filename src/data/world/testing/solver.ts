/**
 * Answers the questions of the little world from their text alone: it reads sentences, and knows nothing of the
 * simulator that made them, of its words or of its grammar. Everything here is written out a second time on purpose.
 */

const NAME = '(anna|tom|lena|max|mia|paul|sara|ben)';
const PLACE = '(park|kitchen|garden|school|market|forest|library|tower)';
const THING = '(ball|book|cake|key|lamp|coin|kite|drum|hat|ring)';
const pattern = (text: string): RegExp => new RegExp(`^${text.replaceAll('N', NAME).replaceAll('P', PLACE).replaceAll('T', THING)}$`);

const IS_IN = pattern('N is in the P');
const GOES = pattern('N goes to the P');
const TAKES = pattern('N takes the T');
const DROPS = pattern('N drops the T');
const GIVES = pattern('N gives N the T');
const WANTS = pattern('N wants the T');
const SENTENCES = [IS_IN, GOES, TAKES, DROPS, GIVES, WANTS];

const sentencesOf = (text: string): string[] =>
  text
    .split('.')
    .map((part) => part.trim())
    .filter((part) => part !== '');

interface Known {
  readonly has: Map<string, string>;
  readonly at: Map<string, string>;
  readonly lies: Map<string, string>;
  readonly wants: Map<string, string>;
}

/** Reads a story, sentence by sentence. */
function read(sentences: readonly string[]): Known {
  const known: Known = { has: new Map(), at: new Map(), lies: new Map(), wants: new Map() };
  const { has, at, lies, wants } = known;
  for (const sentence of sentences) {
    const [, a = '', b = '', c = ''] = SENTENCES.map((each) => each.exec(sentence)).find((match) => match !== null) ?? [];
    if (IS_IN.test(sentence) || GOES.test(sentence)) at.set(a, b);
    else if (WANTS.test(sentence)) wants.set(a, b);
    else if (TAKES.test(sentence)) {
      const there = lies.get(b);
      if (there !== undefined) at.set(a, there);
      lies.delete(b);
      has.set(b, a);
    } else if (DROPS.test(sentence)) {
      if (has.get(b) !== a) throw new Error(`"${sentence}", who has no ${b}`);
      has.delete(b);
      const here = at.get(a);
      if (here !== undefined) lies.set(b, here);
    } else if (GIVES.test(sentence)) {
      if (has.get(c) !== a) throw new Error(`"${sentence}", who has no ${c}`);
      const both = [at.get(a), at.get(b)].filter((place) => place !== undefined);
      if (both.length === 2 && both[0] !== both[1]) throw new Error(`"${sentence}" from ${both.join(' to ')}`);
      for (const person of [a, b]) if (both[0] !== undefined) at.set(person, both[0]);
      has.set(c, b);
    } else throw new Error(`"${sentence}" is no sentence of the little world`);
  }
  return known;
}

function placeOf(name: string, { has, at, lies }: Known): string | undefined {
  const holder = has.get(name);
  return holder === undefined ? (at.get(name) ?? lies.get(name)) : at.get(holder);
}

/** The fact in a sentence, in whichever form. */
function meaning(sentence: string): string {
  const ways: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
    [GIVES, ([, a, b, c]) => `give ${a} ${b} ${c}`],
    [pattern('N gives the T to N'), ([, a, b, c]) => `give ${a} ${c} ${b}`],
    [pattern('N gets the T from N'), ([, a, b, c]) => `give ${c} ${a} ${b}`],
    [pattern('the T is given to N by N'), ([, a, b, c]) => `give ${c} ${b} ${a}`],
    [pattern('the T is taken by N'), ([, a, b]) => `take ${b} ${a}`],
    [pattern('the T is dropped by N'), ([, a, b]) => `drop ${b} ${a}`],
    [TAKES, ([, a, b]) => `take ${a} ${b}`],
    [DROPS, ([, a, b]) => `drop ${a} ${b}`],
    [IS_IN, ([, a, b]) => `be ${a} ${b}`],
    [GOES, ([, a, b]) => `go ${a} ${b}`],
    [WANTS, ([, a, b]) => `want ${a} ${b}`],
  ];
  for (const [way, say] of ways) {
    const match = way.exec(sentence);
    if (match) return say(match);
  }
  throw new Error(`"${sentence}" means nothing`);
}

/** The sentence of a fact. */
function say(fact: string): string {
  const [verb, a, b, c] = fact.split(' ');
  const sentences: Readonly<Record<string, string>> = {
    give: `${a} gives ${b} the ${c}`,
    take: `${a} takes the ${b}`,
    drop: `${a} drops the ${b}`,
    be: `${a} is in the ${b}`,
    go: `${a} goes to the ${b}`,
    want: `${a} wants the ${b}`,
  };
  return sentences[verb ?? ''] ?? '';
}

const DICTIONARY: Readonly<Record<string, string>> = Object.fromEntries(
  `park olmu, kitchen fesi, garden irta, school pelo, market zanku, forest hudi, library virko, tower tasne, ball bolu, book mirn,
   cake duvi, key skel, lamp lufo, coin penta, kite avri, drum tumo, hat kapi, ring onel, be esta, go vando, take grapi, drop falo,
   give dari, want velu`
    .split(',')
    .map((entry) => entry.trim().split(' ') as [string, string]),
);

/** The verb stands last, names stay as they are. */
function translate(sentence: string): string {
  const [verb = '', ...rest] = meaning(sentence).split(' ');
  return [...rest, verb].map((word) => DICTIONARY[word] ?? word).join(' ');
}

const joined = (sentences: readonly string[]): string => sentences.map((sentence) => `${sentence}.`).join(' ');
const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no');

/** The right answer to a source such as `who: anna takes the ball. who has the ball?` */
export function solve(source: string): string {
  const [, task = '', text = ''] = /^(\w+): (.*)$/.exec(source) ?? [];
  const sentences = sentencesOf(text);
  const question = text.endsWith('?') ? (sentences.pop() ?? '').slice(0, -1) : '';
  const last = question.split(' ').at(-1) ?? '';
  switch (task) {
    case 'who':
      return read(sentences).has.get(last) ?? 'nobody';
    case 'where':
      return placeOf(last, read(sentences)) ?? 'nowhere';
    case 'mood': {
      const known = read(sentences);
      return known.has.get(known.wants.get(last) ?? '') === last ? 'happy' : 'sad';
    }
    case 'true': {
      const known = read(sentences);
      const [subject = ''] = question.replace(/^the /, '').split(' ');
      return yesNo(question.includes(' has ') ? known.has.get(last) === subject : placeOf(subject, known) === last);
    }
    case 'ok':
      return yesNo(sentences.every((sentence) => SENTENCES.some((each) => each.test(sentence))));
    case 'same':
      return yesNo(meaning(sentences[1] ?? '') === meaning(sentences[2] ?? ''));
    case 'tell': {
      const areFacts = sentences.every((sentence) => say(sentence) !== '');
      return joined(sentences.map((sentence) => (areFacts ? say(sentence) : meaning(sentence))));
    }
    case 'turn':
      return joined(sentences.map(translate));
    default:
      throw new Error(`"${source}" is of no task`);
  }
}

/** Whether what a story says at its end follows from what it told before. */
export function endsRight(story: string): boolean {
  const sentences = sentencesOf(story);
  const end = sentences.at(-1) ?? '';
  if (SENTENCES.some((each) => each.test(end))) {
    read(sentences);
    return true;
  }
  const has = pattern('N has the T');
  const known = read(sentences.filter((sentence, i) => i < sentences.length - 1 && !has.test(sentence)));
  // Who has what may be said of several things, and stands behind everything else.
  const said = sentences.flatMap((sentence, i) => (has.test(sentence) ? [i] : []));
  if (said.length > 0)
    return said.every((at, i) => {
      const [, name = '', thing = ''] = has.exec(sentences[at] ?? '') ?? [];
      return at === sentences.length - said.length + i && known.has.get(thing) === name;
    });
  const [, what = '', place] = pattern('the T is in the P').exec(end) ?? [];
  if (place !== undefined) return placeOf(what, known) === place;
  const [, who = '', mood] = /^(\w+) is (happy|sad)$/.exec(end) ?? [];
  return (mood === 'happy') === (known.has.get(known.wants.get(who) ?? '') === who);
}
