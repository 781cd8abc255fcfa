/** How far each flow is off after one step from here, measured with the step size, its half and its quarter. */
import { say } from '../../../text/en/theory/theory.ts';
import { useState } from 'react';
import { FLOW_ROWS } from '../../../../experiment/declared/flows.ts';
import type { OrderReport } from '../../../../predict/reports.ts';
import { send, useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { count, fixed, size } from '../../../text/numbers.ts';
import { two } from '../numbers.ts';
import ladder from './ladder.module.css';
import parts from '../parts.module.css';
import styles from '../theory.module.css';

const HALVED = ['h', 'h/2', 'h/4'] as const;

/** `÷ 3.9`: how many times smaller an error got; what has come down to rounding gets no smaller. */
function fall(before: number | undefined, now: number, rounding: number): string {
  if (before === undefined) return '';
  if (now < rounding) return say.rounding;
  const smaller = before / now;
  return `÷ ${fixed(smaller, smaller >= 9.95 ? 0 : 1)}`;
}

export function Orders() {
  /** The report that was there when another was asked for; undefined: none is under way. */
  const [asked, setAsked] = useState<OrderReport | null | undefined>(undefined);
  const report = useStore((s) => s.orders);
  const ready = useStore((s) => s.step > 0 && (s.phase === 'training' || s.phase === 'paused' || s.phase === 'finished'));
  const isBusy = asked !== undefined && asked === report;
  return (
    <>
      {report ? (
        <>
          <table className={parts.table}>
            <caption className={styles.under}>
              {say.offByAfterOneStepFrom(count(report.step), report.model, size(report.sizes[0] ?? NaN))}
            </caption>
            <thead>
              <tr>
                <th scope="col">{say.stepFlow}</th>
                {HALVED.map((words) => (
                  <th key={words} scope="col">
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {report.rows.map(({ flow, errors }) => (
                <tr key={flow} data-flow={flow}>
                  <th scope="row">
                    {FLOW_ROWS[flow].title}
                    <small className={ladder.should}>{say.should(2 ** (FLOW_ROWS[flow].order ?? 0))}</small>
                  </th>
                  {errors.map((error, i) => (
                    <td key={HALVED[i]}>
                      {two(error)}
                      <small className={ladder.should}>{fall(errors[i - 1], error, report.rounding)}</small>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.under}>{say.anErrorMayBeSmallAt(count(report.gradients))}</p>
        </>
      ) : null}
      <button
        type="button"
        className={`${ui.button} ${ui.small} ${ui.wide}`}
        disabled={!ready || isBusy}
        onClick={() => {
          setAsked(report);
          send({ type: 'measure-orders' });
        }}
      >
        {isBusy ? say.halvingH : report ? say.halveHAgainFromHere : say.measureItHereByHalvingH}
      </button>
    </>
  );
}
