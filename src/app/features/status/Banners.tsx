/** Banners for all that went wrong, with the value, the right one, and the button that mends it. */
import { say } from '../../text/en/screen/banners.ts';
import { useState } from 'react';
import { LIMITS } from '../../../experiment/limits.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { count, formatLoss, size } from '../../text/numbers.ts';
import { holdsGoingBack } from '../../state/derived/locked.ts';
import { edit, goBack, reset } from '../../state/control/run-control.ts';
import { linkOf } from '../../state/derived/derive.ts';
import type { Fault } from '../../state/slices/health.ts';
import { setState, useStore } from '../../state/store.ts';
import { pageAddress, setAddress } from '../../state/control/address.ts';
import { ByHand } from '../../ui/ByHand.tsx';
import { copyText } from '../../ui/copy.ts';
import { later } from '../../ui/later.tsx';
import { sentence } from '../../text/words.ts';
import { loadAgain, restartWorker } from '../../state/control/worker-client.ts';
import type { State } from '../../state/state.ts';
import { Banner } from './Banner.tsx';
import { Fetched } from './Fetched.tsx';
import styles from './status.module.css';

const keptBanners = later(async () => (await import('../runs/KeptBanners.tsx')).KeptBanners);

const outOfSightBanner = later(async () => (await import('../background/OutOfSight.tsx')).OutOfSight);

/** Notes on the runs that are kept on this device: not over a lesson, or in somebody's text. */
const saysOfKept = ({ offer, storage, view }: State): boolean =>
  (offer !== null || (storage?.problem ?? null) !== null) && view.lesson === null && view.view !== 'chart';

function LinkProblems() {
  const problems = useStore((s) => s.problems);
  const source = useStore((s) => s.problemsIn);
  const experiment = useStore((s) => s.experiment);
  const view = useStore((s) => s.view);
  const [copied, setCopied] = useState<'yes' | 'by-hand' | null>(null);
  if (problems.length === 0) return null;
  const shown = problems.slice(0, 3);
  const hash = linkOf({ experiment, view });
  const link = pageAddress() + hash;
  const copy = async (): Promise<void> => {
    setAddress(hash);
    setCopied((await copyText(link)) ? 'yes' : 'by-hand');
  };
  return (
    <Banner
      tone="warn"
      mark="?"
      title={source === 'link' ? say.linkHasProblems(problems.length) : say.fileHasProblems(problems.length)}
      action={{ words: copied === 'yes' ? say.copied : say.copyTheCorrectedLink, does: () => void copy() }}
      onClose={() => setState({ problems: [] })}
    >
      {shown.map((problem) => (problem.endsWith('.') ? problem : `${problem}.`)).join(' ')}
      {problems.length > shown.length ? say.andMore(problems.length - shown.length) : ''}
      {copied === 'by-hand' ? <ByHand key={link} link={link} label={say.correctedLink} /> : null}
    </Banner>
  );
}

/** Notes on files that were opened. */
function Told() {
  const [first, ...more] = useStore((s) => s.told);
  if (first === undefined) return null;
  return (
    <Banner tone="warn" mark="i" title={first} onClose={() => setState({ told: [] })}>
      {more.join(' ')}
    </Banner>
  );
}

function Diverged() {
  const diverged = useStore((s) => s.diverged);
  const fused = useStore((s) => s.growth !== null);
  const locked = useStore(holdsGoingBack);
  if (!diverged) return null;
  const loss = Number.isFinite(diverged.loss)
    ? say.lossPassed(diverged.loss >= 50 ? '50' : formatLoss(diverged.loss))
    : say.lossIsNotFinite;
  return (
    <Banner
      tone="bad"
      mark="!"
      title={say.trainingDivergedAtStep(count(diverged.step))}
      action={
        locked
          ? { words: say.backToTheBeginning, does: reset }
          : { words: say.backToWith(count(diverged.backTo), size(diverged.suggested)), does: goBack }
      }
      onClose={null}
    >
      {say.stepSizeIs(loss, fused, size(diverged.stepSize))}
      {/* Where the run has already left, its curvature says nothing any more. */}
      {diverged.edge === null || diverged.edge < LIMITS.stepSize.min ? '.' : say.theEdgeOfStabilityIsAt(size(diverged.edge))}
    </Banner>
  );
}

function FaultBanner({
  fault,
  experiment,
  onClose,
}: {
  readonly fault: Fault;
  readonly experiment: Experiment;
  readonly onClose: () => void;
}) {
  const again = { words: say.startItAgain, does: restartWorker };
  switch (fault.kind) {
    case 'no-webgpu':
      return (
        <Banner
          tone="warn"
          mark="i"
          title={say.noWebgpuHere}
          onClose={onClose}
          action={experiment.adapter === 'webgpu' ? { words: say.toWebassembly, does: () => edit({ adapter: 'wasm' }) } : undefined}
        >
          {sentence(fault.message)}
        </Banner>
      );
    case 'device-lost':
      return (
        <Banner
          tone={fault.fatal ? 'bad' : 'warn'}
          mark="!"
          title={say.gpuLost}
          onClose={fault.fatal ? null : onClose}
          action={fault.fatal ? again : undefined}
        >
          {sentence(fault.message)}
        </Banner>
      );
    case 'out-of-memory':
      return (
        <Banner
          tone="bad"
          mark="!"
          title={say.outOfMemory}
          onClose={onClose}
          action={{
            words: say.halveTheWidth,
            does: () =>
              edit({
                model: {
                  ...experiment.model,
                  d: Math.max(2, Math.round(experiment.model.d / 2)),
                  ff: Math.max(2, Math.round(experiment.model.ff / 2)),
                },
              }),
          }}
        >
          {sentence(fault.message)}
        </Banner>
      );
    case 'worker':
      return fault.fatal ? (
        <Banner tone="bad" mark="!" title={say.theTrainingWorkerStoppedAt(count(fault.step))} onClose={null} action={again}>
          {say.itWasStartedAnewAndStopped(sentence(fault.message))}
          {fault.goesOn ? ` ${say.startedAgainItGoesOn}` : ''}
        </Banner>
      ) : (
        <Banner tone="warn" mark="!" title={say.theTrainingWorkerStoppedAt(count(fault.step))} onClose={onClose}>
          {fault.goesOn ? say.aNewOneGoesOn(sentence(fault.message)) : say.aNewOneHasTakenThe(sentence(fault.message))}
        </Banner>
      );
    case 'silent':
      return (
        <Banner tone="warn" mark="i" title={say.theTrainingWorkerIsSilent} onClose={onClose} action={again}>
          {say.aSlowMachineMayNeedLonger(sentence(fault.message))}
          {fault.goesOn ? ` ${say.startedAgainItGoesOn}` : ''}
        </Banner>
      );
    case 'data':
      return (
        <Banner tone="bad" mark="!" title={say.theDataCantBeLoaded} onClose={onClose} action={{ words: say.tryAgain, does: loadAgain }}>
          {sentence(fault.message)}
          {navigator.onLine ? '' : say.itIsTriedAgainAsSoon}
        </Banner>
      );
    case 'refused':
      return <Refused fault={fault} onClose={onClose} />;
    case 'not-built':
      return (
        <Banner tone="warn" mark="i" title={say.notBuiltYet} onClose={onClose}>
          {sentence(fault.message)}
        </Banner>
      );
    default:
      return neverKind(fault.kind);
  }
}

/** A refusal: its title says what can't be done, the text below it why, or what else can be done. */
function Refused({ fault, onClose }: { readonly fault: Fault; readonly onClose: () => void }) {
  return (
    <Banner tone="bad" mark="!" title={sentence(fault.message)} onClose={onClose}>
      {fault.more ?? ''}
    </Banner>
  );
}

function neverKind(kind: never): never {
  throw new Error(`unknown fault ${String(kind)}`);
}

export function Banners() {
  const faults = useStore((s) => s.faults);
  const experiment = useStore((s) => s.experiment);
  const kept = useStore(saysOfKept);
  const outOfSight = useStore((s) => s.outOfSight !== null && s.view.view !== 'chart');
  return (
    <div className={styles.banners}>
      {kept ? <Fetched name={say.keptRuns} part={keptBanners} props={{}} /> : null}
      {outOfSight ? <Fetched name={say.outOfSight} part={outOfSightBanner} props={{}} /> : null}
      <LinkProblems />
      <Told />
      <Diverged />
      {faults.map((fault) => (
        <FaultBanner
          key={fault.kind}
          fault={fault}
          experiment={experiment}
          onClose={() => setState({ faults: faults.filter((other) => other !== fault) })}
        />
      ))}
    </div>
  );
}
