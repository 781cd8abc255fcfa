/**
 * A setting: one declaration, plain data, from which everything else follows (settings/README.md). Nothing here
 * reads or writes anything, so that the page, the worker and the command line can all afford it.
 */
import type { NormKind } from '../declared/norms.ts';
import type { OperatorName } from '../declared/operators.ts';
import type { OptimizerName } from '../declared/optimizers.ts';
import type { TaskId } from '../declared/tasks.ts';
import type { CorpusId } from '../declared/texts.ts';
import type { ModelSize, PlanStage, StepSize } from './values.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A number. `instead`: a word of the link that may stand in its place, and what it is in the experiment. */
export interface NumberType extends Range {
  readonly is: 'number';
  readonly whole: boolean;
  /** `undefined`: it is missing in the experiment. */
  readonly instead?: { readonly word: string; readonly value: string | null | undefined };
}
/** One of a few words. */
export interface ChoiceType<Word extends string = string> {
  readonly is: 'choice';
  readonly words: readonly Word[];
}
/** Some of a few words, in their order; the link's word for none is `off`. */
export interface ListType<Word extends string = string> {
  readonly is: 'list';
  readonly words: readonly Word[];
  readonly mayBeEmpty: boolean;
}
/** Yes (`1` in a link) or no (`0`): an optional setting, which is there or is not. */
interface FlagType {
  readonly is: 'flag';
}
/**
 * A step size; `same`: it may be left to the one before (null). It has a second key, under which it is held to the
 * sharpness.
 */
export interface StepSizeType<Same extends boolean = boolean> {
  readonly is: 'step-size';
  readonly same: Same;
  readonly edgeKey: string;
}
/** The size of a model: several whole numbers, each with a key of its own. */
export interface SizesType {
  readonly is: 'sizes';
  readonly of: Readonly<Record<keyof ModelSize, Range & { readonly what: string; readonly words?: string; readonly help: string }>>;
}
/** A text that a regular expression holds to its form. */
export interface TextType {
  readonly is: 'text';
  readonly form: RegExp;
  /** A value as it should be, for complaints. */
  readonly example: string;
}
/** A plan as text: `A:200,B:200,A+B>M:400`. */
interface PlanType {
  readonly is: 'plan';
}

type SettingType = NumberType | ChoiceType | ListType | FlagType | TextType | StepSizeType | SizesType | PlanType;

/** The value in an experiment. */
export type ValueOf<T extends SettingType> = T extends NumberType
  ? number | (T extends { readonly instead: { readonly value: infer Instead } } ? Exclude<Instead, undefined> : never)
  : T extends ChoiceType<infer Word>
    ? Word
    : T extends ListType<infer Word>
      ? readonly Word[]
      : T extends FlagType
        ? boolean
        : T extends TextType
          ? string
          : T extends StepSizeType<infer Same>
            ? StepSize | (Same extends true ? null : never)
            : T extends SizesType
              ? ModelSize
              : readonly PlanStage[];

export const whole = (min: number, max: number) => ({ is: 'number', whole: true, min, max }) as const;
export const real = (min: number, max: number) => ({ is: 'number', whole: false, min, max }) as const;
/** The same, or a word in its place. */
export const or = <const N extends Range & { readonly is: 'number'; readonly whole: boolean }, const V extends string | null | undefined>(
  number: N,
  word: string,
  value: V,
) => ({ ...number, instead: { word, value } });
export const choice = <const Word extends string>(words: readonly Word[]): ChoiceType<Word> => ({ is: 'choice', words });
export const list = <const Word extends string>(words: readonly Word[], mayBeEmpty = true): ListType<Word> => ({
  is: 'list',
  words,
  mayBeEmpty,
});

/** The parts of an experiment that a setting may look at, to say where it means something. */
export interface Seen {
  readonly task: TaskId;
  readonly corpus?: CorpusId | undefined;
  readonly batch: number | 'full';
  readonly plan?: readonly PlanStage[];
  readonly optimizer: OptimizerName;
  readonly operator: OperatorName;
  readonly norm: NormKind;
}

/** The rows of Setup, each of which opens an editor. */
export type SetupRow =
  | 'task'
  | 'model'
  | 'optimizer'
  | 'h'
  | 'h2'
  | 'batch'
  | 'seed'
  | 'grow'
  | 'steps'
  | 'predict'
  | 'baseline'
  | 'pace'
  | 'adapter';

interface Declaration {
  readonly type: SettingType;
  /** Its key in a link, where that is not its name in the experiment. */
  readonly key?: string;
  /** The kind of its value, in complaints: "release=x is not *a number of steps* (0 to 100,000)". */
  readonly what: string;
  /** Its name in a sentence about differences; its key if nothing better is said. */
  readonly words?: string;
  /** Its effect, for the schema and the documentation: no full stop at its end. */
  readonly help: string;
  /**
   * Missing in an experiment that does without, in its file too. Settings that are added are of this kind: what was
   * written before them stays as it was, to the byte.
   */
  readonly optional?: true;
  /**
   * Whether it changes a number of the training, where not everywhere; `false`: it changes what is shown, or how fast.
   */
  readonly changesRun?: false | ((seen: Seen) => boolean);
  /** The value with which a run is as if there were no such setting. */
  readonly neutral?: number | string;
  /** Experiments in files of earlier versions of this page do without it: theirs is the preset's. */
  readonly absentInOldFiles?: true;
  /** The values that an experiment may hold, where those are more than may be asked for. */
  readonly holds?: Range;
  /** Where a link does not say it, because something else does. */
  readonly unsaid?: (seen: Seen) => boolean;
  /** Operations a parameter and step that it adds where it is set. */
  readonly flops?: number;
  /** The field of Setup in which it is edited, where that is no more than a field. */
  readonly field?: {
    readonly row: SetupRow;
    readonly label: string;
    /** A sentence below it. */
    readonly note?: string;
    readonly unit?: string;
    /** The value that the field begins with where a word stood in the number's place. */
    readonly start?: number;
  };
}

/** A setting that means nothing beside some others. */
interface Conditional {
  /** Where it means something; elsewhere it becomes neutral. `silent`: this is told only if the link names the key. */
  readonly needs: {
    readonly when: (seen: Seen) => boolean;
    /** Other keys that may be to blame. */
    readonly keys?: readonly string[];
    readonly silent?: true;
  };
  /** Why it means nothing, where it does: continues the sentence "release=20 …". */
  readonly otherwise: (seen: Seen) => string;
}
interface Unconditional {
  readonly needs?: undefined;
  readonly otherwise?: undefined;
}

export type Setting = Declaration & (Conditional | Unconditional);

/** Keeps the type of a declaration as narrow as it is written. */
export const setting = <const S extends Setting>(declared: S): S => declared;
