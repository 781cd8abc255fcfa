/** Health: where it runs, how fast, and that nothing leaves the browser. At the bottom, out of the eye. */
import type { AdapterReport } from '../../../run/reports.ts';
import { MeasuredLink } from '../measured/Measured.tsx';
import { useStore } from '../../state/store.ts';
import { TimeToGo } from '../time/Duration.tsx';
import { Hint } from '../../ui/Term.tsx';
import { count, percent } from '../../text/words.ts';
import styles from './status.module.css';

const LOADING = {
  data: 'loading data',
  engine: 'starting the engine',
  kernels: 'compiling kernels',
  models: 'building the networks',
} as const;
const PHASES = {
  loading: 'loading',
  ready: 'ready',
  training: '',
  paused: 'paused',
  growing: 'growing',
  finished: 'finished',
  diverged: 'diverged',
  failed: 'stopped',
} as const;

export function adapterWords(adapter: AdapterReport): string {
  switch (adapter.kind) {
    case 'webgpu':
      return adapter.description ? `WebGPU · ${adapter.description}` : 'WebGPU';
    case 'webgpu-software':
      return 'Software WebGPU: no GPU found, slower';
    case 'wasm':
      // The reason names what it runs on first, then why.
      return / asked for/.test(adapter.reason) ? 'WebAssembly' : adapter.reason;
    case 'reference':
      return adapter.reason;
    default:
      return neverKind(adapter.kind);
  }
}

/** How large the memory is, with a unit. */
function memory(megabytes: number): string {
  return megabytes >= 1000 ? `${(megabytes / 1000).toFixed(2)} GB` : `${megabytes.toFixed(megabytes < 100 ? 1 : 0)} MB`;
}

function rate(value: number): string {
  return value >= 100 ? count(value) : value.toFixed(1);
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
    lost && phase !== 'failed' ? `GPU lost: continuing from step ${count(step)}` : adapter ? adapterWords(adapter) : 'Looking for a GPU';
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
      ? `Waiting for the prediction: ${percent(holding)}`
      : loading
        ? `${LOADING[loading.what]}${loading.total > 1 ? ` ${count(loading.done)} of ${count(loading.total)}` : ''}`
        : PHASES[phase];
  return (
    <footer className={styles.bar}>
      <Hint label={adapter?.reason || 'Where the training runs'}>
        <button type="button" className={styles.adapter} aria-label="Adapter" aria-description={words}>
          <i style={{ background: dot }} />
          {words}
        </button>
      </Hint>
      {what ? <span>{what}</span> : null}
      <TimeToGo />
      {busy && rates ? (
        <>
          <span>{rate(rates.stepsPerSecond)} steps/s</span>
          <span className={styles.second}>{count(rates.tokensPerSecond)} tokens/s</span>
          <span className={styles.second}>memory {memory(rates.megabytes)}</span>
        </>
      ) : null}
      <span className={styles.space} />
      {busy || !megaflops ? null : (
        <span className={styles.second}>
          {megaflops >= 100 ? count(megaflops) : megaflops.toFixed(1)} MFLOPs a step{rates ? `, ${memory(rates.megabytes)}` : ''}
        </span>
      )}
      <MeasuredLink />
      <span className={styles.private}>Nothing leaves this browser</span>
    </footer>
  );
}

function neverKind(kind: never): never {
  throw new Error(`unknown adapter ${String(kind)}`);
}
