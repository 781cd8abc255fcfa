/**
 * The link's grammar (`#v=2&preset=first-fusion&seed=7`): read, and told what is wrong. Reading never throws and always
 * gives an experiment that can run: what can't be used is replaced and named. Links are written in write-link.ts,
 * without the schema: the training worker writes them and never reads one.
 */
import { type Experiment, type Grammar, GRAMMARS, NEWEST_GRAMMAR } from '../experiment.ts';
import { say } from './complaints.ts';
import { type Draft, LINK_KEYS, linkKey } from './keys.ts';
import { LATER_KEYS, isLater } from './later.ts';
import { LINK_LIMIT } from '../limits.ts';
import { plannedOperator } from '../plan/plan-size.ts';
import { DEFAULT_PRESET, defaultsFor, isPreset, presetExperiment, presetNames } from '../presets/presets.ts';
import { reconcile } from './reconcile.ts';
import { whyNot } from '../schema.ts';
import { type LinkView, isViewKey, readView } from './view.ts';
import { SHORTENED } from './write-link.ts';

export { formatLink, leftOut } from './write-link.ts';

export interface LinkProblem {
  /** The key of the link it is about; `link` for the link as a whole. */
  readonly key: string;
  /** The link's text, cut to a readable length. */
  readonly value: string;
  /** Key, value, and what would be right: for whoever takes nothing of the link. */
  readonly complaint: string;
  /** The same as one sentence with what is used instead. */
  readonly message: string;
  /**
   * The run is what the link asks for: only the page's looks are concerned, or a setting that the link left to the
   * preset was fitted to those it names.
   */
  readonly minor: boolean;
}

export interface ParsedLink {
  readonly experiment: Experiment;
  readonly problems: readonly LinkProblem[];
  /** Start on opening. */
  readonly run: boolean;
  /** The view that it asks for besides the experiment. */
  readonly view: LinkView;
}

/** Keys that only change what the page shows: a program without a page may pass over what is wrong with them. */
const isOfPage = (key: string): boolean => key === 'run' || isViewKey(key) || LATER_KEYS.has(key);

/**
 * The two forms of what is wrong. @param so what happens instead, as in "so 9 is used"; undefined where nothing does
 */
export function worded(complaint: string, so?: string): Pick<LinkProblem, 'complaint' | 'message'> {
  return { complaint, message: so === undefined ? complaint : say.so(complaint, so) };
}

/** At most 40 characters of a hostile value, without control characters. */
function clip(text: string): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
  return clean.length <= 40 ? clean : `${clean.slice(0, 39)}…`;
}

function decode(text: string): string | null {
  try {
    // A literal + stays a plus (`A+B>M:400`): decodeURIComponent, not form decoding.
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether what stands behind a question mark is meant for this page: one of its settings is among it. */
export function hasSettings(search: string): boolean {
  return search
    .replace(/^\?/, '')
    .split('&')
    .some((part) => {
      const key = decode(part.split('=')[0] ?? '') ?? '';
      return part.includes('=') && (key === 'v' || key === 'preset' || linkKey(key) !== undefined);
    });
}

/**
 * Of a hash (with or without `#`) or a whole address, which carries its settings behind the hash: what is read, and
 * what stands behind a question mark in the place of a hash or beside one.
 */
function partsOf(link: string): { readonly body: string; readonly search: string } {
  const start = link.indexOf('#');
  const before = start >= 0 ? link.slice(0, start) : link;
  const hash = start >= 0 ? link.slice(start + 1) : '';
  const question = before.indexOf('?');
  const found = question >= 0 ? before.slice(question + 1) : '';
  const search = hasSettings(found) ? found : '';
  const isAddress = question >= 0 || /^[a-z]+:\/\//i.test(before);
  if (hash !== '' || start >= 0) return { body: hash === '' ? search : hash, search };
  return { body: isAddress ? search : before, search };
}

/** Key–value pairs in order, with what could not be read. */
function split(hash: string, problems: LinkProblem[]): Map<string, string> {
  const tell = (key: string, value: string, complaint: string, so: string): void => {
    problems.push({ key: clip(key), value: clip(value), ...worded(complaint, so), minor: false });
  };
  const pairs = new Map<string, string>();
  const { body, search } = partsOf(hash);
  if (search !== '') {
    const message = body === search ? say.behindQuestionMark : say.besideQuestionMark;
    problems.push({ key: 'link', value: clip(`?${search}`), ...worded(message), minor: true });
  }
  if (body.length > LINK_LIMIT) {
    tell('link', body, say.linkTooLong(body.length, LINK_LIMIT), say.isUsed(DEFAULT_PRESET));
    return pairs;
  }
  for (const part of body.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const rawKey = equals < 0 ? part : part.slice(0, equals);
    const key = decode(rawKey);
    const value = decode(equals < 0 ? '' : part.slice(equals + 1));
    if (key === null) tell(rawKey, part, say.notReadable(clip(rawKey)), say.leftOut);
    else if (key === '') tell('link', part, say.noKey(clip(part)), say.leftOut);
    else if (value === null) tell(key, part, say.brokenCode(clip(part)), say.leftOut);
    else if (pairs.has(key)) tell(key, value, say.givenTwice(clip(key)), say.theFirst(clip(pairs.get(key) ?? '')));
    else if (equals < 0 && (linkKey(key) !== undefined || key === 'preset' || key === 'v'))
      tell(key, '', say.noValue(clip(key)), say.leftOut);
    else pairs.set(key, value);
  }
  return pairs;
}

/**
 * The version that a link says; the newest where it says none, as whoever writes one by hand expects. Undefined for one
 * that there is not.
 */
function readVersion(text: string | undefined): Grammar | undefined {
  return text === undefined ? NEWEST_GRAMMAR : GRAMMARS.find((version) => String(version) === text);
}

/** Reads a hash (with or without `#`, or a whole address). */
export function parseLink(hash: string): ParsedLink {
  const problems: LinkProblem[] = [];
  const pairs = split(hash, problems);
  const tell = (key: string, complaint: string, so?: string, minor = isOfPage(key)): void => {
    problems.push({ key: clip(key), value: clip(pairs.get(key) ?? ''), ...worded(complaint, so), minor });
  };
  const said = (key: string): string => clip(`${key}=${pairs.get(key) ?? ''}`);

  const version = readVersion(pairs.get('v'));
  if (version === undefined) tell('v', say.sentence(said('v'), say.notAVersion(GRAMMARS)), say.readAs(NEWEST_GRAMMAR));
  const grammar = version ?? NEWEST_GRAMMAR;
  const wanted = pairs.get('preset');
  const known = wanted === undefined || isPreset(wanted, grammar);
  if (!known)
    tell(
      'preset',
      say.sentence(said('preset'), isLater('preset', wanted) ? say.notBuilt : say.notAPreset(presetNames(grammar))),
      say.isUsed(DEFAULT_PRESET),
    );
  const preset = known ? (wanted ?? DEFAULT_PRESET) : DEFAULT_PRESET;

  // The operator decides what a missing `off` and `sigma` mean, so it is read before the rest.
  const draft: Draft = { ...presetExperiment(preset, grammar) };
  const operator = pairs.get('op');
  if (operator !== undefined) linkKey('op')?.read(operator, draft);
  const plan = pairs.get('plan');
  if (plan !== undefined) linkKey('plan')?.read(plan, draft);
  const planned = draft.plan === undefined ? draft.operator : plannedOperator(draft.plan, draft.operator);
  Object.assign(draft, defaultsFor(preset, grammar, planned));

  for (const entry of LINK_KEYS) {
    const text = pairs.get(entry.key);
    if (text === undefined) continue;
    if ((entry.key === 'edge' && pairs.has('h')) || (entry.key === 'edge2' && pairs.has('h2'))) {
      const other = entry.key === 'edge' ? 'h' : 'h2';
      tell(entry.key, say.bothSetTheStepSize(said(entry.key), said(other)), say.isUsed(other));
      continue;
    }
    const complaint = entry.read(text, draft);
    if (complaint !== undefined)
      tell(
        entry.key,
        complaint.startsWith(': ') ? say.ofKey(said(entry.key), complaint.slice(2)) : say.sentence(said(entry.key), complaint),
        say.isUsed(usedInstead(entry.key, draft)),
      );
  }
  for (const key of pairs.keys()) {
    if (key === 'v' || key === 'preset' || key === 'run' || isViewKey(key) || linkKey(key) !== undefined) continue;
    if (key === SHORTENED) {
      tellShortened(pairs.get(key) ?? '', draft, (complaint, so) => tell(key, complaint, so));
      continue;
    }
    const later = LATER_KEYS.get(key);
    if (later === undefined) tell(key, say.sentence(said(key), say.notASetting));
    else tell(key, say.sentence(said(key), say.notBuiltBut(later)), say.leftOut);
  }
  const run = pairs.get('run');
  if (run !== undefined && run !== '1' && run !== '0') tell('run', say.sentence(said('run'), say.notStart), say.waitsForRun);

  const given = new Set(pairs.keys());
  for (const { keys, complaint, used, fitted } of reconcile(draft, given)) {
    const key = keys.find((name) => given.has(name)) ?? keys[0] ?? 'link';
    tell(
      key,
      say.sentence(said(key), complaint),
      used === null ? say.leftOut : say.isUsed(used),
      fitted !== undefined && !given.has(fitted),
    );
  }
  const view = readView(pairs, (key, complaint, used) =>
    tell(key, say.sentence(said(key), complaint), used === null ? say.leftOut : say.isUsed(`${key}=${used}`)),
  );
  // A preset as it is was checked by the tests.
  const reason = [...given].some((key) => linkKey(key) !== undefined) ? whyNot(draft) : null;
  if (reason !== null) {
    // Every reader above keeps to the schema's ranges; should one not, the page must still open.
    tell('link', `link: ${reason}`, say.isUsed(DEFAULT_PRESET));
    return { experiment: presetExperiment(DEFAULT_PRESET), problems, run: false, view };
  }
  return { experiment: draft, problems, run: run === '1', view };
}

/** A link that was written for more than it can hold says what is missing in it. */
function tellShortened(keys: string, draft: Draft, tell: (complaint: string, so?: string) => void): void {
  const known = keys.split(',').filter((key) => linkKey(key) !== undefined);
  const used = known.map((key) => usedInstead(key, draft));
  if (known.length === 0) tell(say.sentence(clip(`${SHORTENED}=${keys}`), say.namesNoSetting), say.leftOut);
  else tell(say.linkLacks(known), used.length === 1 ? say.isUsed(used.join('')) : say.areUsed(used));
}

/** The value that stands in the draft under a key, as words: `0.10`, `edge=1.2`. */
function usedInstead(key: string, draft: Draft): string {
  const own = linkKey(key)?.write(draft) ?? null;
  if (own !== null) return (key === 'h' || key === 'h2') && /^0\.\d$/.test(own) ? `${own}0` : own;
  const twin = { h: 'edge', edge: 'h', h2: 'edge2', edge2: 'h2' }[key];
  return twin === undefined ? say.thePreset : `${twin}=${linkKey(twin)?.write(draft) ?? 'same'}`;
}
