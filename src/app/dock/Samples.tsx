/** What the models say now: wrong characters underlined and red, and the share that is exact. */
import type { ModelId } from '../../experiment/experiment.ts';
import { startingModels } from '../../experiment/plan.ts';
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

/** Which columns there are: after a growth its sources (as they were) and what came of them; before it the sources. */
export function columnsOf(
  now: SamplesReport,
  before: SamplesReport | null,
  sources: readonly ModelId[],
  growth: Pick<GrowthReport, 'sources' | 'target'> | null,
): readonly Column[] {
  const has = (report: SamplesReport | null, id: ModelId): report is SamplesReport =>
    report !== null && report.rows.some((row) => row.outputs[id] !== undefined);
  const columns: Column[] = [];
  for (const id of new Set(growth?.sources ?? sources)) {
    if (growth && has(before, id)) columns.push({ id, when: 'before', report: before });
    else if (has(now, id)) columns.push({ id, when: 'now', report: now });
  }
  if (growth && has(now, growth.target)) columns.push({ id: growth.target, when: 'now', report: now });
  return columns;
}

export function Samples() {
  const now = useStore((s) => s.samples);
  const before = useStore((s) => s.samplesBefore);
  const experiment = useStore((s) => s.experiment);
  const growth = useStore((s) => s.growth);
  const fused = growth !== null;
  const layout = useLayout();
  const spaced = experiment.task === 'pronounce';
  if (!now) return <p className={styles.empty}>Appear after the first 20 steps.</p>;
  const inOrder = columnsOf(now, before, startingModels(experiment), growth);
  const judged = fused ? inOrder.find(({ id }) => id === growth.target) : undefined;
  // A phone shows the first columns only: what the model says now comes before what its sources said.
  const columns = layout === 'phone' && judged ? [judged, ...inOrder.filter((column) => column !== judged)] : inOrder;
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
            {fused ? null : <th scope="col">M</th>}
            <th scope="col" className={styles.right}>
              exact, of {count(now.of)}
            </th>
          </tr>
        </thead>
        <tbody>
          {now.rows.map((row, i) => {
            const old = before?.rows.find((other) => other.source === row.source) ?? before?.rows[i];
            const final = judged ? row.outputs[judged.id] : undefined;
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
                  {final === undefined ? null : <Verdict output={final} target={row.target} spaced={spaced} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Verdict({ output, target, spaced }: { readonly output: string; readonly target: string; readonly spaced: boolean }) {
  if (output === target) {
    return (
      <span className={styles.exact}>
        <CheckIcon size={13} /> exact
      </span>
    );
  }
  const right = compare(output, target, spaced)
    .filter((part) => !part.wrong)
    .reduce((sum, part) => sum + part.length, 0);
  return (
    <span>
      {right} of {units(target, spaced).length}
    </span>
  );
}
