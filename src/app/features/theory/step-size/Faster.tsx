/** Why training with a larger step is not the same curve run faster, with the numbers of this moment. */
import { useStore } from '../../../state/store.ts';
import { Term } from '../../../ui/Term.tsx';
import ui from '../../../ui/ui.module.css';
import { size } from '../../../text/words.ts';
import { three, two } from '../numbers.ts';
import { lambdaNow, sizesNow } from './sizes.ts';
import parts from '../parts.module.css';
import styles from '../theory.module.css';

/** What the larger of two steps does along the sharpest direction, in words. */
export function conclusion(h: number, other: number, lambda: number): string {
  const larger = Math.max(h, other) * lambda;
  if (larger >= 2) return 'Past 2 the larger step leaps farther out each time: no smooth curve does that, at any speed.';
  if (larger > 1) return 'Above 1 the larger step lands on the other side of the valley each time: it zigzags, which no smooth curve does.';
  return 'The larger step is pushed harder to where the loss is flat, and gets along its sharpest direction sooner than time alone says.';
}

export function Faster() {
  const norms = useStore((s) => s.gradientNorms);
  const id = useStore((s) => s.growth?.target ?? 'A');
  const own = useStore((s) => sizesNow(s).own);
  const asked = useStore((s) => sizesNow(s).asked);
  const lambda = useStore(lambdaNow);
  const norm = norms.get(id);
  const known = own !== null && lambda !== null && norm !== undefined;
  const other = own === null ? null : asked === null || asked === own ? 2 * own : asked;
  return (
    <section aria-label="Not the same curve, faster" className={parts.part}>
      <h2 className={ui.heading}>A larger step is not the same curve, faster</h2>
      {known && other !== null ? (
        <>
          <table className={parts.table}>
            <caption className="visually-hidden">What one step does, with the run’s own step size and with another</caption>
            <thead>
              <tr>
                <th scope="col">One step</th>
                <th scope="col">h = {size(own)}</th>
                <th scope="col">
                  {size(other)} {asked === null || asked === own ? '(twice)' : '(asked)'}
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <Term explains="What the step size adds to the loss that is followed: it grows with h, so a larger step follows another loss.">
                    Flatness term
                  </Term>
                </th>
                {[own, other].map((h) => (
                  <td key={h}>{three((h / 4) * norm.squared)}</td>
                ))}
              </tr>
              <tr>
                <th scope="row">
                  <Term explains="Along the sharpest direction a step multiplies the distance to the bottom by 1 − hλ. Below zero it lands on the other side; below −1 it leaps farther out.">
                    Step, 1 − hλ
                  </Term>
                </th>
                {[own, other].map((h) => (
                  <td key={h}>× {two(1 - h * lambda)}</td>
                ))}
              </tr>
              <tr>
                <th scope="row">
                  <Term explains="What the same time would do if steps were infinitely small: the curve that is only run faster.">
                    Time alone, exp(−hλ)
                  </Term>
                </th>
                {[own, other].map((h) => (
                  <td key={h}>× {two(Math.exp(-h * lambda))}</td>
                ))}
              </tr>
            </tbody>
          </table>
          <p className={styles.under}>{conclusion(own, other, lambda)}</p>
        </>
      ) : (
        <p className={styles.under}>Numbers appear while it trains.</p>
      )}
    </section>
  );
}
