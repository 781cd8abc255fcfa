/** Growth: what the fusion does to the networks, in numbers and as a picture. */
import type { Experiment } from '../../experiment/experiment.ts';
import { FUSED_ID, MOMENTS, OPERATORS, growsOneSource, sourceIds } from '../../experiment/experiment.ts';
import { OPERATOR_WORDS } from '../../experiment/operators.ts';
import { formatDifference, formatLoss } from '../chart/format.ts';
import { fusionWords } from '../derive.ts';
import { edit } from '../run-control.ts';
import { useStore } from '../store.ts';
import { InlineSelect, NumberField } from '../ui/fields.tsx';
import { Term } from '../ui/Term.tsx';
import ui from '../ui/ui.module.css';
import { OFF_DIAGONAL_WORDS, count, percent } from '../words.ts';
import { Blocks } from './Blocks.tsx';
import { Symmetry } from './Symmetry.tsx';
import { WeightPicture } from './WeightPicture.tsx';
import styles from './growth.module.css';

export function Growth() {
  const growth = useStore((s) => s.growth);
  const weights = useStore((s) => s.weights);
  const symmetry = useStore((s) => s.symmetry);
  const experiment = useStore((s) => s.experiment);
  return (
    <div className={styles.growth}>
      <Figures />
      <hr className={ui.divider} />
      {growth && weights ? (
        <WeightPicture picture={weights} />
      ) : (
        <section aria-label="What the fusion will do">
          <div className={styles.head}>
            <h2 className={ui.heading}>What the fusion will do</h2>
          </div>
          {experiment.operator === 'fuse' || experiment.operator === 'self' ? <Blocks self={experiment.operator === 'self'} /> : null}
          <p className={ui.note}>{willDo(experiment)}</p>
        </section>
      )}
      <hr className={ui.divider} />
      {growth && symmetry ? (
        <>
          <Symmetry value={symmetry.total} />
          <hr className={ui.divider} />
        </>
      ) : null}
      <Rows />
    </div>
  );
}

function willDo(experiment: Experiment): string {
  if (experiment.operator !== 'fuse' && experiment.operator !== 'self') return OPERATOR_WORDS[experiment.operator].explanation;
  const who = experiment.operator === 'self' ? 'Both copies of A' : `${fusionWords(experiment)}`;
  const how = {
    zero: 'start at zero and learn from the first step on',
    noise: 'start as small noise, so that the copies can part',
    random: 'start like a new layer',
  }[experiment.offDiagonal];
  return `${who} stay as they are. The new blocks ${how}.`;
}

function Figures() {
  const growth = useStore((s) => s.growth);
  const models = useStore((s) => s.models);
  const experiment = useStore((s) => s.experiment);
  const sources = models.filter((m) => sourceIds(experiment).includes(m.id));
  const target = models.find((m) => m.id === (growth?.target ?? FUSED_ID));
  const small = growth?.parameters.sources ?? sources.map((m) => m.parameters);
  const each = small[0];
  const alone = growsOneSource(experiment.operator);
  const copies = small.length;
  const large = growth?.parameters.target ?? target?.parameters;
  const fresh = growth?.parameters.new;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>
          <Term explains="Change of the loss at the moment of growth, against the average of the sources.">Fusion gap</Term>
        </dt>
        <dd>
          <b>{growth ? formatDifference(growth.gap, Math.abs(growth.gap) < 0.005 && Math.abs(growth.gap) >= 0.00005 ? 4 : 2) : '–'}</b>
          <span>{growth ? `loss ${formatLoss(growth.loss.average)} → ${formatLoss(growth.loss.fused)}` : 'at the fusion'}</span>
        </dd>
      </div>
      <div>
        <dt>Parameters</dt>
        <dd>
          <b>{large === undefined ? (each === undefined ? '–' : count(each)) : count(large)}</b>
          <span>
            {each === undefined
              ? ''
              : large === undefined
                ? copies === 1
                  ? 'in A'
                  : `in each of ${copies}`
                : `${growth ? 'was' : 'now'} ${alone || copies === 1 ? '' : `${copies} × `}${count(each)}`}
          </span>
        </dd>
      </div>
      <div>
        <dt>
          <Term explains="Share of the fused network's weights that were in no source.">New</Term>
        </dt>
        <dd>
          <b>{fresh === undefined || large === undefined ? '–' : percent(fresh / large)}</b>
          <span>{fresh === undefined ? 'at the fusion' : `${count(fresh)} weights`}</span>
        </dd>
      </div>
    </dl>
  );
}

/** How the networks are fused. After the fusion a change waits for a restart, and says what it was. */
function Rows() {
  const experiment = useStore((s) => s.experiment);
  const running = useStore((s) => s.running) ?? experiment;
  const fused = useStore((s) => s.growth !== null);
  const was = (words: string, before: string): React.JSX.Element | null =>
    fused && words !== before ? <span className={styles.was}>was {before}</span> : null;
  return (
    <dl className={styles.rows}>
      <div className={ui.row}>
        <dt className={ui.rowLabel}>
          <Term explains={`${OPERATOR_WORDS[experiment.operator].explanation} (${OPERATOR_WORDS[experiment.operator].source})`}>
            Operator
          </Term>
        </dt>
        <dd>
          <InlineSelect
            label="Operator"
            value={experiment.operator}
            options={OPERATORS.map((name) => [name, OPERATOR_WORDS[name].title] as const)}
            onChange={(operator) => edit({ operator })}
          />
          {was(OPERATOR_WORDS[experiment.operator].title, OPERATOR_WORDS[running.operator].title)}
        </dd>
      </div>
      {experiment.operator === 'stack' || experiment.operator === 'scratch' ? null : (
        <NewBlocks experiment={experiment} was={was(OFF_DIAGONAL_WORDS[experiment.offDiagonal], OFF_DIAGONAL_WORDS[running.offDiagonal])} />
      )}
      <div className={ui.row}>
        <dt className={ui.rowLabel}>Norm</dt>
        <dd>shared</dd>
      </div>
      {experiment.optimizer === 'gd' ? null : (
        <div className={ui.row}>
          <dt className={ui.rowLabel}>Optimizer state</dt>
          <dd>
            <InlineSelect
              label="Optimizer state"
              value={experiment.moments}
              options={MOMENTS.map((name) => [name, name] as const)}
              onChange={(moments) => edit({ moments })}
            />
            {was(experiment.moments, running.moments)}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** How the blocks beside the diagonal start, and for copies of one network how far the copies are moved apart. */
function NewBlocks({ experiment, was }: { readonly experiment: Experiment; readonly was: React.JSX.Element | null }) {
  return (
    <>
      <div className={ui.row}>
        <dt className={ui.rowLabel}>
          <Term explains="The new blocks, beside the diagonal: how they start.">Off-diagonal</Term>
        </dt>
        <dd>
          <InlineSelect
            label="Off-diagonal"
            value={experiment.offDiagonal}
            options={[
              ['zero', OFF_DIAGONAL_WORDS.zero],
              ['noise', OFF_DIAGONAL_WORDS.noise],
              ['random', OFF_DIAGONAL_WORDS.random],
            ]}
            onChange={(offDiagonal) => edit({ offDiagonal })}
          />
          {was}
        </dd>
      </div>
      {experiment.offDiagonal === 'zero' ? null : (
        <div className={ui.row}>
          <dt className={ui.rowLabel}>
            <Term explains="Of noise: against the size of the old weights. Of random: against the usual start of a layer.">Its scale</Term>
          </dt>
          <dd className={styles.sigma}>
            <NumberField
              label="Scale of the off-diagonal"
              hideLabel
              value={experiment.sigma}
              min={0}
              max={10}
              onChange={(sigma) => edit({ sigma })}
            />
          </dd>
        </div>
      )}
      {experiment.operator === 'self' ? (
        <div className={ui.row}>
          <dt className={ui.rowLabel}>
            <Term explains="Noise on the copies themselves, against the size of their weights. 0: exact copies.">Copies</Term>
          </dt>
          <dd className={styles.sigma}>
            <NumberField
              label="Noise on the copies"
              hideLabel
              value={experiment.diagonal}
              min={0}
              max={10}
              onChange={(diagonal) => edit({ diagonal })}
            />
          </dd>
        </div>
      ) : null}
    </>
  );
}
