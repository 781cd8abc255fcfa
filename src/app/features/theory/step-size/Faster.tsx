/** Why training with a larger step is not the same curve run faster, with the numbers of this moment. */
import { say } from '../../../text/en/theory/theory.ts';
import { useStore } from '../../../state/store.ts';
import { Term } from '../../../ui/terms/Term.tsx';
import ui from '../../../ui/ui.module.css';
import { size } from '../../../text/numbers.ts';
import { three, two } from '../numbers.ts';
import { lambdaNow, sizesNow } from './sizes.ts';
import parts from '../parts.module.css';
import styles from '../theory.module.css';

/** The effect of the larger of two steps along the sharpest direction, in words. */
export function conclusion(h: number, other: number, lambda: number): string {
  const larger = Math.max(h, other) * lambda;
  if (larger >= 2) return say.past2TheLargerStepLeaps;
  if (larger > 1) return say.above1TheLargerStepLands;
  return say.theLargerStepIsPushed;
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
    <section aria-label={say.notTheSameCurveFaster} className={parts.part}>
      <h2 className={ui.heading}>{say.aLargerStepIsNotThe}</h2>
      {known && other !== null ? (
        <>
          <table className={parts.table}>
            <caption className="visually-hidden">{say.whatOneStepDoesWithThe}</caption>
            <thead>
              <tr>
                <th scope="col">{say.oneStep}</th>
                <th scope="col">{say.stepSizeIs(size(own))}</th>
                <th scope="col">
                  {size(other)} {asked === null || asked === own ? say.twice : say.asked}
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <Term explains={say.whatTheStepSizeAddsTo}>{say.flatnessTerm}</Term>
                </th>
                {[own, other].map((h) => (
                  <td key={h}>{three((h / 4) * norm.squared)}</td>
                ))}
              </tr>
              <tr>
                <th scope="row">
                  <Term explains={say.alongTheSharpestDirectionA}>{say.step1H}</Term>
                </th>
                {[own, other].map((h) => (
                  <td key={h}>× {two(1 - h * lambda)}</td>
                ))}
              </tr>
              <tr>
                <th scope="row">
                  <Term explains={say.whatTheSameTimeWouldDo}>{say.timeAloneExpH}</Term>
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
        <p className={styles.under}>{say.numbersAppearWhileItTrains}</p>
      )}
    </section>
  );
}
