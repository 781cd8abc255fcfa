/**
 * The instant curves of the step-size slider: two answers that cost no training, each in its window, with what it cost.
 */
import { say } from '../../../text/en/theory/theory.ts';
import { isPlainDescent } from '../../../../experiment/declared/optimizers.ts';
import { spectralCurve } from '../../../../curves/spectral-curve.ts';
import { SOURCES, sourcesOf } from '../../../../experiment/declared/flows.ts';
import { lossAt } from '../../../plot/curves/curve.ts';
import { instantNow, RESCALED_KEY, SPECTRAL_KEY, usedTable } from '../../../state/derived/instant.ts';
import type { State } from '../../../state/state.ts';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { count } from '../../../text/numbers.ts';
import { Figure } from '../Figure.tsx';
import { share } from '../numbers.ts';
import parts from '../parts.module.css';
import { SourceLinks } from '../SourceLinks.tsx';
import styles from '../theory.module.css';
import { shownExperiment } from '../../../state/derived/derive.ts';

/** How far the spectrum is off for the run's own step sizes where its window ends: as a share of the drop. */
function spectralMiss(state: Pick<State, 'chart' | 'spectrum' | 'stepSizes' | 'models'>): { step: number; share: number } | null {
  const { spectrum } = state;
  if (!spectrum) return null;
  const measured = state.chart.measured.get(spectrum.model);
  const table = usedTable(state.stepSizes.get(spectrum.model));
  const last = measured && measured.length > 0 ? (measured.steps[measured.length - 1] ?? 0) : 0;
  if (!measured || table.length === 0 || last <= spectrum.step) return null;
  const curve = spectralCurve({ spectrum, table, from: spectrum.step, to: last, lambda: spectrum.lambda });
  if (curve.trustedUntil === null) return null;
  const at = curve.trustedUntil - 1 - spectrum.step;
  const [start, end] = [lossAt(measured, spectrum.step), lossAt(measured, spectrum.step + at)];
  if (at < 1 || start === null || end === null || start === end) return null;
  return { step: spectrum.step + at, share: Math.abs(((curve.losses[at] ?? NaN) - end) / (start - end)) };
}

function Until({ until, first, last }: { readonly until: number | null; readonly first: number; readonly last: number }) {
  if (until === first) return <b>{say.pastH2}</b>;
  return (
    <>
      {say.until}
      <b>{say.step(count(until ?? last))}</b>
    </>
  );
}

export function Instant() {
  const growth = useStore((s) => s.growth);
  const spectrum = useStore((s) => s.spectrum);
  const unavailable = useStore((s) => s.unavailable);
  const curves = useStore(instantNow);
  const plain = useStore((s) => isPlainDescent(shownExperiment(s)));
  const miss = useStore((s) => {
    const found = spectralMiss(s);
    return found ? `${found.step} ${found.share}` : '';
  });
  if (!growth || unavailable !== null || !plain) return null;
  const spectral = curves.find(({ key }) => key === SPECTRAL_KEY);
  const rescaled = curves.find(({ key }) => key === RESCALED_KEY);
  const end = (curve: typeof spectral): number => curve?.curve.steps[curve.curve.length - 1] ?? 0;
  const [missStep = 0, missShare = 0] = miss.split(' ').map(Number);
  return (
    <section aria-label={say.instantAnswer} className={parts.part}>
      <h2 className={ui.heading}>{say.instantAnswer}</h2>
      <dl className={styles.lines}>
        <Figure name={say.spectrumAtTheGrowth} explains={say.theLossNearTheGrowthAs}>
          {spectrum === null ? (
            say.beingLookedAt
          ) : spectral ? (
            <Until first={growth.step} until={spectral.until} last={end(spectral)} />
          ) : (
            <b>{say.gradientsSpent(count(spectrum.gradients))}</b>
          )}
        </Figure>
        {spectral && spectrum ? (
          <Figure name={say.gradientsSpentOnce}>
            <b>{count(spectrum.gradients)}</b>
          </Figure>
        ) : null}
        {rescaled ? (
          <Figure name={say.measuredOnlyFaster} explains={say.theMeasuredBranchInAnother}>
            <Until first={growth.step} until={rescaled.until} last={end(rescaled)} /> · <b>0</b>
            {say.gradientsAfterNumber}
          </Figure>
        ) : null}
      </dl>
      <p className={styles.under}>
        {spectral ? '' : spectrum ? say.moveStepSizeAfterGrowthThe : ''}
        {missStep > 0 ? say.forTheRunsOwnStepsThe(share(missShare), count(missStep)) : ''}
      </p>
      <SourceLinks of={[...sourcesOf(['spectral']), SOURCES.golub]} />
    </section>
  );
}
