/**
 * The chart's numbers as a table for screen readers and tests: rebuilt at most every 2 s at rest and every 10 s in
 * training, when the page is idle.
 */
import { say } from '../../../text/en/chart/chart.ts';
import { memo, useEffect, useState } from 'react';
import { store } from '../../../state/store.ts';
import { type DataTable as Table, dataTable } from './data-table.ts';
import { nameOf } from './ChartHead.tsx';
import { valueOf } from './quantity-words.ts';
import { drawnChart, shownQuantity } from '../../../state/derived/answers.ts';
import type { ShownChart } from '../../../state/derived/instant.ts';
import { seriesOf } from '../../../plot/curves/series.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';

const REST = 2000;
const TRAINING = 10_000;
interface Captioned extends Table {
  readonly caption: string;
}

const EMPTY: Captioned = { heads: [], rows: [], caption: say.lossByStep };

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
      built = drawnChart(store.getState());
      last = performance.now();
      const state = store.getState();
      const quantity = shownQuantity(state);
      const table = dataTable(seriesOf(drawnChart(state)), shownExperiment(state).steps, undefined, valueOf(quantity));
      setTable({ ...table, caption: quantity ? say.answersByStep(nameOf(quantity)) : say.lossByStep });
    };
    const schedule = () => {
      const period = store.getState().phase === 'training' ? TRAINING : REST;
      clearTimeout(timer);
      timer = setTimeout(build, Math.max(0, last + period - performance.now()));
    };
    const unsubscribe = store.subscribe((now, before) => {
      if (drawnChart(now) !== built) stale = true;
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
        <caption>{table.caption}</caption>
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
