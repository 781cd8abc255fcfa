/** The growths of the run, what the networks look like at them, and what was found out beside them. */
import type { ModelId, TaskId } from '../../../experiment/experiment.ts';
import type { BracketReport, CompositeReport, OrderReport, SpectrumReport } from '../../../predict/reports.ts';
import type { AttentionReport, GrowthReport, OwnToken, OwnWord, SampleRow, WeightPicture } from '../../../run/reports.ts';
import { NO_MEANS, type WeightMeans } from '../heard/weight-courses.ts';

export interface SamplesReport {
  readonly task: TaskId;
  readonly rows: readonly SampleRow[];
  /** The reader's own word; null while none was typed. */
  readonly own: OwnWord | null;
  /** Model → share or number of exact answers, as the worker counted them, of `of`. */
  readonly exact: Readonly<Record<ModelId, number>>;
  readonly of: number;
  readonly step: number;
}

/** The worker's findings beside the run. */
export interface Finds {
  /**
   * The findings at the latest growth: the spectrum that instant curves are made of, and the composite of the steps
   * around it.
   */
  readonly spectrum: SpectrumReport | null;
  readonly composite: CompositeReport | null;
  /** The Lie bracket of every growth step that was tried, in order. */
  readonly brackets: readonly BracketReport[];
  /** The error of one step, flow by flow, as it was last measured; `null` before that was asked for. */
  readonly orders: OrderReport | null;
  /** The newest ‖θ_run − θ_flow‖. Key: `${flow}|${from}|${of}|${model}`. */
  readonly distances: ReadonlyMap<string, { readonly step: number; readonly distance: number; readonly travelled: number }>;
}

export interface GrowthSlice extends Finds {
  /** The latest growth. */
  readonly growth: GrowthReport | null;
  /** All of them, in their order. */
  readonly growths: readonly GrowthReport[];
  readonly samples: SamplesReport | null;
  readonly samplesBefore: SamplesReport | null;
  /** Every network's answer to the reader's text, token by token, as it comes. */
  readonly ownTokens: ReadonlyMap<ModelId, readonly OwnToken[]>;
  /** Which words a network looks at, where the reader looks at that. */
  readonly attention: AttentionReport | null;
  readonly weights: WeightPicture | null;
  /** Means of the tensor shown, along the run. */
  readonly weightMeans: WeightMeans;
  readonly symmetry: { readonly step: number; readonly total: number; readonly offDiagonal: number } | null;
}

export const NO_FINDS: Finds = { spectrum: null, composite: null, brackets: [], distances: new Map(), orders: null };

export const noGrowth = (): GrowthSlice => ({
  ...NO_FINDS,
  growth: null,
  growths: [],
  samples: null,
  samplesBefore: null,
  ownTokens: new Map(),
  attention: null,
  weights: null,
  weightMeans: NO_MEANS,
  symmetry: null,
});
