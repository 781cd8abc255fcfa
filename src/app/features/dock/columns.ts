/** Which networks the samples are shown of, and whether as they were before a fusion. */
import { isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import type { GrowthReport } from '../../../run/reports.ts';
import type { SamplesReport } from '../../state/slices/growth.ts';

export interface Column {
  readonly id: ModelId;
  readonly when: 'now' | 'before';
  readonly report: SamplesReport;
}

/** Who was looked at; there may be no word to show of them. */
const modelsIn = ({ rows, exact }: SamplesReport): readonly ModelId[] => [
  ...new Set([...Object.keys(exact), ...rows.flatMap(({ outputs }) => Object.keys(outputs))]),
];

/** The share of the examples that its network had exactly right. */
export const exactShare = ({ id, report }: Pick<Column, 'id' | 'report'>): number => (report.exact[id] ?? 0) / Math.max(1, report.of);

type Fusion = Pick<GrowthReport, 'sources' | 'target'>;

/**
 * Which columns there are: of every fusion that happened last its sources (as they were) and what came of them, then
 * whatever else trains now; before a fusion the sources.
 * @param fusions those of one step, side by side
 */
export function columnsOf(
  now: SamplesReport,
  before: SamplesReport | null,
  sources: readonly ModelId[],
  fusions: readonly Fusion[],
): readonly Column[] {
  const has = (report: SamplesReport | null, id: ModelId): report is SamplesReport => report !== null && modelsIn(report).includes(id);
  const columns = new Map<string, Column>();
  const add = (id: ModelId, when: Column['when'], report: SamplesReport | null): void => {
    if (has(report, id)) columns.set(`${id} ${when}`, { id, when, report });
  };
  for (const fusion of fusions) {
    for (const id of fusion.sources) add(id, has(before, id) ? 'before' : 'now', has(before, id) ? before : now);
    add(fusion.target, 'now', now);
  }
  const fused = new Set(fusions.flatMap((fusion) => fusion.sources));
  const others = fusions.length === 0 ? sources : modelsIn(now).filter((id) => !isBaseline(id));
  for (const id of others) if (!fused.has(id)) add(id, 'now', now);
  return [...columns.values()];
}
