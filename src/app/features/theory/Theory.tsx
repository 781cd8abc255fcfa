/** Theory: change a step size and read the answer before paying for it. */
import { say } from '../../text/en/theory/theory.ts';
import { useEffect, useMemo } from 'react';
import { isPlainDescent } from '../../../experiment/declared/optimizers.ts';
import { stepSizeAfter, type StepSize } from '../../../experiment/experiment.ts';
import { sharedStepSizes } from '../../../experiment/plan/shared-steps.ts';
import { stabilityNow } from '../../state/derived/trust.ts';
import { liveModels, sizeOf, stepSizeNow, shownExperiment } from '../../state/derived/derive.ts';
import { isLocked } from '../../state/derived/locked.ts';
import { changeStepSize, runBranch } from '../../state/control/run-control.ts';
import { askedByReader, changeShown } from '../../state/derived/asked.ts';
import { ask, setState, store, useStore } from '../../state/store.ts';
import { withWhatIf } from '../../../experiment/plan/what-if.ts';
import { BranchIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { sharedStepWords } from '../../text/words.ts';
import { count } from '../../text/numbers.ts';
import { Agreement } from './agreement/Agreement.tsx';
import { Diagnostics } from './agreement/Diagnostics.tsx';
import { Faster } from './step-size/Faster.tsx';
import { FlowCard } from './flows/FlowCard.tsx';
import { Gauge } from './step-size/Gauge.tsx';
import { Instant } from './step-size/Instant.tsx';
import { OneFlow } from './flows/OneFlow.tsx';
import { StepSlider } from './step-size/StepSlider.tsx';
import styles from './theory.module.css';

const same = (a: StepSize, b: StepSize): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Adds a changed step size to the what-if, or takes it out where it is the run's own. */
function askSize(which: 'h' | 'h2', value: StepSize, was: StepSize): void {
  const { [which]: _old, ...others } = changeShown(store.getState()) ?? {};
  ask(same(value, was) ? others : { ...others, [which]: value });
}

export function Theory() {
  const experiment = useStore(shownExperiment);
  const asked = withWhatIf(experiment, useStore(changeShown));
  const shared = useMemo(() => sharedStepSizes(experiment), [experiment]);
  // Of an optimizer without an edge of stability h · λ says nothing.
  const stable = useStore((s) => s.flow === null || 'edge' in s.flow);
  const lockedH = useStore((s) => isLocked(s, 'h'));
  const lockedH2 = useStore((s) => isLocked(s, 'h2'));
  useEffect(() => {
    setState({ theoryOpen: true });
    return () => setState({ theoryOpen: false });
  }, []);
  return (
    <div className={styles.theory}>
      <StepSlider
        label={say.stepSize}
        explains={say.howFarOneStepOfThe}
        value={asked.h}
        was={experiment.h}
        shared={sharedStepWords(shared.before)}
        locked={lockedH}
        onChange={(value) => askSize('h', value, experiment.h)}
      />
      <StepSlider
        label={say.stepSizeAfterGrowth}
        explains={say.howFarOneStepGoesOnce}
        value={stepSizeAfter(asked)}
        was={stepSizeAfter(experiment)}
        shared={sharedStepWords(shared.after)}
        locked={lockedH2}
        onChange={(value) => askSize('h2', value, stepSizeAfter(experiment))}
      />
      <Branch />
      <Instant />
      <hr className={ui.divider} />
      {stable ? (
        <>
          <Sharpness asked={asked} />
          <hr className={ui.divider} />
        </>
      ) : null}
      <Agreement />
      <FlowCard />
      {isPlainDescent({ ...experiment, batch: 'full' }) ? (
        <>
          <Faster />
          <OneFlow />
        </>
      ) : null}
      <Diagnostics />
    </div>
  );
}

/** Run this branch, and the quieter way: the new step size from here on. */
function Branch() {
  const whatIf = useStore(askedByReader);
  const checkpoints = useStore((s) => s.checkpoints);
  const experiment = useStore(shownExperiment);
  const step = useStore((s) => s.step);
  const fused = useStore((s) => s.growth !== null);
  const trains = useStore((s) => s.step > 0 && (s.phase === 'training' || s.phase === 'paused'));
  if (!whatIf) return null;
  const grow = experiment.grow ?? Infinity;
  const begins = Math.min(step, whatIf.h ? 0 : Infinity, whatIf.grow ?? Infinity, whatIf.h2 ? grow : Infinity);
  const from = checkpoints.reduce((best, at) => (at <= begins && at > best ? at : best), 0);
  const live = fused ? whatIf.h2 : whatIf.h;
  const now = fused ? stepSizeAfter(experiment) : experiment.h;
  // A link holds a change in mid-run as a table of constants; one of a held sharpness it can't hold.
  const lasting = live?.kind === 'constant' && now.kind !== 'edge';
  return (
    <div className={styles.branch}>
      <button type="button" className={`${ui.button} ${ui.growth} ${ui.wide}`} onClick={runBranch}>
        <BranchIcon />
        {say.runThisBranch}
      </button>
      <p className={styles.branchNote}>
        {say.fromStep(count(from))}
        {live && trains && lasting ? (
          <>
            <button type="button" className={styles.link} onClick={() => changeStepSize(fused ? 'h2' : 'h', live)}>
              {say.fromNowOn}
            </button>
            {' · '}
          </>
        ) : null}
        <button type="button" className={styles.link} onClick={() => ask(null)}>
          {say.resetWhatIf}
        </button>
      </p>
      {live && trains && !lasting ? <p className={styles.branchNote}>{say.aHeldSharpnessCantChangeIn}</p> : null}
    </div>
  );
}

function Sharpness({ asked }: { readonly asked: ReturnType<typeof withWhatIf> }) {
  const id = useStore((s) => liveModels(s)[0] ?? 'A');
  const curve = useStore((s) => s.sharpness.get(id));
  const now = useStore(stepSizeNow);
  const step = useStore((s) => s.step);
  const experiment = useStore(shownExperiment);
  const fused = useStore((s) => s.growth !== null);
  const stability = useStore(stabilityNow);
  const measured = curve && curve.length > 0 ? (curve.hLambda[curve.length - 1] ?? null) : null;
  const lambda = curve && curve.length > 0 ? (curve.lambda[curve.length - 1] ?? null) : null;
  const size = fused ? stepSizeAfter(asked) : asked.h;
  const before = fused ? stepSizeAfter(experiment) : experiment.h;
  if (same(size, before)) return <Gauge h={now} lambda={lambda} value={measured} was={null} stability={stability} />;
  const h = size.kind === 'edge' ? (lambda === null ? null : size.edge / lambda) : sizeOf(size, step);
  const value = size.kind === 'edge' ? size.edge : h !== null && lambda !== null ? h * lambda : null;
  return <Gauge h={h} lambda={lambda} value={value} was={measured} stability={stability} />;
}
