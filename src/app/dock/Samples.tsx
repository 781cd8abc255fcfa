/** What the models say now: wrong characters underlined and red, and the share that is exact. */
import { type Experiment, FUSED_ID, isBaseline, type ModelId } from '../../experiment/experiment.ts';
import { planOf, schedule, startingModels } from '../../experiment/plan.ts';
import type { GrowthReport } from '../../worker/protocol.ts';
import type { SamplesReport } from '../state.ts';
import { useStore } from '../store.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { useLayout } from '../ui/layout.ts';
import { count, percent } from '../words.ts';
import { compare, units } from './compare.ts';
import styles from './dock.module.css';

function Output({ output, target, spaced }: { readonly output: string | undefined; readonly target: string; readonly spaced: boolean }) {
  if (output === undefined) return null;
  if (output === '') return <span className={styles.nothing}>nothing</span>;
  const parts = compare(output, target, spaced);
  return (
    <span>
      {parts.map(({ text, wrong }, i) =>
        wrong ? (
          <span key={i} className={styles.wrong}>
            {text}
          </span>
        ) : (
          <span key={i}>{text}</span>
        ),
      )}
      {parts.some((part) => part.wrong) ? <span className="visually-hidden"> (wrong)</span> : null}
    </span>
  );
}

interface Column {
  readonly id: ModelId;
  readonly when: 'now' | 'before';
  readonly report: SamplesReport;
}

type Fusion = Pick<GrowthReport, 'sources' | 'target'>;

/**
 * Which columns there are: of every fusion that happened last its sources (as they were) and what came of them, then whatever else
 * trains now; before a fusion the sources.
 * @param fusions those of one step, side by side
 */
export function columnsOf(
  now: SamplesReport,
  before: SamplesReport | null,
  sources: readonly ModelId[],
  fusions: readonly Fusion[],
): readonly Column[] {
  const has = (report: SamplesReport | null, id: ModelId): report is SamplesReport =>
    report !== null && report.rows.some((row) => row.outputs[id] !== undefined);
  const columns = new Map<string, Column>();
  const add = (id: ModelId, when: Column['when'], report: SamplesReport | null): void => {
    if (has(report, id)) columns.set(`${id} ${when}`, { id, when, report });
  };
  for (const fusion of fusions) {
    for (const id of fusion.sources) add(id, has(before, id) ? 'before' : 'now', has(before, id) ? before : now);
    add(fusion.target, 'now', now);
  }
  const fused = new Set(fusions.flatMap((fusion) => fusion.sources));
  const others = fusions.length === 0 ? sources : Object.keys(now.rows[0]?.outputs ?? {}).filter((id) => !isBaseline(id));
  for (const id of others) if (!fused.has(id)) add(id, 'now', now);
  return [...columns.values()];
}

/** The fusions of the latest step at which something was fused. */
const latestOf = (growths: readonly GrowthReport[]): readonly GrowthReport[] => growths.filter(({ step }) => step === growths.at(-1)?.step);

/** What comes of the first fusion of the plan, in its order. */
function firstFused(experiment: Experiment): string {
  const growths = schedule(planOf(experiment)).filter(({ sources }) => sources.length > 0);
  const first = Math.min(...growths.map(({ from }) => from));
  const names = growths.filter(({ from }) => from === first).map(({ model }) => model);
  return names.length === 0 ? FUSED_ID : names.join(', ');
}

export function Samples() {
  const now = useStore((s) => s.samples);
  const before = useStore((s) => s.samplesBefore);
  const experiment = useStore((s) => s.experiment);
  const growths = useStore((s) => s.growths);
  const fusions = latestOf(growths);
  const fused = fusions.length > 0;
  const layout = useLayout();
  const spaced = experiment.task === 'pronounce';
  if (!now) return <p className={styles.empty}>Appear after the first 20 steps.</p>;
  const inOrder = columnsOf(now, before, startingModels(experiment), fusions);
  const judged = inOrder.filter(({ id, when }) => when === 'now' && fusions.some(({ target }) => target === id));
  // A phone shows the first columns only: what the model says now comes before what its sources said.
  const columns = layout === 'phone' ? [...judged, ...inOrder.filter((column) => !judged.includes(column))] : inOrder;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Samples">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Target</th>
            {columns.map(({ id, when, report }) => (
              <th key={`${id}${when}`} scope="col">
                {id} {when} <b>{percent((report.exact[id] ?? 0) / Math.max(1, report.of))}</b>
              </th>
            ))}
            {fused ? null : <th scope="col">{firstFused(experiment)}</th>}
            <th scope="col" className={styles.right}>
              exact, of {count(now.of)}
            </th>
          </tr>
        </thead>
        <tbody>
          {now.rows.map((row, i) => {
            const old = before?.rows.find((other) => other.source === row.source) ?? before?.rows[i];
            return (
              <tr key={`${row.source}${i}`}>
                <td>{row.source}</td>
                <td className={styles.target}>{row.target}</td>
                {columns.map(({ id, when }) => (
                  <td key={`${id}${when}`}>
                    <Output output={(when === 'before' ? old : row)?.outputs[id]} target={row.target} spaced={spaced} />
                  </td>
                ))}
                {fused ? null : <td className={styles.later}>{i === 0 ? 'after the fusion' : ''}</td>}
                <td className={`${styles.right} ${styles.verdict}`}>
                  {judged.map(({ id }) => (
                    <Verdict
                      key={id}
                      of={judged.length > 1 ? id : null}
                      output={row.outputs[id] ?? ''}
                      target={row.target}
                      spaced={spaced}
                    />
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface VerdictProps {
  /** Whose it is, where there are several. */
  readonly of: ModelId | null;
  readonly output: string;
  readonly target: string;
  readonly spaced: boolean;
}

function Verdict({ of, output, target, spaced }: VerdictProps) {
  const whose = of === null ? '' : `${of} `;
  if (output === target) {
    return (
      <span className={styles.exact}>
        {whose}
        <CheckIcon size={13} /> exact
      </span>
    );
  }
  const right = compare(output, target, spaced)
    .filter((part) => !part.wrong)
    .reduce((sum, part) => sum + part.length, 0);
  return (
    <span>
      {whose}
      {right} of {units(target, spaced).length}
    </span>
  );
}
