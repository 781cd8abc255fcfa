/** What a comparison rests on: how many seeds, which step sizes from scratch; and the buttons that train what is missing. */
import { useEffect, useState } from 'react';
import { BASELINES, type Experiment } from '../../../experiment/experiment.ts';
import type { MeasuredTable } from '../../../experiment/measured.ts';
import { PRESETS } from '../../../experiment/presets/presets.ts';
import { loadMeasured } from '../measured/load.ts';
import { MeasuredLink } from '../measured/Measured.tsx';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import ui from '../../ui/ui.module.css';
import { count, sentence, size } from '../../text/words.ts';
import styles from './cost.module.css';
import { FACTORS, runTrials, sameNumbers, scratchWith, seedsOf, stopTrials, useTrials, withSeed } from './trials.ts';

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
        Nothing trains beside it to compare with.{' '}
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => edit({ baseline: BASELINES })}>
          Train baselines beside it
        </button>
      </p>
    );
  const scratch = experiment.baseline.includes('scratch');
  const wanted = seedsOf(experiment);
  const several = seeds.length >= wanted.length;
  const tries = (of: readonly number[]) =>
    of.flatMap((seed) =>
      FACTORS.map((factor) => ({
        experiment: scratchWith(experiment, factor, seed),
        words: `From scratch, ${factor === 2 ? 'twice' : 'half'} the step size, seed ${seed}`,
      })),
    );
  const others = wanted.filter((seed) => seed !== experiment.seed);
  // Whoever compared step sizes for one seed compares them for all.
  const moreSeeds = () =>
    runTrials([
      ...others.map((seed) => ({ experiment: withSeed(experiment, seed), words: `Seed ${seed}` })),
      ...(tuned && scratch ? tries(wanted) : []),
    ]);
  return (
    <div className={styles.notes}>
      {under ? (
        <p className={styles.note} role="status" aria-label="Runs beside it">
          {under.words}: step {count(under.step)} of {count(under.steps)}
          {under.left > 1 ? `, ${under.left - 1} more to come` : ''}{' '}
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={stopTrials}>
            Stop
          </button>
        </p>
      ) : (
        <>
          <p className={styles.note}>
            {several
              ? `Mean ± standard deviation of seeds ${wanted.join(', ')}. `
              : seeds.length > 1
                ? `Mean ± standard deviation of ${seeds.length} seeds. `
                : 'One seed: no saving can be read off it. '}
            {several ? null : (
              <button type="button" className={`${ui.button} ${ui.small}`} disabled={!finished} onClick={() => void moreSeeds()}>
                Run seeds {others.join(' and ')}
              </button>
            )}
          </p>
          {scratch ? (
            <p className={styles.note}>
              {tuned ? (
                `From scratch: the best of 3 step sizes for each seed${stepSizesOf(experiment)}.`
              ) : (
                <>
                  From scratch: this run’s step size.{' '}
                  <button
                    type="button"
                    className={`${ui.button} ${ui.small}`}
                    disabled={!finished}
                    onClick={() => void runTrials(tries(seeds))}
                  >
                    Try half and twice
                  </button>
                </>
              )}
            </p>
          ) : null}
        </>
      )}
      {finished || under || (several && (tuned || !scratch)) ? null : (
        <p className={styles.note}>More can be trained when this run has finished.</p>
      )}
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
  return `: ${[FACTORS[0], 1, FACTORS[1]].map((factor) => size(value * factor)).join(', ')}${h.kind === 'edge' ? ' / λ' : ''}`;
}

/** What was recorded of a preset, with its seeds. */
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
      Recorded with {table.seeds.length} seeds: {table.findings.join(' ')} <MeasuredLink />
    </p>
  );
}
