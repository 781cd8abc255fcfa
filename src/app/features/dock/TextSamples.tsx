/**
 * Samples of texts, as texts: a story with its gaps filled in by every network, side by side; or story, question and
 * answers, with the answers in sight. What is right stands plain, what is wrong is marked.
 */
import { say as sayWhen } from '../../text/en/network/samples.ts';
import { say } from '../../text/en/network/text-samples.ts';
import type { TaskId } from '../../../experiment/declared/tasks.ts';
import { UNREAD_ID } from '../../../experiment/experiment.ts';
import type { SampleRow } from '../../../run/reports.ts';
import { shortNameOf } from '../../plot/curves/beside.ts';
import type { SamplesReport } from '../../state/slices/growth.ts';
import { count, percent } from '../../text/numbers.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { Output } from './Answer.tsx';
import { type Column, exactShare } from './columns.ts';
import { asked, filled } from './gaps.ts';
import { OwnText } from './OwnText.tsx';
import styles from './text.module.css';

interface TextSamplesProps {
  readonly task: TaskId;
  /** Null before the first look. */
  readonly now: SamplesReport | null;
  readonly before: SamplesReport | null;
  readonly columns: readonly Column[];
  /** Whether these are of the last task of the plan: then the network that has learnt it alone answers, too. */
  readonly last: boolean;
  /** A note on the networks that are still to be fused; empty where a fusion has been. */
  readonly later: string;
}

export function TextSamples({ task, now, before, columns: all, last, later }: TextSamplesProps) {
  // A sample from before a fusion may be of another task.
  const columns = all.filter(({ report }) => report.task === task);
  if (now && last && Object.hasOwn(now.exact, UNREAD_ID)) columns.push({ id: UNREAD_ID, when: 'now', report: now });
  return (
    <div className={ui.scroll} tabIndex={0} role="region" aria-label={say.samples}>
      {now ? null : <p className={styles.soon}>{sayWhen.appearAfterTheFirst20Steps}</p>}
      {/* In one place from the beginning: what is being typed stays when the first samples come. */}
      <OwnText key={task} task={task} own={now?.own ?? null} before={before} columns={columns} />
      {now ? <Table now={now} columns={columns} later={later} /> : null}
    </div>
  );
}

function Table({ now, columns, later }: Pick<TextSamplesProps, 'columns' | 'later'> & { readonly now: SamplesReport }) {
  const gaps = now.task === 'spans';
  return (
    <table className={`${ui.table} ${styles.table}`}>
      <thead>
        <tr>
          {gaps ? null : (
            <>
              <th scope="col">{say.textAndQuestion}</th>
              <th scope="col">{say.right}</th>
            </>
          )}
          {columns.map(({ id, when, report }) => (
            <th key={`${id}${when}`} scope="col">
              {shortNameOf(id)} {when === 'now' ? say.now : say.before} <b>{percent(exactShare({ id, report }))}</b>{' '}
              {say.exactOf(count(report.of))}
            </th>
          ))}
          {later === '' ? null : <th scope="col">{say.afterTheFusion(later)}</th>}
        </tr>
      </thead>
      <tbody>
        {now.rows.map((row, i) => (
          <tr key={`${row.source}${i}`}>
            {gaps ? null : <Story row={row} />}
            {columns.map(({ id, when, report }) => {
              const said = (when === 'now' ? row : report.rows.find(({ source }) => source === row.source))?.outputs[id];
              return (
                <td key={`${id}${when}`} className={gaps ? styles.story : styles.answer}>
                  {gaps ? <Filled row={row} said={said} /> : <Answer said={said} right={row.target} />}
                </td>
              );
            })}
            {later === '' ? null : <td>{''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Story({ row: { source, target } }: { readonly row: SampleRow }) {
  const { story, question } = asked(source);
  return (
    <>
      <td className={styles.story}>
        {story} {question === '' ? null : <b>{question}</b>}
      </td>
      <td className={styles.answer}>{target}</td>
    </>
  );
}

/** A story as a network would have it. */
function Filled({ row: { source, target }, said }: { readonly row: SampleRow; readonly said: string | undefined }) {
  if (said === undefined) return null;
  return filled(source, said, target).map((piece, i) =>
    'text' in piece ? (
      <span key={i}>{piece.text} </span>
    ) : piece.given === piece.right ? (
      <span key={i}>
        <span className={styles.gap}>{piece.given}</span>{' '}
      </span>
    ) : (
      <span key={i}>
        <span className={`${styles.gap} ${styles.wrong}`}>{piece.given === '' ? say.nothing : piece.given}</span>{' '}
        <span className={styles.instead}>{say.insteadOf(piece.right)}</span>{' '}
      </span>
    ),
  );
}

function Answer({ said, right }: { readonly said: string | undefined; readonly right: string }) {
  if (said === undefined) return null;
  return (
    <>
      <Output output={said} target={right} spaced />
      {said === right ? (
        <span className={styles.exact}>
          {' '}
          <CheckIcon size={13} />
          <span className="visually-hidden">{say.isRight}</span>
        </span>
      ) : null}
    </>
  );
}
