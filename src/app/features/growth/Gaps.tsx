/** The gap to the sources' mean that every norm would have left at the moment of growth: the run's own is marked. */
import { say } from '../../text/en/network/growth.ts';
import { NORMS, type NormKind } from '../../../experiment/experiment.ts';
import { NORM_WORDS } from '../../../experiment/declared/norms.ts';
import type { GrowthReport } from '../../../run/reports.ts';
import { Hint } from '../../ui/terms/Hint.tsx';
import { Term } from '../../ui/terms/Term.tsx';
import ui from '../../ui/ui.module.css';
import { listed } from '../../text/words.ts';
import { percent } from '../../text/numbers.ts';
import { gapWords } from './gap-words.ts';
import styles from './growth.module.css';

export function Gaps({ report, norm }: { readonly report: GrowthReport; readonly norm: NormKind }) {
  const known = NORMS.filter((name) => report.norms[name] !== undefined);
  if (known.length < 2) return null;
  return (
    <table className={styles.gaps}>
      <caption className="visually-hidden">{say.fusionGapOfEveryNormAt}</caption>
      <thead>
        <tr>
          <th scope="col">{say.norm}</th>
          <th scope="col">{say.fusionGap}</th>
          <th scope="col">
            <Term explains={say.distanceOfTheFusedNetworks}>{say.logitsOff}</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {known.map((name) => {
          const gap = report.norms[name];
          return (
            <tr key={name} data-own={name === norm || undefined}>
              <th scope="row">
                {NORM_WORDS[name].title}
                {name === norm ? <span className="visually-hidden">{say.thisRun}</span> : null}
              </th>
              <td>{gap ? gapWords(gap.gap) : ''}</td>
              <td>{gap ? (gap.logitsError < 5e-4 ? say.exact : percent(gap.logitsError)) : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Which fusion the numbers are of, where there were several. */
export function WhichGrowth({
  growths,
  value,
  onChange,
}: {
  readonly growths: readonly GrowthReport[];
  readonly value: string;
  readonly onChange: (target: string) => void;
}) {
  if (growths.length < 2) return null;
  return (
    <div className={styles.which} role="group" aria-label={say.whichFusion}>
      {growths.map(({ target, sources, step }) => (
        <Hint key={target} label={say.atStep(listed(sources), step)}>
          <button type="button" className={`${ui.button} ${ui.small}`} aria-pressed={target === value} onClick={() => onChange(target)}>
            {target}
          </button>
        </Hint>
      ))}
    </div>
  );
}
