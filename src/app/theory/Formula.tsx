/** The loss that gradient descent really follows, with today's numbers in it (Barrett & Dherin 2021, arXiv 2009.11162). */
import { stepSizeNow } from '../derive.ts';
import { useStore } from '../store.ts';
import ui from '../ui/ui.module.css';
import { percent } from '../words.ts';
import { Fraction } from './Fraction.tsx';
import { three } from './numbers.ts';
import styles from './theory.module.css';

export function Formula() {
  const norms = useStore((s) => s.gradientNorms);
  const id = useStore((s) => s.growth?.target ?? 'A');
  const h = useStore(stepSizeNow);
  const norm = norms.get(id);
  const known = norm !== undefined && h !== null;
  const quarter = (h ?? 0) / 4;
  const term = quarter * (norm?.squared ?? 0);
  return (
    <section aria-label="What gradient descent really follows">
      <h2 className={ui.heading}>What gradient descent really follows</h2>
      <div
        className={styles.formula}
        role="math"
        aria-label="L tilde equals L plus h over four times the squared norm of the gradient of L"
      >
        <i>L̃</i>
        <span>=</span>
        <i>L</i>
        <span>+</span>
        <Fraction above="h" below="4" />
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
    </section>
  );
}
