/**
 * The basis of a comparison: how many seeds, which step sizes from scratch; and the buttons that train what is
 * missing.
 */
import { say } from '../../text/en/runs/cost.ts';
import { useEffect, useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { MeasuredTable } from '../../../experiment/measured.ts';
import { PRESETS } from '../../../experiment/presets/presets.ts';
import { offeredBaselines } from '../setup/offered-baselines.ts';
import { loadMeasured } from '../measured/load.ts';
import { MeasuredLink } from '../measured/Measured.tsx';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import ui from '../../ui/ui.module.css';
import { listed, sentence } from '../../text/words.ts';
import { count, size } from '../../text/numbers.ts';
import styles from './cost.module.css';
import { canTryScratch, FACTORS, runTrials, sameNumbers, scratchWith, seedsOf, stopTrials, useTrials, withSeed } from './trials.ts';

interface SeedsProps {
  readonly experiment: Experiment;
  /** Seeds that there are runs of. */
  readonly seeds: readonly number[];
  /** The step sizes from scratch were tried with each of them. */
  readonly tuned: boolean;
}

export function Seeds({ experiment, seeds, tuned }: SeedsProps) {
  const under = useTrials((s) => s.under);
  const failed = useTrials((s) => s.failed);
  const finished = useStore((s) => s.phase === 'finished');
  if (experiment.baseline.length === 0)
    return (
      <p className={styles.note}>
        {say.nothingTrainsBesideItTo}
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => edit({ baseline: offeredBaselines(experiment) })}>
          {say.trainBaselinesBesideIt}
        </button>
      </p>
    );
  const scratch = canTryScratch(experiment);
  const wanted = seedsOf(experiment);
  const several = seeds.length >= wanted.length;
  const tries = (of: readonly number[]) =>
    of.flatMap((seed) =>
      FACTORS.map((factor) => ({
        experiment: scratchWith(experiment, factor, seed),
        words: say.fromScratchTheStepSizeSeed(factor, seed),
      })),
    );
  const others = wanted.filter((seed) => seed !== experiment.seed);
  // Whoever compared step sizes for one seed compares them for all.
  const moreSeeds = () =>
    runTrials([
      ...others.map((seed) => ({ experiment: withSeed(experiment, seed), words: say.seed(seed) })),
      ...(tuned && scratch ? tries(wanted) : []),
    ]);
  return (
    <div className={styles.notes}>
      {under ? (
        <p className={styles.note} role="status" aria-label={say.runsBesideIt}>
          {say.stepOfMoreToCome(under.words, count(under.step), count(under.steps), under.left - 1)}
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={stopTrials}>
            {say.stop}
          </button>
        </p>
      ) : (
        <>
          <p className={styles.note}>
            {several ? say.meanOfSeeds(wanted.join(', ')) : seeds.length > 1 ? say.meanOfSomeSeeds(seeds.length) : say.oneSeedNoSavingCanBe}
            {several ? null : (
              <button type="button" className={`${ui.button} ${ui.small}`} disabled={!finished} onClick={() => void moreSeeds()}>
                {say.runSeeds(listed(others.map(String)))}
              </button>
            )}
          </p>
          {scratch ? (
            <p className={styles.note}>
              {tuned ? (
                say.fromScratchTheBestOf3(stepSizesOf(experiment))
              ) : (
                <>
                  {say.fromScratchThisRunsStep}
                  <button
                    type="button"
                    className={`${ui.button} ${ui.small}`}
                    disabled={!finished}
                    onClick={() => void runTrials(tries(seeds))}
                  >
                    {say.tryHalfAndTwice}
                  </button>
                </>
              )}
            </p>
          ) : null}
        </>
      )}
      {finished || under || (several && (tuned || !scratch)) ? null : <p className={styles.note}>{say.moreCanBeTrainedWhenThis}</p>}
      {failed === null ? null : (
        <p className={styles.note} role="alert">
          {sentence(failed)}
        </p>
      )}
      {several ? null : <Recorded experiment={experiment} />}
    </div>
  );
}

/** `: 0.0015, 0.003, 0.006`. */
function stepSizesOf({ h }: Experiment): string {
  const value = h.kind === 'constant' ? h.value : h.kind === 'edge' ? h.edge : null;
  if (value === null) return '';
  return say.stepSizesTried([FACTORS[0], 1, FACTORS[1]].map((factor) => size(value * factor)).join(', '), h.kind === 'edge');
}

/** The recorded result of a preset, with its seeds. */
function Recorded({ experiment }: { readonly experiment: Experiment }) {
  const [tables, setTables] = useState<readonly MeasuredTable[]>([]);
  const preset = PRESETS.get(experiment.preset)?.experiment;
  const same = preset !== undefined && sameNumbers(preset, experiment);
  useEffect(() => {
    if (!same) return;
    const cancel = new AbortController();
    // Without it there is one line less.
    loadMeasured(import.meta.env.BASE_URL, cancel.signal).then(
      (documents) => setTables(documents.flatMap((document) => document.tables)),
      () => undefined,
    );
    return () => cancel.abort();
  }, [same]);
  const table = same ? tables.find(({ id }) => id === experiment.preset) : undefined;
  if (!table) return null;
  return (
    <p className={styles.note}>
      {say.recordedWithSeeds(table.seeds.length, table.findings.join(' '))}
      <MeasuredLink />
    </p>
  );
}
