/** Growth: what the fusion does to the networks, in numbers and as a picture. */
import { say } from '../../text/en/network/growth.ts';
import { useState } from 'react';
import { type Experiment, FUSED_ID, growsOneSource } from '../../../experiment/experiment.ts';
import { growthNoun } from '../../../experiment/describe.ts';
import { isFusion, OPERATOR_WORDS } from '../../../experiment/declared/operators.ts';
import { startingModels } from '../../../experiment/plan/plan.ts';
import type { GrowthReport } from '../../../run/reports.ts';
import { count, formatLoss, percent } from '../../text/numbers.ts';
import { fusionWords, shownExperiment } from '../../state/derived/derive.ts';
import { send, useStore } from '../../state/store.ts';
import { Term } from '../../ui/terms/Term.tsx';
import { Word } from '../../ui/terms/Word.tsx';
import ui from '../../ui/ui.module.css';
import { Blocks } from './Blocks.tsx';
import { beforeWords, gapExplained, gapWords } from './gap-words.ts';
import { Gaps, WhichGrowth } from './Gaps.tsx';
import { Rows } from './Rows.tsx';
import { Symmetry } from './Symmetry.tsx';
import { WeightPicture } from './WeightPicture.tsx';
import styles from './growth.module.css';

export function Growth() {
  const latest = useStore((s) => s.growth);
  const growths = useStore((s) => s.growths);
  const running = useStore((s) => s.running);
  const [picked, setPicked] = useState('');
  const growth = growths.find(({ target }) => target === picked) ?? latest;
  const weights = useStore((s) => s.weights);
  const symmetry = useStore((s) => s.symmetry);
  const experiment = useStore(shownExperiment);
  // Its weights as well, while it trains.
  const pick = (target: string): void => {
    setPicked(target);
    send({ type: 'show-weights', name: weights?.name ?? '', model: target });
  };
  return (
    <div className={styles.growth}>
      {growth ? <WhichGrowth growths={growths} value={growth.target} onChange={pick} /> : null}
      <Figures growth={growth} />
      {growth ? <Gaps report={growth} norm={(running ?? experiment).norm} /> : null}
      <hr className={ui.divider} />
      {growth && weights ? (
        <WeightPicture picture={weights} />
      ) : (
        <section aria-label={say.whatTheWillDo(growthNoun(experiment.operator))}>
          <div className={styles.head}>
            <h2 className={ui.heading}>{say.whatTheWillDo(growthNoun(experiment.operator))}</h2>
          </div>
          {isFusion(experiment.operator) ? <Blocks self={experiment.operator === 'self'} /> : null}
          <p className={ui.note}>{willDo(experiment)}</p>
        </section>
      )}
      <hr className={ui.divider} />
      {growth && symmetry ? (
        <>
          <Symmetry total={symmetry.total} offDiagonal={symmetry.offDiagonal} />
          <hr className={ui.divider} />
        </>
      ) : null}
      <Rows />
    </div>
  );
}

function willDo(experiment: Experiment): string {
  if (!isFusion(experiment.operator)) return OPERATOR_WORDS[experiment.operator].explanation;
  const who = experiment.operator === 'self' ? say.bothCopiesOfA : `${fusionWords(experiment)}`;
  const how = {
    zero: say.startAtZeroAndLearnFrom,
    noise: say.startAsSmallNoiseSoThat,
    random: say.startLikeANewLayer,
  }[experiment.offDiagonal];
  return say.stayAsTheyAreTheNew(who, how);
}

function Figures({ growth }: { readonly growth: GrowthReport | null }) {
  const models = useStore((s) => s.models);
  const experiment = useStore(shownExperiment);
  const starting = startingModels(experiment);
  const sources = models.filter((m) => starting.includes(m.id));
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
          <Term explains={gapExplained(growth)}>{say.fusionGap}</Term>
        </dt>
        <dd>
          <b>{growth ? gapWords(growth.gap) : '–'}</b>
          <span>
            {growth ? (
              <>
                {say.lossOf(beforeWords(growth))}
                <span>
                  {formatLoss(growth.loss.average)} → {growth.target} {formatLoss(growth.loss.fused)}
                </span>
              </>
            ) : (
              say.atTheGrowth
            )}
          </span>
        </dd>
      </div>
      <div>
        <dt>{say.parameters}</dt>
        <dd>
          <b>{large === undefined ? (each === undefined ? '–' : count(each)) : count(large)}</b>
          <span>
            {each === undefined
              ? ''
              : large === undefined
                ? copies === 1
                  ? say.inA
                  : say.inEachOf(copies)
                : say.parametersEach(growth !== null, alone || copies === 1, copies, count(each))}
          </span>
        </dd>
      </div>
      <div>
        <dt>
          <Word id="new weights">{say.new}</Word>
        </dt>
        <dd>
          <b>{fresh === undefined || large === undefined ? '–' : percent(fresh / large)}</b>
          <span>{fresh === undefined ? say.atTheGrowth : say.weights(count(fresh))}</span>
        </dd>
      </div>
    </dl>
  );
}
