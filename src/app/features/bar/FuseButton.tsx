/**
 * Fuse now: the only coloured button. Pointing at it or focusing it draws the prediction before anything is fused.
 * Not yet: it stays reachable and says why.
 */
import { say } from '../../text/en/screen/bar.ts';
import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { FUSED_ID } from '../../../experiment/experiment.ts';
import { type FusionNow, fusionNow } from '../../../experiment/plan/grow-now.ts';
import { lastLoss, lastStep } from '../../plot/curves/curve.ts';
import { count, formatLoss, percent } from '../../text/numbers.ts';
import { fuseState, fusionWords, hides, inLesson, shownExperiment } from '../../state/derived/derive.ts';
import { fuse, previewFusion } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { FuseIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { listed, sentence } from '../../text/words.ts';
import styles from './bar.module.css';

/** Nothing where the page's link leaves it away. */
export function FuseButton() {
  return useStore((s) => hides(s, 'fuse')) ? null : <Button />;
}

function Button() {
  const state = useStore(fuseState);
  const step = useStore((s) => s.step);
  const growing = useStore((s) => s.loading);
  const experiment = useStore(shownExperiment);
  const growths = useStore((s) => s.growths);
  const fusion = useMemo(() => fusionNow(experiment, step, growths), [experiment, step, growths]);
  const ready = state === 'ready';
  const title = experiment.plan ? say.fuseAtStep(count(step)) : say.fuseThemAtStep(fusionWords(experiment), count(step));
  const label =
    state === 'not-yet' ? (
      say.pressRunFirstThereIs
    ) : state === 'done' ? (
      again(fusion, step)
    ) : state === 'working' ? (
      say.theSourcesBecomeTheBlocks
    ) : (
      <>
        <span className={styles.tipHead}>
          <strong>{title}</strong>
          <kbd className={ui.kbd}>F</kbd>
        </span>
        <Prediction />
      </>
    );
  const words =
    state === 'working'
      ? growing
        ? say.fusingOf(growing.done, growing.total)
        : say.fusing
      : state === 'done'
        ? say.fuseAgain
        : say.fuseNow;
  // In a lesson its own button is the one that is filled.
  const lesson = useStore(inLesson);
  const look = state === 'not-yet' ? styles.notYet : state === 'done' || lesson ? '' : ui.growth;
  return (
    <Tooltip
      label={label}
      multiline
      offset={6}
      position="bottom-start"
      events={{ hover: true, focus: true, touch: true }}
      transitionProps={{ duration: 0 }}
      classNames={{ tooltip: `${ui.tooltip} ${styles.fuseTip}` }}
    >
      <button
        type="button"
        className={`${ui.button} ${look} ${styles.fuse}`}
        data-spot="fuse"
        aria-disabled={!ready && state !== 'done'}
        data-working={state === 'working' || undefined}
        onClick={(event) => {
          fuse();
          // A tap leaves the focus here, and with it the explanation, over what one wants to see.
          if (event.detail > 0) event.currentTarget.blur();
        }}
        onPointerEnter={(event) => event.pointerType === 'mouse' && previewFusion(true)}
        onPointerLeave={() => previewFusion(false)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && previewFusion(true)}
        onBlur={() => previewFusion(false)}
      >
        <FuseIcon />
        {words}
      </button>
    </Tooltip>
  );
}

/** The effect of pressing once more: a network that trains grows once more, else the last fusion is repeated. */
function again(fusion: FusionNow | null, step: number): string {
  if (fusion?.kind === 'again') return say.backToStepAndFuseThere(count(fusion.step));
  const [growth] = fusion?.growths ?? [];
  if (!growth) return say.nothingCanBeFusedAtThis;
  const ids = [...new Set(growth.sources)];
  return ids.length === 1
    ? say.fuseWithItselfAtStepA(ids[0] ?? '', count(step), growth.sources.length)
    : say.fuseSeveralAtStep(listed(ids), count(step));
}

/** The theory's answer about a fusion here and now, as it is being computed. */
function Prediction() {
  const whatIfs = useStore((s) => s.whatIfs);
  const asked = useStore((s) => shownExperiment(s).predict.length > 0);
  const unavailable = useStore((s) => s.unavailable);
  const key = useStore((s) =>
    s.asked?.by === 'fuse' ? ([...s.chart.predicted.keys()].find((each) => each.endsWith('|what-if')) ?? '') : '',
  );
  const what = useStore((s) => s.chart.predicted.get(key));
  const cost = useStore((s) => s.predictionCosts.get(key));
  const curve = what?.get(FUSED_ID);
  const step = curve ? lastStep(curve) : null;
  const loss = curve ? lastLoss(curve) : null;
  // A few steps ahead say nothing yet.
  const far = cost?.state === 'done' || (cost?.progress ?? 0) > 0.3 || (curve?.length ?? 0) > 40;
  if (loss !== null && step !== null && far) {
    return <span className={styles.tipText}>{say.predictedLossAtStep(count(step), formatLoss(loss))}</span>;
  }
  const words =
    (unavailable === null ? null : sentence(unavailable)) ??
    (!asked
      ? say.thisPresetAsksForNo
      : whatIfs
        ? say.predictingWhereTheLossWill(cost && cost.progress > 0 ? percent(cost.progress) : null)
        : say.aFusionHereAndNowIs);
  return <span className={styles.tipText}>{words}</span>;
}
