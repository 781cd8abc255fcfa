/**
 * The flows that are drawn beside a run, one row each: its name, what it says, where it comes from, and by which rule its
 * prediction is judged. What integrates them is in theory/ and predict/; this is what page, files and commands say of them.
 */
import { ids } from './rows.ts';

/** Where a flow, or a statement about one, comes from. */
export interface Source {
  readonly words: string;
  /** Absent for a book. */
  readonly url?: string;
}

const arxiv = (words: string, number: string): Source => ({ words, url: `https://arxiv.org/abs/${number}` });

export const SOURCES = {
  barrett: arxiv('Barrett & Dherin 2021', '2009.11162'),
  hairer: { words: 'Hairer, Lubich & Wanner 2006, chapter IX' },
  kovachki: { words: 'Kovachki & Stuart 2021', url: 'https://www.jmlr.org/papers/v22/19-466.html' },
  ghosh: arxiv('Ghosh et al. 2023', '2302.00849'),
  smith: arxiv('Smith et al. 2021', '2101.12176'),
  cattaneo: arxiv('Cattaneo et al. 2024', '2309.00079'),
  rosca: arxiv('Rosca et al. 2023', '2302.01952'),
  cohen: arxiv('Cohen et al. 2021', '2103.00065'),
  central: arxiv('Cohen et al. 2024', '2410.24206'),
  dherin: arxiv('Dherin 2023', '2311.00235'),
  schraudolph: { words: 'Schraudolph 2002', url: 'https://doi.org/10.1162/08997660260028683' },
  golub: { words: 'Golub & Meurant 2010' },
} as const satisfies Readonly<Record<string, Source>>;

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
}

const row = (title: string, explains: string, more: Partial<FlowRow> = {}): FlowRow => ({
  title,
  words: title.charAt(0).toLowerCase() + title.slice(1),
  explains,
  source: null,
  order: null,
  averaged: 1,
  pastTheEdge: false,
  ...more,
});

/** The predictions that a link can ask for, in its order. */
const PREDICTION_ROWS = {
  'gradient-flow': row('Gradient flow', 'Infinitely small steps: the control.', { order: 2 }),
  'modified-flow': row(
    'Modified flow',
    'What the optimizer follows to first order in h. For gradient descent it is integrated as −∇L(θ + (h/2)∇L(θ)), from two gradients.',
    { source: SOURCES.barrett, order: 3 },
  ),
  'modified-flow-exact': row(
    'Exact first order',
    'For gradient descent −(g + (h/2) H g) itself, by a product with the Hessian H: equal to the two-gradient form to first order in h.',
    { source: SOURCES.barrett, order: 3 },
  ),
  'third-order-flow': row('Third-order flow', 'For gradient descent: the modified flow and its next term, from three gradients.', {
    source: SOURCES.hairer,
    order: 4,
  }),
  'self-held': row(
    'Self-held forecast',
    'The modified flow with a step size that it holds to its own sharpness, h = c/λ. Nothing that is measured along the run enters it, not even the step sizes.',
    { source: SOURCES.barrett, order: 3 },
  ),
  'principal-flow': row(
    'Principal flow',
    'For gradient descent while h · λmax is below 1: along the three steepest directions what it does on a quadratic, the modified flow along the rest. It costs by far the most.',
    { source: SOURCES.rosca },
  ),
  'central-flow': row(
    'Central flow',
    'Past the edge of stability, for gradient descent with a constant step size: the mean of the oscillating loss. It predicts neither single spikes nor the onset.',
    { source: SOURCES.central, averaged: 21, pastTheEdge: true },
  ),
  composite: row('Composite', 'For gradient descent: a few steps on either side of the fusion as one flow, with and without its bracket.', {
    source: SOURCES.dherin,
  }),
  spectral: row('Spectrum at the growth', 'For gradient descent: the loss for a few steps after the fusion, for some twenty gradients.', {
    source: SOURCES.schraudolph,
  }),
} as const satisfies Readonly<Record<string, FlowRow>>;

/** What else is drawn, beside those. */
const BESIDE_ROWS = {
  'sign-flow': row(
    'Sign flow',
    'What the optimizer would follow in infinitely small steps: every weight moves about as far as every other. It is the control.',
    { source: SOURCES.cattaneo },
  ),
  'shuffled-runs': row(
    'Mean of shuffled runs',
    'The mean of several runs with other shufflings: what flows of mini-batches are compared with.',
  ),
  'composite-without-bracket': row('Without bracket', 'The composite without its Lie bracket: the control.'),
} as const satisfies Readonly<Record<string, FlowRow>>;

export type PredictionName = keyof typeof PREDICTION_ROWS;
export const PREDICTIONS = ids(PREDICTION_ROWS);
/**
 * What is drawn for a prediction: `sign-flow` is the control of Adam, in the place of the gradient flow; `shuffled-runs`
 * the mean of several runs of mini-batches, which their flows are compared with; `composite-without-bracket` the control
 * of the composite.
 */
export type DrawnFlow = PredictionName | keyof typeof BESIDE_ROWS;
export const FLOW_ROWS: Readonly<Record<DrawnFlow, FlowRow>> = { ...PREDICTION_ROWS, ...BESIDE_ROWS };

/** Where these flows come from, each source once, in their order. */
export function sourcesOf(flows: readonly DrawnFlow[]): readonly Source[] {
  return [...new Set(flows.flatMap((flow) => FLOW_ROWS[flow].source ?? []))];
}

/** Whose prediction stands for a run where several are drawn: the first of these; the controls only where they are alone. */
export const HEADLINE: readonly DrawnFlow[] = [
  'central-flow',
  'third-order-flow',
  'modified-flow-exact',
  'modified-flow',
  'self-held',
  'principal-flow',
  'gradient-flow',
  'sign-flow',
];
