/**
 * A lesson as data: steps that say something, change the experiment, ask before they show, wait until the reader has
 * done something, and then answer with the numbers of the reader's own run. Words stand in app/text/en/lessons/.
 */
import type { ModelId } from '../../../experiment/experiment.ts';
import type { GuessPoints, LessonName } from '../../../experiment/link/lesson-keys.ts';
import type { State } from '../../state/state.ts';

/** Numbers that a step found in the run. */
export type Facts = Readonly<Record<string, number>>;
/** The same of every step that was done, by its id. */
export type AllFacts = Readonly<Record<string, Facts | undefined>>;

/** The reader's answer: the id of an option, a number, or a drawn curve. */
export type Answer = string | number | GuessPoints;

/** One of a few; the answer is the id of an option. */
export interface ChoiceAsk {
  readonly kind: 'choice';
  readonly question: (all: AllFacts) => string;
  readonly options: readonly { readonly id: string; readonly words: string }[];
  /** The option that the run shows; `null` where it shows none. */
  readonly truth: (facts: Facts, all: AllFacts) => string | null;
}

/** How much, or when. */
export interface NumberAsk {
  readonly kind: 'number';
  readonly question: (all: AllFacts) => string;
  /** The field's name. */
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly truth: (facts: Facts, all: AllFacts) => number | null;
  /** How near counts as right. */
  readonly within: number;
}

/** A curve that is drawn on the chart before it is measured. */
export interface DrawAsk {
  readonly kind: 'draw';
  readonly question: (all: AllFacts) => string;
  /** Whose curve is drawn, between which steps, and the losses that there is room for. */
  readonly model: ModelId;
  readonly from: number;
  readonly to: number;
  readonly room: readonly [low: number, high: number];
}

export type Ask = ChoiceAsk | NumberAsk | DrawAsk;

/** Something that the reader does. */
export type Milestone =
  /** The run has come to a step; it pauses there. */
  | { readonly kind: 'step'; readonly at: number }
  /** The networks are fused by hand, once they have trained so far. */
  | { readonly kind: 'fuse'; readonly at: number }
  /** The run has come through its growth; it pauses there. */
  | { readonly kind: 'growth' }
  /** The run is over. */
  | { readonly kind: 'end' }
  /** A branch with another growth step was run to its end. */
  | { readonly kind: 'branch' }
  /** A run of the reader's own: with other settings than the step gave, to its end. */
  | { readonly kind: 'own' }
  /** The chart counts compute. */
  | { readonly kind: 'compute' };

/** The parts of the page that get a ring: the values of `data-spot`. */
type Spotlight = 'run' | 'fuse' | 'chart' | 'dock';

export interface LessonStep {
  /** Stands in the reader's progress: it stays as it is. */
  readonly id: string;
  readonly title: string;
  /** Paragraphs; markup as in RichText.tsx. Numbers in them are of steps that were done before. */
  readonly text: (all: AllFacts) => readonly string[];
  /** Link of the experiment that the step begins with; absent: that of the step before, as it stands. */
  readonly change?: string;
  /** Panel below the chart that it needs. */
  readonly opens?: 'setup' | 'growth' | 'theory' | 'samples' | 'sharpness' | 'error' | 'cost' | 'map' | 'runs';
  readonly spotlight?: Spotlight;
  readonly ask?: Ask;
  /**
   * Curves are covered from this step on until the question is answered; `now`: from where the run stands; `panels`:
   * what is asked stands in the panels already, so that only they are closed, until the answer is handed in.
   */
  readonly cover?: number | 'now' | 'panels';
  /** The reader's tasks, in this order; none: the answer is all. */
  readonly waitFor: readonly Milestone[];
  /** Numbers to keep as soon as they are there, since they will not stay: the first ones stand. */
  readonly note?: (state: State) => Facts | null;
  /** The numbers that the answer is checked with; `null` while they are not there. */
  readonly measure?: (state: State, noted: Facts) => Facts | null;
  /** The loss at which the Cost tab compares once the step is done, where the step compares costs. */
  readonly comparesAt?: (facts: Facts) => number | undefined;
  /** The run's answer. */
  readonly reveal: (facts: Facts, all: AllFacts) => readonly string[];
  /** A link whose run comes to the same without a hand: for numbers on paper. */
  readonly recorded?: string;
}

/** For paper, and for teachers. */
interface PaperWords {
  /** Questions for those who have more time, on the second worksheet. */
  readonly further: readonly string[];
  /** A common misunderstanding, and what helps. */
  readonly misconceptions: readonly (readonly [thought: string, help: string])[];
}

export interface Lesson {
  readonly name: LessonName;
  readonly title: string;
  /** The one idea, as a sentence. */
  readonly idea: string;
  readonly minutes: number;
  readonly steps: readonly LessonStep[];
  /** Where to go on. */
  readonly next: LessonName | null;
  readonly paper: PaperWords;
}
