/**
 * The networks that train beside the plan to be compared with it: which curve is whose, what each is called, and what
 * explains it.
 */
import { say } from '../../text/en/chart/plot.ts';
import type { WordId } from '../../text/glossary.ts';
import { ALONE_ID, ENSEMBLE_ID, type ModelId, SCRATCH_ID, UNREAD_ID } from '../../../experiment/experiment.ts';

interface Beside {
  readonly model: ModelId;
  readonly explains: WordId;
  /** Among the keys, and where there is little room. */
  readonly key: string;
  readonly short: string;
  /** At its curve. */
  readonly atCurve: string;
  /** As the head of a column. */
  readonly head: string;
}

/** In the order in which they are named. */
export const BESIDE = {
  alone: {
    model: ALONE_ID,
    explains: 'alone',
    key: say.smallAlone,
    short: say.alone,
    atCurve: say.alone,
    head: say.aSmallNetworkAloneMeasured,
  },
  ensemble: {
    model: ENSEMBLE_ID,
    explains: 'ensemble',
    key: say.averagedNotFused,
    short: say.averaged,
    atCurve: say.notFusedAveraged,
    head: say.theSourcesAveragedNotFused,
  },
  unread: {
    model: UNREAD_ID,
    explains: 'unread',
    key: say.withoutReading,
    short: say.unread,
    atCurve: say.withoutReading,
    head: say.withoutReadingMeasured,
  },
  scratch: {
    model: SCRATCH_ID,
    explains: 'from scratch',
    key: say.fromScratch,
    short: say.scratch,
    atCurve: say.fromScratch,
    head: say.fromScratchMeasured,
  },
} as const satisfies Readonly<Record<string, Beside>>;

export type BesideKind = keyof typeof BESIDE;
export const BESIDE_KINDS = Object.keys(BESIDE) as readonly BesideKind[];

export const isBeside = (kind: string): kind is BesideKind => Object.hasOwn(BESIDE, kind);

/** Null of a network of the plan. */
export const besideOf = (model: ModelId): BesideKind | null => BESIDE_KINDS.find((kind) => BESIDE[kind].model === model) ?? null;

/** A network's name where there is little room: its letter, or what it is beside the plan. */
export function shortNameOf(model: ModelId): string {
  const beside = besideOf(model);
  return beside ? BESIDE[beside].short : model;
}
