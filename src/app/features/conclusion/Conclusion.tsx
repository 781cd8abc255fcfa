/** At the end of a run one sentence says what happened, and two links what to try next. Read out as well, once. */
import { say } from '../../text/en/chart/conclusion.ts';
import { useState } from 'react';
import { conclusionWords } from '../../text/conclusion.ts';
import { formatView } from '../../../experiment/link/view.ts';
import { hides, isPresenting } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import { useStore } from '../../state/store.ts';
import { remember } from '../../state/view.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { conclude } from './conclusion.ts';
import styles from './conclusion.module.css';
import { suggestions } from './next.ts';

const concludeOnce = remember(
  (
    phase: State['phase'],
    step: number,
    models: State['models'],
    growths: State['growths'],
    experiment: State['experiment'],
    chart: State['chart'],
    costs: State['predictionCosts'],
    metrics: State['metrics'],
  ) =>
    conclude({
      metrics,
      phase,
      step,
      models,
      growths,
      growth: growths.at(-1) ?? null,
      experiment,
      running: null,
      chart,
      predictionCosts: costs,
    }),
);

export function Conclusion() {
  const conclusion = useStore((s) =>
    concludeOnce(s.phase, s.step, s.models, s.growths, s.running ?? s.experiment, s.chart, s.predictionCosts, s.metrics),
  );
  const experiment = useStore((s) => s.running ?? s.experiment);
  const presenting = useStore(isPresenting);
  const hidden = useStore((s) => hides(s, 'conclusion'));
  const view = useStore((s) => s.view);
  /** The sentence that was put away. */
  const [closed, setClosed] = useState('');
  const words = conclusion ? conclusionWords(conclusion) : '';
  const shown = !hidden && words !== '' && words !== closed;
  return (
    <div className={shown ? styles.conclusion : undefined} data-part="conclusion">
      {/* Always there, so that what appears in it is read out. */}
      <p role="status" aria-label={say.whatHappened} aria-live="polite">
        {shown ? words : ''}
      </p>
      {shown && !presenting ? (
        <p className={styles.next}>
          {say.tryNext}
          {suggestions(experiment, view.lock).map(({ words: what, link }, i) => (
            <span key={link}>
              {i > 0 ? ' · ' : ''}
              <a href={link + formatView(view)}>{what}</a>
            </span>
          ))}
        </p>
      ) : null}
      {shown ? (
        <button type="button" className={styles.close} aria-label={say.closeWhatHappened} onClick={() => setClosed(words)}>
          <CloseIcon />
        </button>
      ) : null}
    </div>
  );
}
