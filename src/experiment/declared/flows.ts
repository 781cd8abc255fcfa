/**
 * The flows that are drawn beside a run, one row each: its name, what it says, where it comes from, and by which rule
 * its prediction is judged. What integrates them is in theory/ and predict/; this is what page, files and commands say
 * of them.
 */
import { spokenRows } from '../messages/language.ts';
import { ids } from '../rows.ts';
import { SOURCES, type Source } from './sources.ts';

export { SOURCES, type Source };

export interface FlowRow {
  /** For a choice: `Modified flow`. */
  readonly title: string;
  /** At its curve and in the middle of a sentence. */
  readonly words: string;
  readonly explains: string;
  readonly source: Source | null;
  /** The power of h with which the error of one step of gradient descent falls; null where it is no expansion in h. */
  readonly order: number | null;
  /** Steps over which it is compared with the run: more than one where it predicts the mean of an oscillation. */
  readonly averaged: number;
  /** Whether it describes the run past the edge of stability. */
  readonly pastTheEdge: boolean;
  /**
   * A prediction of the run; the control, what the optimizer would follow in infinitely small steps; no prediction, but
   * the mean of several runs; or something that looks at the growth alone.
   */
  readonly role: 'prediction' | 'control' | 'mean' | 'at the growth';
  /** The line that it is drawn with; `app/plot/curves/series.ts` knows how. */
  readonly line: FlowLine;
  /**
   * Gradients that an evaluation costs, as theory/flows/ has it, with an exact Hessian product as two; null of what
   * integrates no flow, and of the central flow, which is a step of its own.
   */
  readonly gradients: number | null;
  /** Its place in the lists that it stands in, the lowest first. */
  readonly place: Readonly<Partial<Record<FlowList, number>>>;
}

export type FlowLine =
  | 'modified'
  | 'gradient'
  | 'central'
  | 'exact'
  | 'third'
  | 'forecast'
  | 'principal'
  | 'mean'
  | 'composite'
  | 'plain-composite'
  | 'spectral';

/**
 * Lists of flows. `setup`: the choice of predictions. `agreement`: the table of how far each is off, the controls
 * first. `headline`: whose prediction stands for a run where several are drawn, the first that is there; controls only
 * where they are alone. `work`: which is worked on first; the dearest comes last.
 */
export type FlowList = 'setup' | 'agreement' | 'headline' | 'work';

const row = (title: string, explains: string, more: Partial<FlowRow> = {}): FlowRow => ({
  title,
  words: title.charAt(0).toLowerCase() + title.slice(1),
  explains,
  source: null,
  order: null,
  averaged: 1,
  pastTheEdge: false,
  role: 'prediction',
  line: 'modified',
  gradients: null,
  place: {},
  ...more,
});

/** Predictions that integrate a flow along the run. */
const INTEGRATED_ROWS = {
  'gradient-flow': row('Gradient flow', 'Infinitely small steps: the control.', {
    order: 2,
    role: 'control',
    line: 'gradient',
    gradients: 1,
    place: { setup: 1, agreement: 1, headline: 7, work: 6 },
  }),
  'modified-flow': row(
    'Modified flow',
    'What the optimizer follows to first order in h. For gradient descent it is integrated as −∇L(θ + (h/2)∇L(θ)), from two gradients.',
    { source: SOURCES.barrett, order: 3, gradients: 2, place: { setup: 2, agreement: 4, headline: 4, work: 4 } },
  ),
  'modified-flow-exact': row(
    'Exact first order',
    'For gradient descent −(g + (h/2) H g) itself, by a product with the Hessian H: equal to the two-gradient form to first order in h.',
    { source: SOURCES.barrett, order: 3, line: 'exact', gradients: 3, place: { setup: 3, agreement: 5, headline: 3, work: 3 } },
  ),
  'third-order-flow': row('Third-order flow', 'For gradient descent: the modified flow and its next term, from three gradients.', {
    source: SOURCES.hairer,
    order: 4,
    line: 'third',
    gradients: 3,
    place: { setup: 4, agreement: 6, headline: 2, work: 2 },
  }),
  'self-held': row(
    'Self-held forecast',
    'The modified flow with a step size that it holds to its own sharpness, h = c/λ. Nothing that is measured along the run enters it, not even the step sizes.',
    { source: SOURCES.barrett, order: 3, line: 'forecast', gradients: 2, place: { setup: 5, agreement: 3, headline: 5, work: 5 } },
  ),
  'principal-flow': row(
    'Principal flow',
    'For gradient descent while h · λmax is below 1: along the three steepest directions what it does on a quadratic, the modified flow along the rest. It costs by far the most.',
    { source: SOURCES.rosca, line: 'principal', gradients: 21, place: { setup: 7, agreement: 7, headline: 6, work: 7 } },
  ),
  'central-flow': row(
    'Central flow',
    'Past the edge of stability, for gradient descent with a constant step size: the mean of the oscillating loss. It predicts neither single spikes nor the onset.',
    {
      source: SOURCES.central,
      averaged: 21,
      pastTheEdge: true,
      line: 'central',
      place: { setup: 6, agreement: 8, headline: 1, work: 1 },
    },
  ),
} as const satisfies Readonly<Record<string, FlowRow>>;

/** Predictions that look at the growth alone. */
const LOCAL_ROWS = {
  composite: row('Composite', 'For gradient descent: a few steps on either side of the fusion as one flow, with and without its bracket.', {
    source: SOURCES.dherin,
    role: 'at the growth',
    line: 'composite',
    place: { setup: 9 },
  }),
  spectral: row('Spectrum at the growth', 'For gradient descent: the loss for a few steps after the fusion, for some twenty gradients.', {
    source: SOURCES.schraudolph,
    role: 'at the growth',
    line: 'spectral',
    place: { setup: 8 },
  }),
} as const satisfies Readonly<Record<string, FlowRow>>;

/** Further flows that are drawn, beside those. */
const BESIDE_ROWS = {
  'sign-flow': row(
    'Sign flow',
    'What the optimizer would follow in infinitely small steps: every weight moves about as far as every other. It is the control.',
    { source: SOURCES.cattaneo, role: 'control', line: 'gradient', place: { agreement: 2, headline: 8 } },
  ),
  'shuffled-runs': row(
    'Mean of shuffled runs',
    'The mean of several runs with other shufflings: what flows of mini-batches are compared with.',
    { role: 'mean', line: 'mean', place: { agreement: 9 } },
  ),
  'composite-without-bracket': row('Without bracket', 'The composite without its Lie bracket: the control.', {
    role: 'at the growth',
    line: 'plain-composite',
  }),
} as const satisfies Readonly<Record<string, FlowRow>>;

export type IntegratedFlow = keyof typeof INTEGRATED_ROWS;
export type PredictionName = IntegratedFlow | keyof typeof LOCAL_ROWS;
/** The predictions that a link can ask for, in its order. */
export const PREDICTIONS: readonly PredictionName[] = [...ids(INTEGRATED_ROWS), ...ids(LOCAL_ROWS)];
export function isIntegrated(name: PredictionName): name is IntegratedFlow {
  return Object.hasOwn(INTEGRATED_ROWS, name);
}
/**
 * The flows that are drawn for a prediction: `sign-flow` is the control of Adam, in the place of the gradient flow;
 * `shuffled-runs` the mean of several runs of mini-batches, which their flows are compared with;
 * `composite-without-bracket` the control of the composite.
 */
export type DrawnFlow = PredictionName | keyof typeof BESIDE_ROWS;
const ENGLISH_ROWS: Readonly<Record<DrawnFlow, FlowRow>> = { ...INTEGRATED_ROWS, ...LOCAL_ROWS, ...BESIDE_ROWS };
export const FLOW_FIELDS = ['title', 'words', 'explains'] as const;
export const FLOW_ROWS = spokenRows('flows', ENGLISH_ROWS, FLOW_FIELDS);

/** The flows of a list, in its order. */
export function flowsIn(name: FlowList): readonly DrawnFlow[] {
  const placeOf = (flow: DrawnFlow): number => FLOW_ROWS[flow].place[name] ?? Infinity;
  return ids(FLOW_ROWS)
    .filter((flow) => placeOf(flow) < Infinity)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Whether a flow is the control: what the optimizer would follow in infinitely small steps. */
export const isControlFlow = (flow: DrawnFlow): boolean => FLOW_ROWS[flow].role === 'control';

/** Where these flows come from, each source once, in their order. */
export function sourcesOf(flows: readonly DrawnFlow[]): readonly Source[] {
  return [...new Set(flows.flatMap((flow) => FLOW_ROWS[flow].source ?? []))];
}

/** Whose prediction stands for a run where several are drawn: the first of these. */
export const HEADLINE = flowsIn('headline');
