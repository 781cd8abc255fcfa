/** How the networks are fused, row by row. After the fusion a change waits for a restart, and says what it was. */
import { say } from '../../text/en/network/growth.ts';
import { type Experiment, MOMENTS, NORMS, OFF_DIAGONALS, OPERATORS } from '../../../experiment/experiment.ts';
import type { SettingName } from '../../../experiment/settings/registry.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { MOMENTS_WORDS, NORM_WORDS, OFF_DIAGONAL_EXPLANATIONS } from '../../../experiment/declared/norms.ts';
import { operatorRow, OPERATOR_WORDS } from '../../../experiment/declared/operators.ts';
import { optimizerRow } from '../../../experiment/declared/optimizers.ts';
import { growsCopies, planOf } from '../../../experiment/plan/plan.ts';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { NumberField } from '../../ui/fields/fields.tsx';
import { Term } from '../../ui/terms/Term.tsx';
import ui from '../../ui/ui.module.css';
import { asItIs, count } from '../../text/numbers.ts';
import { Locked } from '../locked/Locked.tsx';
import { Explained } from './Explained.tsx';
import styles from './growth.module.css';
import { shownExperiment } from '../../state/derived/derive.ts';

interface RowProps {
  readonly setting: SettingName;
  readonly label: string;
  readonly explains: string;
  /** The run's value, where a change waits. */
  readonly was?: string | null;
  readonly children: React.ReactNode;
}

function Row({ setting, label, explains, was = null, children }: RowProps) {
  return (
    <div className={ui.row}>
      <dt className={ui.rowLabel}>
        <Term explains={explains}>{label}</Term>
      </dt>
      <dd>
        <Locked setting={setting}>{children}</Locked>
        {was === null ? null : <span className={styles.was}>{say.was(was)}</span>}
      </dd>
    </div>
  );
}

const said = ({ explanation, source }: { readonly explanation: string; readonly source: string }): string => `${explanation} (${source})`;

export function Rows() {
  const experiment = useStore(shownExperiment);
  const running = useStore((s) => s.running) ?? experiment;
  const fused = useStore((s) => s.growth !== null);
  const was = (now: string, before: string): string | null => (fused && now !== before ? before : null);
  const { operator, norm, offDiagonal, moments } = experiment;
  const growths = planOf(experiment).filter(({ sources }) => sources.length > 0);
  // A norm makes a difference only where different networks are joined; noise on copies only where there are copies.
  const joins = operator === 'fuse' && (growths.length === 0 || growths.some((stage) => !growsCopies(stage)));
  const copies = operator === 'self' || growths.some(growsCopies);
  const blocks = operatorRow(operator).newWeights.length > 0;
  return (
    <dl className={styles.rows}>
      <Row
        setting="operator"
        label={say.operator}
        explains={said(OPERATOR_WORDS[operator])}
        was={was(OPERATOR_WORDS[operator].title, OPERATOR_WORDS[running.operator].title)}
      >
        <Explained
          label={say.operator}
          value={operator}
          options={OPERATORS}
          words={OPERATOR_WORDS}
          onChange={(next) => edit({ operator: next })}
        />
      </Row>
      {blocks ? (
        <>
          <Row
            setting="offDiagonal"
            label={say.offDiagonal}
            explains={say.theNewBlocksBesideThe(said(OFF_DIAGONAL_EXPLANATIONS[offDiagonal]))}
            was={was(OFF_DIAGONAL_EXPLANATIONS[offDiagonal].title, OFF_DIAGONAL_EXPLANATIONS[running.offDiagonal].title)}
          >
            <Explained
              label={say.offDiagonal}
              value={offDiagonal}
              options={OFF_DIAGONALS}
              words={OFF_DIAGONAL_EXPLANATIONS}
              onChange={(next) => edit({ offDiagonal: next })}
            />
          </Row>
          {offDiagonal === 'zero' ? null : (
            <Row
              setting="sigma"
              label={say.itsScale}
              explains={say.ofNoiseAgainstTheSizeOf}
              was={was(asItIs(experiment.sigma), asItIs(running.sigma))}
            >
              <Scale label={say.scaleOfTheOffDiagonal} value={experiment.sigma} onChange={(sigma) => edit({ sigma })} />
            </Row>
          )}
          {copies ? (
            <Row
              setting="diagonal"
              label={say.noiseOnCopies}
              explains={say.noiseOnTheCopiesThemselves}
              was={was(asItIs(experiment.diagonal), asItIs(running.diagonal))}
            >
              <Scale label={say.noiseOnCopies} value={experiment.diagonal} onChange={(diagonal) => edit({ diagonal })} />
            </Row>
          ) : null}
        </>
      ) : null}
      {joins ? <NormRows experiment={experiment} was={was(NORM_WORDS[norm].title, NORM_WORDS[running.norm].title)} /> : null}
      {optimizerRow(experiment.optimizer).state === 0 ? null : (
        <Row
          setting="moments"
          label={say.optimizerState}
          explains={said(MOMENTS_WORDS[moments])}
          was={was(MOMENTS_WORDS[moments].title, MOMENTS_WORDS[running.moments].title)}
        >
          <Explained
            label={say.optimizerState}
            value={moments}
            options={MOMENTS}
            words={MOMENTS_WORDS}
            onChange={(next) => edit({ moments: next })}
          />
        </Row>
      )}
    </dl>
  );
}

function NormRows({ experiment, was }: { readonly experiment: Experiment; readonly was: string | null }) {
  const { norm, release } = experiment;
  return (
    <>
      <Row setting="norm" label={say.norm} explains={said(NORM_WORDS[norm])} was={was}>
        <Explained
          label={say.norm}
          value={norm}
          options={NORMS}
          words={NORM_WORDS}
          onChange={(next) => edit({ norm: next, ...(next === 'grouped' ? {} : { release: 0 }) })}
        />
      </Row>
      {norm === 'grouped' ? (
        <>
          <Row setting="release" label={say.releasedOver} explains={say.theNormsOfTheBlocksBecome}>
            <span className={styles.sigma}>
              <NumberField
                label={say.releaseOfTheNorms}
                hideLabel
                value={release}
                {...LIMITS.release}
                whole
                unit={say.steps}
                onChange={(next) => edit({ release: next })}
              />
            </span>
          </Row>
          <div className={styles.rowNote}>
            <dt className="visually-hidden">{say.releaseOfTheNorms}</dt>
            <dd>{release === 0 ? say.unreleasedItIsNoStandardT5 : say.aStandardT5AgainStepsAfter(count(release))}</dd>
          </div>
        </>
      ) : null}
    </>
  );
}

function Scale({ label, value, onChange }: { readonly label: string; readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <span className={styles.sigma}>
      <NumberField label={label} hideLabel value={value} {...LIMITS.sigma} onChange={onChange} />
    </span>
  );
}
