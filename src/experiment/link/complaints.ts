/**
 * Complaints about a link or a file of an experiment, and what is used instead. Many are the end of a sentence
 * that begins with what was said, `h=9` or `seed`: `sentence` puts the two together. Keys, words and numbers of a link
 * stand as they are typed there, with a point.
 */
import { languageTag, spoken } from '../messages/language.ts';
import { spellWhole } from '../messages/numbers.ts';

/** A limit as it is read: `1,024` would be taken for two numbers, so only large ones have their thousands apart. */
const limit = (value: number): string => (value >= 10_000 ? spellWhole(value) : String(value));
const list = (words: readonly string[]): string => words.join(', ');

export const LINK_COMPLAINTS = {
  // How sentences are put together.
  sentence: (said: string, complaint: string) => `${said} ${complaint}`,
  so: (complaint: string, instead: string) => `${complaint}, so ${instead}`,
  isUsed: (value: string) => `${value} is used`,
  areUsed: (values: readonly string[]) => `${values.join(' and ')} are used`,
  leftOut: 'it is left out',
  thePreset: 'the preset',

  // The link as a whole.
  behindQuestionMark: 'The settings stand behind a ? in place of a #, and are read all the same',
  besideQuestionMark: 'Settings behind a ? are not read beside those behind the #',
  linkTooLong: (characters: number, most: number) => `This link has ${spellWhole(characters)} characters (${spellWhole(most)} at most)`,
  notReadable: (text: string) => `${text} is not readable text`,
  brokenCode: (text: string) => `${text} is not readable text (a broken % code)`,
  noKey: (text: string) => `${text} has no key (key=value)`,
  givenTwice: (key: string) => `${key} is given more than once`,
  theFirst: (value: string) => `the first (${value}) is used`,
  noValue: (key: string) => `${key} has no value (${key}=…)`,
  linkLacks: (keys: readonly string[]) =>
    `This link lacks ${keys.join(' and ')} of its run, ${keys.length === 1 ? 'a table' : 'tables'} of step sizes too long for a link (open the run’s experiment file instead)`,
  namesNoSetting: 'names no setting',

  // Keys.
  notAVersion: (known: readonly number[]) => `is not a version of links this page knows (${known.join(', ')})`,
  readAs: (version: number) => `it is read as ${version}`,
  notAPreset: (known: readonly string[]) => `is not a preset (${list(known)})`,
  notASetting: 'is not a setting',
  notASettingOf: (known: readonly string[]) => `is not a setting (${list(known)})`,
  notBuilt: 'is not built yet',
  notBuiltBut: (what: string) => `is not built yet (${what})`,
  bothSetTheStepSize: (one: string, other: string) => `${one} and ${other} both set the step size`,
  notStart: 'is not 1 (start on opening)',
  waitsForRun: 'the page waits for Run',

  // Values.
  isNot: (what: string, right: string) => `is not ${what} (${right})`,
  tooSmall: (what: string, right: string) => `is too small for ${what} (${right})`,
  tooLarge: (what: string, right: string) => `is too large for ${what} (${right})`,
  range: (min: number, max: number) => `${limit(min)} to ${limit(max)}`,
  orWord: (what: string, word: string) => `${what} or ${word}`,
  emptyWord: 'an empty word',
  aSize: 'a size',
  aStep: 'a step',
  aStepSize: 'a step size',
  aSharpness: 'a sharpness to hold',
  tooManyEntries: (entries: number, most: number) => `has ${entries} entries (${most} at most)`,
  notATable: 'is not a table of step sizes (step:size,step:size, e.g. 0:0.5,10:0.13)',
  tableMustRise: (step: number, before: number) => `is not a table of step sizes: its steps must rise, but ${step} comes after ${before}`,
  notAPlan: (why: string) => `is not a plan: ${why}`,
  planTooLong: (steps: number, most: number) => `takes ${steps} steps (${limit(most)} at most)`,
  planTooShort: 'trains no step (A:200,B:200,A+B>M:400)',
  planTooWide: (times: number, most: number) => `grows a model ${times} times as wide as a source (${most} at most)`,

  // Complaints about the view.
  namesNothing: 'names nothing',
  hasOne: (word: string, complaint: string) => `has ${word}, which ${complaint}`,
  notALanguage: 'is not a language of this page (en, de)',
  aView: 'a view of the page',
  notAPart: (known: readonly string[]) => `is not a part of the page that can be hidden (${list(known)})`,
  notLockable: 'is not a setting that can be locked (preset, or a key of a link such as h or seed)',
  notPacked: (most: number) => `is not a curve that Share packed (${most} letters at most)`,
  notALesson: (known: readonly string[]) => `is not a lesson (${list(known)})`,
  notADrawnCurve: (most: number) => `is not a drawn curve (2 to ${most} points such as 100:2.1,140:1.5, in the order of their steps)`,
  noStepOfLesson: (first: string) => `names no step of the lesson (${first} is the first)`,

  // Settings that do not agree.
  growsTooLate: (grow: number, last: number) => `puts the growth (step ${grow}) after the last step (${last})`,
  tooManyExamples: (task: string, most: number) => `asks for more examples than ${task} has (${limit(most)})`,
  tooManyProbes: (task: string, most: number) => `asks for more probe examples than ${task} holds out (${limit(most)})`,
  batchTooLarge: (batch: number, examples: number) => `makes the batch (${batch}) larger than the training set (${examples})`,
  probeInVain: 'has no effect with batch=full, where the probe set is the training set',
  textInVain: (corpus: string, task: string) => `names a text (corpus=${corpus}) for task=${task}, which reads none`,
  planWithoutIt: 'the plan without it',
  wordsOfTheWorld: 'knows the words of the little world and no others',
  memoryOfSize: (gigabytes: string) => `makes a model and batch of about ${gigabytes} GB with what it is fused into (2 GB at most)`,
  sizeOfThePreset: 'the size of the preset',
  memoryOf: (gigabytes: string) => `makes a model and batch of about ${gigabytes} GB with the other sizes (2 GB at most)`,
  planWithoutTasks: 'the plan without tasks of its own',
  besideAPlan: 'has no effect beside a plan',
  besideThisPlan: 'has no effect beside this plan',
  thePlan: 'the plan',
  noPlanFor: (operator: string, why: string) => `is no plan for op=${operator}: ${why}`,
  edgeNotOfLoss: (holding: readonly string[], instead: number) =>
    `its edge of stability is one of the preconditioned curvature, not of λmax of the loss (${new Intl.ListFormat(languageTag()).format(holding)} hold that; a step size such as h=${instead} does here)`,
  notHeldWith: (optimizer: string, why: string) => `is not held with opt=${optimizer}: ${why}`,
  holdsNone: (held: string, why: string) => `does not hold a step size to the sharpness (${held}): ${why}`,
  weightsAreCopies: (operator: string) => `has no meaning for ${operator}, whose added weights are copies`,
  keepsOneNorm: (operator: string) => `has no meaning for op=${operator}, which keeps one norm`,
  releaseTooLong: (steps: number) => `goes on when the next growth comes (${steps} steps after the one before)`,

  // A file.
  fileNotJson: (why: string) => `The file is not JSON (${why})`,
  fileHolds: (what: string) => `The file holds ${what}; it must hold an object with the settings of an experiment`,
  theFile: (why: string) => `The file: ${why}`,
  ofKey: (key: string, complaint: string) => `${key}: ${complaint}`,
  cantBeUsed: (value: string, why: string) => `${value} can't be used (${why})`,

  // A value that is none of its setting.
  mustBe: {
    number: 'it must be a number',
    int: 'it must be a whole number',
    string: 'it must be a text',
    boolean: 'it must be true or false',
    array: 'it must be a list',
    tuple: 'it must be a list',
    object: 'it must be an object',
  },
  mustBeAtLeast: (least: string) => `it must be at least ${least}`,
  mustBeAtMost: (most: string) => `it must be at most ${most}`,
  mustHaveAtLeast: (least: string) => `its length must be at least ${least}`,
  mustHaveAtMost: (most: string) => `its length must be at most ${most}`,
  mustBeOneOf: (right: readonly string[]) => `it must be ${right.length === 1 ? '' : 'one of '}${list(right)}`,
  notKnown: (keys: readonly string[]) => `${list(keys)} ${keys.length === 1 ? 'is' : 'are'} not known there`,
  orElse: (complaints: readonly string[]) => complaints.join(', or '),
  notValid: 'it is not valid',
  tableSteps: 'the steps of a step-size table must rise',
};
export const say = spoken('linkComplaints', LINK_COMPLAINTS);
