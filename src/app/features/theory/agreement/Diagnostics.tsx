/** Numbers that go with a curve, each with what it says and today's numbers in its formula. */
import { say } from '../../../text/en/theory/theory.ts';
import { type ReactNode } from 'react';
import { type BandPoint, TRUST, trustBand } from '../../../../curves/trust.ts';
import { type DrawnFlow, isBaseline } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS, HEADLINE } from '../../../../experiment/declared/flows.ts';
import { lastStep, lossAt } from '../../../plot/curves/curve.ts';
import { referenceOf } from '../../../plot/curves/prediction-error.ts';
import { headlineOf, keyOfFlow } from '../../../state/derived/trust.ts';
import { stepSizeNow } from '../../../state/derived/derive.ts';
import type { State } from '../../../state/state.ts';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { asItIs, count, fixed, percent } from '../../../text/numbers.ts';
import { share, three, two } from '../numbers.ts';
import parts from '../parts.module.css';
import styles from '../theory.module.css';

function Item({ title, value, children }: { readonly title: ReactNode; readonly value: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={parts.diagnostic}>
      <dt>{title}</dt>
      <dd>
        <b>{value}</b>
      </dd>
      <dd className={styles.under}>{children}</dd>
    </div>
  );
}

/** The parts of the band of trust at a step, and how far the prediction is off there. */
export interface Bound extends BandPoint {
  readonly flow: DrawnFlow;
  readonly off: number;
}

/** The two losses that "trusted" compares at the newest step that the headline's prediction and the run share. */
function boundNow({ chart, growth }: Pick<State, 'chart' | 'growth'>): Bound | null {
  const id = growth?.target ?? 'A';
  const flow = headlineOf(chart);
  const key = flow === null ? null : keyOfFlow(chart, flow);
  if (flow === null || key === null) return null;
  const [measured, predicted] = [referenceOf(chart, key, id), chart.predicted.get(key)?.get(id)];
  if (!measured || !predicted || measured.length === 0) return null;
  const last = Math.min(lastStep(measured) ?? 0, lastStep(predicted) ?? 0);
  const [now, said] = [lossAt(measured, last), lossAt(predicted, last)];
  const planned = [...chart.measured].filter(([model]) => !isBaseline(model)).map(([, curve]) => curve);
  const point = trustBand(planned).findLast(({ step }) => step <= last);
  return now === null || said === null || !point ? null : { ...point, flow, off: said - now };
}

const FLOWS = HEADLINE.toReversed();

export function Diagnostics() {
  const norms = useStore((s) => s.gradientNorms);
  const id = useStore((s) => s.growth?.target ?? 'A');
  const h = useStore(stepSizeNow);
  const bound = useStore((s) => JSON.stringify(boundNow(s)));
  const distances = useStore((s) => s.distances);
  const norm = norms.get(id);
  const trusted = JSON.parse(bound) as Bound | null;
  const held = FLOWS.flatMap((flow) => {
    const found = distances.get(`${flow}|0|plan|${id}`) ?? distances.get(`${flow}|growth|plan|${id}`);
    return found ? [{ words: FLOW_ROWS[flow].words, ...found }] : [];
  });
  if (!norm && !trusted && held.length === 0) return null;
  return (
    <section aria-label={say.diagnostics} className={parts.part}>
      <hr className={ui.divider} />
      <h2 className={ui.heading}>{say.diagnostics}</h2>
      <dl className={styles.lines}>
        {norm ? (
          <Item title={<>‖∇L‖</>} value={two(Math.sqrt(norm.squared))}>
            {say.howSteepTheLossOfIs(
              id,
              h === null ? '' : say.product(three(h), two(Math.sqrt(norm.squared)), two(h * Math.sqrt(norm.squared))),
            )}
          </Item>
        ) : null}
        {norm && h !== null ? (
          <Item title={say.flatnessShare} value={share(((h / 4) * norm.squared) / norm.loss)}>
            {say.howStronglyTheStepSize(three(h / 4), two(norm.squared), three(norm.loss))}
          </Item>
        ) : null}
        {trusted ? (
          <Item title={say.offAtStep(count(trusted.step))} value={two(trusted.off)}>
            {say.theBandOfTrustIsOf(
              FLOW_ROWS[trusted.flow].title,
              percent(TRUST.share),
              asItIs(TRUST.share),
              fixed(trusted.start, 2),
              fixed(trusted.least, 2),
              two(trusted.width),
            )}
          </Item>
        ) : null}
        {held.map(({ words, step, distance, travelled }) => (
          <Item key={words} title={<>{say.runFlow(words)}</>} value={two(distance)}>
            {say.howFarTheWeightsOfAre(id, count(step), two(distance), two(travelled), share(distance / travelled))}
          </Item>
        ))}
      </dl>
    </section>
  );
}
