/** The chart's numbers as a table for screen readers and tests: rebuilt at most every 2 s at rest and every 10 s in training, when the page is idle. */
import { say } from '../../../text/en/chart.ts';
import { memo, useEffect, useState } from 'react';
import { store } from '../../../state/store.ts';
import { type DataTable as Table, dataTable } from './data-table.ts';
import { type ShownChart, shownChart } from '../../../state/derived/instant.ts';
import { seriesOf } from '../../../plot/curves/series.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';

const REST = 2000;
const TRAINING = 10_000;
const EMPTY: Table = { heads: [], rows: [] };

export const DataTable = memo(function DataTable() {
  const [table, setTable] = useState(EMPTY);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = -Infinity;
    let stale = true;
    let built: ShownChart | null = null;
    const build = () => {
      timer = undefined;
      if (!stale) return;
      stale = false;
      built = shownChart(store.getState());
      last = performance.now();
      const state = store.getState();
      setTable(dataTable(seriesOf(shownChart(state)), shownExperiment(state).steps));
    };
    const schedule = () => {
      const period = store.getState().phase === 'training' ? TRAINING : REST;
      clearTimeout(timer);
      timer = setTimeout(build, Math.max(0, last + period - performance.now()));
    };
    const unsubscribe = store.subscribe((now, before) => {
      if (shownChart(now) !== built) stale = true;
      if (stale && (timer === undefined || now.phase !== before.phase)) schedule();
    });
    schedule();
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, []);
  return (
    <div className="visually-hidden">
      <table>
        <caption>{say.lossByStep}</caption>
        <thead>
          <tr>
            <th scope="col">{say.stepTitle}</th>
            {table.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.step}>
              <th scope="row">{row.step}</th>
              {row.cells.map((cell, i) => (
                <td key={table.heads[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
