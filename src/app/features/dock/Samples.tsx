/** The models' answers now, to everyday words and to one's own, and the share that is exact. */
import { say } from '../../text/en/network/samples.ts';
import { type Experiment, FUSED_ID, type TaskId } from '../../../experiment/experiment.ts';
import { growthNoun } from '../../../experiment/describe.ts';
import { planOf, schedule, startingModels } from '../../../experiment/plan/plan.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import type { GrowthReport, OwnWord } from '../../../run/reports.ts';
import { useStore } from '../../state/store.ts';
import { useLayout } from '../../ui/layout.ts';
import { count, percent } from '../../text/numbers.ts';
import { Output, Verdict } from './Answer.tsx';
import { type Column, columnsOf, exactShare } from './columns.ts';
import { OwnWordField, ownWordNote } from './OwnWord.tsx';
import { SoundKey } from './SoundKey.tsx';
import { TextSamples } from './TextSamples.tsx';
import { pointing, usePointed } from '../../state/view.ts';
import styles from './dock.module.css';
import ui from '../../ui/ui.module.css';
import { shownExperiment } from '../../state/derived/derive.ts';

/** The fusions of the latest step at which something was fused. */
const latestOf = (growths: readonly GrowthReport[]): readonly GrowthReport[] => growths.filter(({ step }) => step === growths.at(-1)?.step);

/** The network that the first fusion of the plan makes, in the plan's order. */
function firstFused(experiment: Experiment): string {
  const growths = schedule(planOf(experiment)).filter(({ sources }) => sources.length > 0);
  const first = Math.min(...growths.map(({ from }) => from));
  const names = growths.filter(({ from }) => from === first).map(({ model }) => model);
  return names.length === 0 ? FUSED_ID : names.join(', ');
}

export function Samples() {
  const pointed = usePointed();
  const now = useStore((s) => s.samples);
  const before = useStore((s) => s.samplesBefore);
  const experiment = useStore(shownExperiment);
  const growths = useStore((s) => s.growths);
  const fusions = latestOf(growths);
  const fused = fusions.length > 0;
  const layout = useLayout();
  const task = now?.task ?? planOf(experiment)[0]?.task ?? experiment.task;
  const { spaced, texts } = taskRow(task);
  if (!now && texts) return <TextSamples task={task} now={null} before={null} columns={[]} last={false} later="" />;
  if (!now)
    return (
      <div className={styles.before}>
        <p className={styles.empty}>{say.appearAfterTheFirst20Steps}</p>
        <OwnWordField shown="" />
      </div>
    );
  const inOrder = columnsOf(now, before, startingModels(experiment), fusions);
  const judged = inOrder.filter(({ id, when }) => when === 'now' && fusions.some(({ target }) => target === id));
  // Where only the first columns are in sight, what the model says now comes before what its sources said.
  const columns = layout !== 'wide' ? [...judged, ...inOrder.filter((column) => !judged.includes(column))] : inOrder;
  if (texts) {
    const last = planOf(experiment).at(-1)?.task ?? experiment.task;
    const later = fused ? '' : firstFused(experiment);
    return <TextSamples task={task} now={now} before={before} columns={columns} last={last === task} later={later} />;
  }
  return (
    <div className={ui.scroll} tabIndex={0} role="region" aria-label={say.samples}>
      <table className={`${ui.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{say.source}</th>
            <th scope="col">
              {say.target}
              {taskRow(task).term === 'phonemes' ? <SoundKey /> : null}
            </th>
            {columns.map(({ id, when, report }) => (
              <th key={`${id}${when}`} scope="col" {...pointing(id)} data-dim={(pointed !== null && pointed !== id) || undefined}>
                {id} {when === 'now' ? say.now : say.before} <b>{percent(exactShare({ id, report }))}</b>
              </th>
            ))}
            {fused ? null : <th scope="col">{firstFused(experiment)}</th>}
            <th scope="col" className={styles.right}>
              {say.exactOf(count(now.of))}
            </th>
          </tr>
        </thead>
        <tbody>
          <OwnRow own={now.own} columns={columns} before={before?.own ?? null} judged={judged} task={task} later={!fused} />
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
                {fused ? null : <td className={styles.later}>{i === 0 ? say.afterThe(growthNoun(experiment.operator)) : ''}</td>}
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
      {now.rows.length === 0 ? <p className={styles.empty}>{say.noneOfTheWordsOfThis}</p> : null}
    </div>
  );
}

interface OwnRowProps {
  readonly own: OwnWord | null;
  /** As the sources read it just before the fusion, if it was asked by then. */
  readonly before: OwnWord | null;
  readonly columns: readonly Column[];
  readonly judged: readonly Column[];
  readonly task: TaskId;
  /** A column for what is still to be fused. */
  readonly later: boolean;
}

/** The first row: the reader's own word. */
function OwnRow({ own, before, columns, judged, task, later }: OwnRowProps) {
  const { spaced } = taskRow(task);
  const target = own?.target ?? null;
  const note = own ? ownWordNote(own, task) : '';
  const answerOf = ({ id, when }: Column): string | undefined =>
    when === 'now' ? own?.outputs[id] : before?.source === own?.source ? before?.outputs[id] : undefined;
  return (
    <>
      <tr>
        <td>
          <OwnWordField shown={own?.source ?? ''} />
        </td>
        <td className={styles.target}>{target}</td>
        {columns.map((column) => (
          <td key={`${column.id}${column.when}`}>
            <Output output={answerOf(column)} target={target} spaced={spaced} />
          </td>
        ))}
        {later ? <td className={styles.later}>{''}</td> : null}
        <td className={`${styles.right} ${styles.verdict}`}>
          {target === null
            ? null
            : judged.map(({ id }) => {
                const output = own?.outputs[id];
                return output === undefined ? null : (
                  <Verdict key={id} of={judged.length > 1 ? id : null} output={output} target={target} spaced={spaced} />
                );
              })}
        </td>
      </tr>
      {note === '' ? null : (
        <tr>
          <td colSpan={3 + columns.length + (later ? 1 : 0)} className={styles.say}>
            <span role="status">{note}</span>
          </td>
        </tr>
      )}
    </>
  );
}
