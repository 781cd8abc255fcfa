/**
 * A measured table as a picture: a point a row, its deviation as a bar, its seeds as small points behind it. The table
 * says the same in numbers.
 */
import { say } from '../../text/en/runs/measured.ts';
import { useState } from 'react';
import { CartesianGrid, ErrorBar, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { MeasuredTable } from '../../../experiment/measured.ts';
import { useSize } from '../../plot/frame/frame.ts';
import { AXIS_LINES, GRID, NO_LINES, Tick, type TickPlace } from '../../plot/frame/Tick.tsx';
import { InlineSelect } from '../../ui/fields/fields.tsx';
import styles from './measured.module.css';
import { pictureOf, plottable, tickText } from './points.ts';

const ROW = 24;
/** Under this many pixels the labels stand above their rows. */
const NARROW = 480;
const TALL_ROW = 40;
const AXIS = 34;

export function Plot({ table }: { readonly table: MeasuredTable }) {
  const columns = plottable(table);
  const [chosen, setChosen] = useState('');
  const column = columns.find(({ key }) => key === chosen) ?? columns.at(-1);
  const [ref, { width }] = useSize<HTMLDivElement>();
  if (!column) return null;
  const { points, labels, scale, domain, ticks } = pictureOf(table, column.key);
  const narrow = width < NARROW;
  const left = narrow ? 8 : 300;
  const row = narrow ? TALL_ROW : ROW;
  const seeds = points.flatMap(({ row, values }) => values.map((value) => ({ row, value })));
  const means = points.map(({ row, mean, sd }) => ({ row, value: mean, error: sd }));
  const rowTick = ({ y, payload }: TickPlace) => (
    <Tick x={narrow ? 0 : left - 8} y={Number(y) + (narrow ? -10 : 4)} color="var(--text)" anchor={narrow ? 'start' : 'end'}>
      {labels[Number(payload?.value)] ?? ''}
    </Tick>
  );
  const valueTick = ({ x = 0, y, payload }: TickPlace) => (
    <Tick x={x} y={Number(y) + 11}>
      {tickText(Number(payload?.value))}
    </Tick>
  );
  return (
    <figure className={styles.plot} aria-label={say.asAPicture(table.title, column.label)}>
      <figcaption>
        {columns.length > 1 ? (
          <InlineSelect
            label={say.columnOfThePictureOf(table.title)}
            value={column.key}
            options={columns.map(({ key, label }) => [key, label])}
            onChange={setChosen}
          />
        ) : (
          column.label
        )}
        <span>
          {seeds.length > points.length ? say.meanDeviationAndEverySeed : say.measuredOnce}
          {scale === 'log' ? say.logarithmic : ''}
        </span>
      </figcaption>
      <div ref={ref} aria-hidden="true">
        {width > 0 ? (
          <ScatterChart
            width={width}
            height={labels.length * row + AXIS}
            margin={{ top: narrow ? 10 : 4, right: 24, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            title=""
          >
            <CartesianGrid stroke={GRID} horizontal={false} />
            <XAxis
              type="number"
              dataKey="value"
              scale={scale}
              domain={[domain[0], domain[1]]}
              ticks={[...ticks]}
              interval={0}
              height={AXIS - 4}
              tick={valueTick}
              {...AXIS_LINES}
            />
            <YAxis
              type="number"
              dataKey="row"
              reversed
              domain={[-0.5, labels.length - 0.5]}
              ticks={labels.map((_, i) => i)}
              interval={0}
              width={left}
              tick={rowTick}
              {...NO_LINES}
            />
            <Scatter data={seeds} fill="var(--line2)" isAnimationActive={false} shape={Seed} />
            <Scatter data={means} fill="var(--ink)" isAnimationActive={false} shape={Mean}>
              {scale === 'linear' ? <ErrorBar dataKey="error" direction="x" width={4} stroke="var(--ink)" strokeWidth={1.5} /> : null}
            </Scatter>
          </ScatterChart>
        ) : null}
      </div>
    </figure>
  );
}

interface MarkProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
}

const Seed = ({ cx, cy }: MarkProps) => <circle cx={cx} cy={cy} r={3} fill="none" stroke="var(--line2)" strokeWidth={1.5} />;
const Mean = ({ cx, cy }: MarkProps) => <circle cx={cx} cy={cy} r={5} fill="var(--ink)" />;
