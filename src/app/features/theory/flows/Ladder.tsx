/**
 * The ladder of flows of gradient descent: what is integrated for each, by which power of the step size it
 * is off, and how far it is off here. Formulas and sources: theory/flows/flows.ts.
 */
import { say } from '../../../text/en/theory/ladder.ts';
import type { ReactNode } from 'react';
import { FLOW_ROWS, SOURCES } from '../../../../experiment/declared/flows.ts';
import { stepSizeAfter } from '../../../../experiment/experiment.ts';
import { stepSizeNow, shownExperiment } from '../../../state/derived/derive.ts';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { fixed, percent, power } from '../../../text/numbers.ts';
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
  { flow: 'gradient-flow', spoken: say.gradientFlowSpoken, formula: <span>−g</span> },
  {
    flow: 'modified-flow-exact',
    spoken: say.secondOrderSpoken,
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
    spoken: say.shiftedGradientSpoken,
    formula: (
      <>
        <span>
          −∇<i>L</i>(θ +
        </span>
        <Fraction above="h" below="2" />
        <span>{gradientAt('θ')})</span>
      </>
    ),
    note: say.theSameFirstOrderFromTwo,
  },
  {
    flow: 'third-order-flow',
    spoken: say.thirdOrderSpoken,
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

const PARTS: readonly string[] = ['', '', say.aQuarter, say.anEighth, say.aSixteenth];

/** `off by h² a step: half the step size, a quarter of the error`. */
function offBy(order: number): ReactNode {
  return (
    <>
      {say.oneStepIsOffByA}
      <sup>{order}</sup>
      {say.halfTheStepSizeOfThe(PARTS[order])}
    </>
  );
}

export function Ladder() {
  const predict = useStore((s) => shownExperiment(s).predict);
  return (
    <section aria-label={say.whatGradientDescentFollows} className={ladder.ladder}>
      <h2 className={ui.heading}>{say.whatGradientDescentFollows}</h2>
      <p className={styles.under}>{say.aSmoothFlowTheMoreTerms}</p>
      <ol>
        {RUNGS.map(({ flow, spoken, formula, note }) => (
          <li key={flow} data-flow={flow}>
            <p className={ladder.rung}>
              <b>{FLOW_ROWS[flow].title}</b>
              {predict.includes(flow) ? <span>{say.drawnHere}</span> : null}
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
      <p className={styles.under}>{say.toFirstOrderThatIsGradient}</p>
      <div className={styles.formula} role="math" aria-label={say.modifiedLossSpoken}>
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
            <b>{norm.squared >= 0.01 ? fixed(norm.squared, 2) : power(norm.squared, 1)}</b>
          </>
        ) : null}
      </div>
      <p className={ui.note}>
        {known ? say.theFlatnessTermIsOfThe(percent(term / norm.loss), id, norm.step) : say.numbersAppearWhileItTrains}
      </p>
    </>
  );
}

/** Where the step sizes of the flows come from, where they are not simply given. */
function WhoseSteps() {
  const held = useStore((s) => shownExperiment(s).h.kind === 'edge' || stepSizeAfter(shownExperiment(s)).kind === 'edge');
  if (!held) return null;
  return <p className={styles.under}>{say.theStepSizesHCIn}</p>;
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
      {say.alongTheSharpestDirectionH(two(product), two(step), two(Math.exp(-product - product ** 2 / 2)))}
    </p>
  );
}
