/** Health: where it runs, how fast, and that nothing leaves the browser. At the bottom, out of the eye. */
import { say } from '../../text/en/screen/status.ts';
import type { AdapterReport } from '../../../run/reports.ts';
import { MeasuredLink } from '../measured/Measured.tsx';
import { useStore } from '../../state/store.ts';
import { TimeToGo } from '../time/Duration.tsx';
import { Hint } from '../../ui/terms/Hint.tsx';
import { wordsOf } from '../../text/messages.ts';
import { count, fixed, percent } from '../../text/numbers.ts';
import { Languages } from './Languages.tsx';
import styles from './status.module.css';

const LOADING = {
  data: say.loadingData,
  engine: say.startingTheEngineHere,
  kernels: say.compilingKernels,
  models: say.buildingTheNetworksHere,
} as const;
const PHASES = {
  loading: say.loading,
  ready: say.ready,
  training: '',
  paused: say.paused,
  growing: say.growing,
  finished: say.finished,
  diverged: say.diverged,
  failed: say.stopped,
} as const;

export function adapterWords(adapter: AdapterReport): string {
  switch (adapter.kind) {
    case 'webgpu':
      return adapter.description ? say.webgpu(adapter.description) : 'WebGPU';
    case 'webgpu-software':
      return say.softwareWebgpuNoGpuFound;
    case 'wasm':
      // The reason names what it runs on first, then why.
      return adapter.asked === true || adapter.reason === null ? 'WebAssembly' : wordsOf(adapter.reason);
    case 'reference':
      return adapter.reason === null ? '' : wordsOf(adapter.reason);
    default:
      return neverKind(adapter.kind);
  }
}

/** How large the memory is, with a unit. */
function memory(megabytes: number): string {
  return megabytes >= 1000 ? say.gb(fixed(megabytes / 1000, 2)) : say.mb(fixed(megabytes, megabytes < 100 ? 1 : 0));
}

/** As many digits as one reads at a glance. */
function rate(value: number): string {
  return value >= 100 ? count(value) : fixed(value, 1);
}

export function StatusBar() {
  const adapter = useStore((s) => s.adapter);
  const lost = useStore((s) => s.adapter === null && s.faults.some((fault) => fault.kind === 'device-lost'));
  const step = useStore((s) => s.step);
  const phase = useStore((s) => s.phase);
  const loading = useStore((s) => s.loading);
  const rates = useStore((s) => s.rates);
  const megaflops = useStore((s) => s.megaflopsPerStep);
  const busy = phase === 'training';
  const words =
    lost && phase !== 'failed' ? say.gpuLostContinuingFromStep(count(step)) : adapter ? adapterWords(adapter) : say.lookingForAGpu;
  const dot =
    lost || phase === 'failed'
      ? 'var(--bad)'
      : !adapter || phase === 'ready' || phase === 'loading'
        ? 'var(--line2)'
        : adapter.kind === 'webgpu'
          ? 'var(--ok)'
          : 'var(--warn)';
  const holding = useStore((s) => (s.phase === 'training' ? s.holding : null));
  const what =
    holding !== null
      ? say.waitingForThePrediction(percent(holding))
      : loading
        ? say.workDone(LOADING[loading.what], loading.total > 1, count(loading.done), count(loading.total))
        : PHASES[phase];
  return (
    <footer className={styles.bar}>
      <Hint label={adapter?.reason ? wordsOf(adapter.reason) : say.whereTheTrainingRuns}>
        <button type="button" className={styles.adapter} data-part="adapter" aria-label={say.adapter} aria-description={words}>
          <i style={{ background: dot }} />
          {words}
        </button>
      </Hint>
      {what ? <span>{what}</span> : null}
      <TimeToGo />
      {busy && rates ? (
        <>
          <span>{say.stepsS(rate(rates.stepsPerSecond))}</span>
          <span className={styles.second}>{say.tokensS(count(rates.tokensPerSecond))}</span>
          <span className={styles.second}>{say.memory(memory(rates.megabytes))}</span>
        </>
      ) : null}
      <span className={styles.space} />
      {busy || !megaflops ? null : (
        <span className={styles.second}>{say.mflopsAStep(rate(megaflops), rates ? memory(rates.megabytes) : null)}</span>
      )}
      <MeasuredLink />
      <Languages />
      <span className={styles.private}>{say.nothingLeavesThisBrowser}</span>
    </footer>
  );
}

function neverKind(kind: never): never {
  throw new Error(`unknown adapter ${String(kind)}`);
}
