/** The flow of the run's optimizer, as the optimizer says, with the numbers of this moment in it. */
import { say } from '../../../text/en/theory/flow-card.ts';
import type { ReactNode } from 'react';
import { SOURCES } from '../../../../experiment/declared/flows.ts';
import type { FlowReport } from '../../../../predict/reports.ts';
import { stepSizeNow } from '../../../state/derived/derive.ts';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { fixed, size } from '../../../text/numbers.ts';
import { FlatterLoss, Fraction } from './Fraction.tsx';
import { Ladder } from './Ladder.tsx';
import { SourceLinks } from '../SourceLinks.tsx';
import styles from '../theory.module.css';

type Of<K extends FlowReport['kind']> = Extract<FlowReport, { readonly kind: K }>;

/** One card a kind of flow; where none is known there is none. */
const CARDS: { readonly [K in FlowReport['kind']]: ((flow: Of<K>) => ReactNode) | null } = {
  'gradient-descent': () => <Ladder />,
  inertial: (flow) => <Inertial flow={flow} />,
  adaptive: (flow) => <Adaptive flow={flow} />,
  'mini-batch': (flow) => <MiniBatch flow={flow} />,
  none: null,
};

/** Null where there is nothing to say, so that no divider stands alone. */
export function FlowCard() {
  const flow = useStore((s) => s.flow);
  const card = flow && cardOf(flow);
  if (!card) return null;
  return (
    <>
      <hr className={ui.divider} />
      {card}
    </>
  );
}

function cardOf<K extends FlowReport['kind']>(flow: Of<K>): ReactNode {
  return CARDS[flow.kind as K]?.(flow) ?? null;
}

/** Polyak's heavy ball has mass: Kovachki & Stuart 2021, JMLR 22. */
function Inertial({ flow: { beta } }: { readonly flow: Of<'inertial'> }) {
  const h = useStore(stepSizeNow);
  const inSteps = (1 + beta) / (2 * (1 - beta));
  const time = h === null ? null : h / (1 - beta);
  return (
    <section aria-label={say.whatMomentumFollows}>
      <h2 className={ui.heading}>{say.whatMomentumFollows}</h2>
      <div className={styles.equation} role="math" aria-label={say.momentumSpoken}>
        <i>μ</i>
        <i>θ″</i>
        <span>+</span>
        <i>θ′</i>
        <span>=</span>
        <span>
          −∇<i>L</i>
        </span>
      </div>
      <p className={ui.note}>
        {time === null ? null : (
          <>
            <b>μ = {size(inSteps * time)}</b>
            {say.andOneStepOfTakesThe(size(h ?? 0), size(time))}
          </>
        )}
        {say.aBallWithMassWhatWas(fixed(inSteps, 1), beta)}
      </p>
      <SourceLinks of={[SOURCES.kovachki, SOURCES.ghosh]} />
    </section>
  );
}

/** Cattaneo et al. 2024, arXiv 2309.00079, for ε beside the root. */
function Adaptive({ flow: { title, beta1, beta2, epsilon } }: { readonly flow: Of<'adaptive'> }) {
  const h = useStore(stepSizeNow);
  const [small, large] = [weight(beta1), weight(beta1) - weight(beta2)];
  return (
    <section aria-label={say.whatFollows(title)}>
      <h2 className={ui.heading}>{say.whatFollows(title)}</h2>
      <div className={styles.equation} role="math" aria-label={say.adaptiveSpoken}>
        <i>θ′</i>
        <span>=</span>
        <span>
          −<i>P</i> (<i>g</i>
        </span>
        <span>+</span>
        <Fraction above="h" below="2" />
        <span>
          <i>c</i> <i>H</i> <i>P</i> <i>g</i>)
        </span>
      </div>
      <p className={ui.note}>{say.preconditioned(h === null ? null : size(h), signed(small), epsilon, signed(large), beta1, beta2)}</p>
      <SourceLinks of={[SOURCES.cattaneo]} />
    </section>
  );
}

/** Smith et al. 2021, arXiv 2101.12176. */
function MiniBatch({ flow: { batches } }: { readonly flow: Of<'mini-batch'> }) {
  const h = useStore(stepSizeNow);
  return (
    <section aria-label={say.whatMiniBatchesFollowInThe}>
      <h2 className={ui.heading}>{say.whatMiniBatchesFollowInThe}</h2>
      <div className={styles.equation} role="math" aria-label={say.miniBatchLossSpoken}>
        <FlatterLoss />
        <span>
          ‖<i>g</i>‖<sup>2</sup>
        </span>
        <span>+</span>
        <Fraction
          above="h"
          below={
            <>
              4<i>m</i>
            </>
          }
        />
        <span>
          Σ ‖<i>g</i>
          <sub>k</sub> − <i>g</i>‖<sup>2</sup>
        </span>
      </div>
      <p className={ui.note}>{say.batchesExplained(h === null ? null : size(h), batches)}</p>
      <SourceLinks of={[SOURCES.smith]} />
    </section>
  );
}

const signed = (x: number): string => fixed(x, 0);
const weight = (beta: number): number => (1 + beta) / (1 - beta);
