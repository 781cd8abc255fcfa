/**
 * What gradient descent follows, as a ladder of flows: what is integrated for each, by which power of the step size it is
 * off, and how far it is off here. Formulas and sources: theory/flows/flows.ts.
 */
import type { ReactNode } from 'react';
import { FLOW_ROWS, SOURCES } from '../../../../experiment/flows.ts';
import { stepSizeAfter } from '../../../../experiment/experiment.ts';
import { stepSizeNow, shownExperiment } from '../../../state/derived/derive.ts';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { percent } from '../../../text/words.ts';
import { FlatterLoss, Fraction } from './Fraction.tsx';
import { three, two } from '../numbers.ts';
import { Orders } from './Orders.tsx';
import { OverSeeds, Sturdiest } from '../agreement/OverSeeds.tsx';
import { lambdaNow } from '../step-size/sizes.ts';
import { SourceLinks } from '../SourceLinks.tsx';
import ladder from './ladder.module.css';
import styles from '../theory.module.css';

type Rung = 'gradient-flow' | 'modified-flow-exact' | 'modified-flow' | 'third-order-flow';

const gradientAt = (where: ReactNode): ReactNode => (
  <>
    ∇<i>L</i>({where})
  </>
);

const RUNGS: readonly { readonly flow: Rung; readonly spoken: string; readonly formula: ReactNode; readonly note?: ReactNode }[] = [
  { flow: 'gradient-flow', spoken: 'theta prime equals minus g', formula: <span>−g</span> },
  {
    flow: 'modified-flow-exact',
    spoken: 'theta prime equals minus the sum of g and h over two times H g',
    formula: (
      <>
        <span>−(g +</span>
        <Fraction above="h" below="2" />
        <span>H g)</span>
      </>
    ),
  },
  {
    flow: 'modified-flow',
    spoken: 'theta prime equals minus the gradient of L at theta plus h over two times the gradient of L at theta',
    formula: (
      <>
        <span>
          −∇<i>L</i>(θ +
        </span>
        <Fraction above="h" below="2" />
        <span>{gradientAt('θ')})</span>
      </>
    ),
    note: 'The same first order from two gradients. Beyond it the two differ, by as much as they are off themselves.',
  },
  {
    flow: 'third-order-flow',
    spoken: 'theta prime equals k one plus k two minus eight k three, over six',
    formula: (
      <Fraction
        above={
          <>
            k<sub>1</sub> + k<sub>2</sub> − 8k<sub>3</sub>
          </>
        }
        below="6"
      />
    ),
    note: (
      <>
        k<sub>1</sub> = {gradientAt('θ')}, k<sub>2</sub> ={' '}
        {gradientAt(
          <>
            θ + h k<sub>1</sub>
          </>,
        )}
        , k<sub>3</sub> ={' '}
        {gradientAt(
          <>
            θ + h (k<sub>1</sub> + k<sub>2</sub>)/4
          </>,
        )}
      </>
    ),
  },
];

const PARTS: readonly string[] = ['', '', 'a quarter', 'an eighth', 'a sixteenth'];

/** `off by h² a step: half the step size, a quarter of the error`. */
function offBy(order: number): ReactNode {
  return (
    <>
      One step is off by a term in h<sup>{order}</sup>: half the step size, {PARTS[order]} of the error.
    </>
  );
}

export function Ladder() {
  const predict = useStore((s) => shownExperiment(s).predict);
  return (
    <section aria-label="What gradient descent follows" className={ladder.ladder}>
      <h2 className={ui.heading}>What gradient descent follows</h2>
      <p className={styles.under}>
        A smooth flow. The more terms in the step size h it has, the faster its error falls as h gets smaller. Here g = ∇L and H = ∇²L.
        Setup, Prediction chooses which are drawn.
      </p>
      <ol>
        {RUNGS.map(({ flow, spoken, formula, note }) => (
          <li key={flow} data-flow={flow}>
            <p className={ladder.rung}>
              <b>{FLOW_ROWS[flow].title}</b>
              {predict.includes(flow) ? <span>drawn here</span> : null}
            </p>
            <div className={styles.equation} role="math" aria-label={spoken}>
              <i>θ′</i>
              <span>=</span>
              {formula}
            </div>
            {note ? <p className={styles.under}>{note}</p> : null}
            <p className={styles.under}>{offBy(FLOW_ROWS[flow].order ?? 0)}</p>
            <OverSeeds flow={flow} />
          </li>
        ))}
      </ol>
      <Sturdiest flows={RUNGS.map(({ flow }) => flow)} />
      <Orders />
      <Flatness />
      <WhoseSteps />
      <BeyondOne />
      <SourceLinks of={[SOURCES.barrett, SOURCES.hairer]} />
    </section>
  );
}

/** The first order as a loss, with the numbers of this moment. */
function Flatness() {
  const norms = useStore((s) => s.gradientNorms);
  const id = useStore((s) => s.growth?.target ?? 'A');
  const h = useStore(stepSizeNow);
  const norm = norms.get(id);
  const known = norm !== undefined && h !== null;
  const quarter = (h ?? 0) / 4;
  const term = quarter * (norm?.squared ?? 0);
  return (
    <>
      <p className={styles.under}>To first order that is gradient flow on another loss, which prefers flat places:</p>
      <div
        className={styles.formula}
        role="math"
        aria-label="L tilde equals L plus h over four times the squared norm of the gradient of L"
      >
        <FlatterLoss />
        <span>
          ‖∇<i>L</i>‖<sup>2</sup>
        </span>
        {known ? (
          <>
            <b>{three(norm.loss + term)}</b>
            <b>=</b>
            <b>{three(norm.loss)}</b>
            <b>+</b>
            <b>{three(quarter)} ×</b>
            <b>{norm.squared >= 0.01 ? norm.squared.toFixed(2) : norm.squared.toExponential(1)}</b>
          </>
        ) : null}
      </div>
      <p className={ui.note}>
        {known
          ? `The flatness term is ${percent(term / norm.loss)} of the loss of ${id} at step ${norm.step}.`
          : 'Numbers appear while it trains.'}
      </p>
    </>
  );
}

/** Where the step sizes of the flows come from, where they are not simply given. */
function WhoseSteps() {
  const held = useStore((s) => shownExperiment(s).h.kind === 'edge' || stepSizeAfter(shownExperiment(s)).kind === 'edge');
  if (!held) return null;
  return (
    <p className={styles.under}>
      The step sizes h = c/λ in these flows are the run’s own: λ is measured along the run and kept as a table. Only the self-held forecast
      takes them from its own λ.
    </p>
  );
}

/** Why it works where the series in hλ does not converge along the sharpest direction. */
function BeyondOne() {
  const h = useStore(stepSizeNow);
  const lambda = useStore(lambdaNow);
  const product = h === null || lambda === null ? null : h * lambda;
  if (product === null || product < 1 || product >= 2) return null;
  const step = 1 - product;
  return (
    <p className={styles.under} data-part="beyond-one">
      Along the sharpest direction h · λmax is {two(product)}, and there the series in h · λ, which adds up to −log(1 − hλ)/(hλ), converges
      only below 1. No flow can do what a step does there, which lands on the other side of the valley (× {two(step)}; the first order gives
      × {two(Math.exp(-product - product ** 2 / 2))}). It matters little while both are far from ±1: within a few steps little is left along
      that direction in the run or in the flow, and the loss goes down along the many others, whose h · λ is below 1.
    </p>
  );
}
