/** Numbers that go with a curve, each with what it says and today's numbers in its formula. */
import { type ReactNode } from 'react';
import { lossAt } from '../chart/curve.ts';
import { LEAST_DROP, TRUSTED_SHARE } from '../chart/prediction-error.ts';
import { stepSizeNow } from '../derive.ts';
import type { State } from '../state.ts';
import { useStore } from '../store.ts';
import ui from '../ui/ui.module.css';
import { count } from '../words.ts';
import { share, three, two } from './numbers.ts';
import parts from './parts.module.css';
import styles from './theory.module.css';

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

export interface Bound {
  readonly step: number;
  readonly off: number;
  readonly bound: number;
  readonly start: number;
  readonly least: number;
}

/** What "trusted" compares at the newest measured step: the prediction's distance, and 1 % of the drop so far (at least 5 % of the start). */
export function boundNow({ chart, growth, experiment }: Pick<State, 'chart' | 'growth' | 'experiment'>): Bound | null {
  const id = growth?.target ?? 'A';
  const measured = chart.measured.get(id);
  const first = chart.measured.get(growth?.sources[0] ?? 'A')?.losses[0];
  const flow = experiment.predict.includes('modified-flow') ? 'modified-flow' : 'gradient-flow';
  const predicted = (chart.predicted.get(`${flow}|0|plan`) ?? chart.predicted.get(`${flow}|growth|plan`))?.get(id);
  if (!measured || !predicted || first === undefined || measured.length === 0) return null;
  const last = Math.min(measured.steps[measured.length - 1] ?? 0, predicted.steps[predicted.length - 1] ?? 0);
  const [now, said] = [lossAt(measured, last), lossAt(predicted, last)];
  if (now === null || said === null) return null;
  let least = now;
  for (let i = 0; i < measured.length && (measured.steps[i] ?? 0) <= last; i++) least = Math.min(least, measured.losses[i] ?? least);
  return { step: last, off: said - now, bound: TRUSTED_SHARE * Math.max(first - least, LEAST_DROP * first), start: first, least };
}

const FLOWS = ['gradient-flow', 'sign-flow', 'modified-flow', 'third-order-flow', 'central-flow', 'principal-flow'] as const;

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
    return found ? [{ words: flow.replaceAll('-', ' '), ...found }] : [];
  });
  if (!norm && !trusted && held.length === 0) return null;
  return (
    <section aria-label="Diagnostics" className={parts.part}>
      <hr className={ui.divider} />
      <h2 className={ui.heading}>Diagnostics</h2>
      <dl className={styles.lines}>
        {norm ? (
          <Item title={<>‖∇L‖</>} value={two(Math.sqrt(norm.squared))}>
            How steep the loss of {id} is: a step moves its weights by h‖∇L‖
            {h === null ? '' : ` = ${three(h)} × ${two(Math.sqrt(norm.squared))} = ${two(h * Math.sqrt(norm.squared))}`}.
          </Item>
        ) : null}
        {norm && h !== null ? (
          <Item title="Flatness share" value={share(((h / 4) * norm.squared) / norm.loss)}>
            How strongly the step size prefers flat places: (h/4)‖∇L‖²/L = {three(h / 4)} × {two(norm.squared)} / {three(norm.loss)}.
          </Item>
        ) : null}
        {trusted ? (
          <Item title={`Off at step ${count(trusted.step)}`} value={two(trusted.off)}>
            Trusted while the prediction is within {TRUSTED_SHARE * 100} % of the drop so far: {TRUSTED_SHARE} × ({trusted.start.toFixed(2)}{' '}
            − {trusted.least.toFixed(2)}) = {two(trusted.bound)}.
          </Item>
        ) : null}
        {held.map(({ words, step, distance, travelled }) => (
          <Item key={words} title={<>‖θ_run − θ_flow‖, {words}</>} value={two(distance)}>
            How far the weights of {id} are from the predicted ones at step {count(step)}: {two(distance)} of {two(travelled)} travelled,{' '}
            {share(distance / travelled)}. Curves may agree where weights do not.
          </Item>
        ))}
      </dl>
    </section>
  );
}
