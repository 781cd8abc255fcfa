/**
 * A fused tensor, cell by cell: hue says which block it came from (new ones have the fused network's own), strength
 * says mean |w|, or how far the weights move: mean |Δw| of a step, in the mean over the steps since the picture before.
 * A canvas, averaged to at most 28 × 28 cells.
 */
import { tenths } from '../../plot/frame/projection.ts';
import { say } from '../../text/en/network/growth.ts';
import { useEffect, useRef, useState } from 'react';
import type { BlockReport, WeightPicture as Picture } from '../../../run/reports.ts';
import { count, fixed, formatLoss, power } from '../../text/numbers.ts';
import { hueOf } from '../../look/hues.ts';
import type { Course } from '../../plot/curves/growable.ts';
import { send, useStore } from '../../state/store.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Segments } from '../../ui/Segments.tsx';
import ui from '../../ui/ui.module.css';
import { tensorWords } from '../../text/words.ts';
import styles from './growth.module.css';

const SIDE = 196;
const GAP = 4;
/** More parts than this are drawn without gaps and labels. */
const MOST_CUTS = 7;

type Rgb = readonly [number, number, number];

/** `#2b7de0` as numbers, and `#fff`, to which a build shortens white. */
export function rgb(hex: string): Rgb {
  const digits = hex.trim().slice(1);
  const value = Number.parseInt(digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mix(a: Rgb, b: Rgb, share: number): string {
  return `rgb(${a.map((x, i) => Math.round(x * share + (b[i] ?? 0) * (1 - share))).join(' ')})`;
}

/** The block that holds a position of the tensor. */
function blockAt(blocks: readonly BlockReport[], row: number, column: number): BlockReport | undefined {
  return blocks.find((b) => row >= b.row && row < b.row + b.rows && column >= b.column && column < b.column + b.columns);
}

/** Where a side is cut by blocks, as shares of the whole. */
function cuts(blocks: readonly BlockReport[], side: 'row' | 'column', length: number): readonly number[] {
  const starts = [...new Set(blocks.map((b) => b[side]))].filter((at) => at > 0);
  // Units copied one by one (Net2Net) have no blocks to set apart.
  return starts.length > MOST_CUTS ? [] : starts.sort((a, b) => a - b).map((at) => at / length);
}

function draw(canvas: HTMLCanvasElement, picture: Picture, cells: Float32Array): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = Math.min(3, devicePixelRatio || 1);
  canvas.width = canvas.height = SIDE * ratio;
  context.scale(ratio, ratio);
  context.clearRect(0, 0, SIDE, SIDE);
  const style = getComputedStyle(canvas);
  const colour = (origin: string): Rgb => rgb(style.getPropertyValue(hueOf(origin === 'new' ? picture.model : origin).slice(4, -1)));
  const card = rgb(style.getPropertyValue('--card'));
  const rowCuts = cuts(picture.blocks, 'row', picture.rows);
  const columnCuts = cuts(picture.blocks, 'column', picture.columns);
  const place = (index: number, count: number, at: readonly number[]): number => {
    const share = index / count;
    return share * (SIDE - GAP * at.length) + GAP * at.filter((cut) => cut <= (index + 0.5) / count).length;
  };
  let largest = 0;
  for (const value of cells) if (value > largest) largest = value;
  const width = (SIDE - GAP * columnCuts.length) / picture.width;
  const height = (SIDE - GAP * rowCuts.length) / picture.height;
  const space = width > 4 && height > 4 ? 1 : 0;
  for (let i = 0; i < picture.height; i++) {
    for (let j = 0; j < picture.width; j++) {
      const block = blockAt(picture.blocks, ((i + 0.5) / picture.height) * picture.rows, ((j + 0.5) / picture.width) * picture.columns);
      const value = largest > 0 ? (cells[i * picture.width + j] ?? 0) / largest : 0;
      context.fillStyle = mix(colour(block?.origin ?? 'A'), card, 0.1 + 0.9 * value ** 0.8);
      context.fillRect(
        place(j, picture.width, columnCuts),
        place(i, picture.height, rowCuts),
        Math.max(1, width - space),
        Math.max(1, height - space),
      );
    }
  }
}

/** Labels along a side: which source the diagonal block there is from. */
function sideLabels(picture: Picture, side: 'row' | 'column'): readonly { readonly id: string; readonly middle: number }[] {
  const length = side === 'row' ? picture.rows : picture.columns;
  const first = picture.blocks
    .filter((b) => b.origin !== 'new')
    .filter((b, i, all) => all.findIndex((other) => other[side] === b[side]) === i);
  return (first.length > MOST_CUTS + 1 ? [] : first).map((b) => ({
    id: b.origin,
    middle: ((side === 'row' ? b.row + b.rows / 2 : b.column + b.columns / 2) / length) * 100,
  }));
}

function Spark({ course, colour }: { readonly course: Course | undefined; readonly colour: string }) {
  if (!course || course.length < 2) return <span className={styles.noSpark} />;
  const first = course.steps[0] ?? 0;
  const span = Math.max(1, (course.steps[course.length - 1] ?? 0) - first);
  let top = 0;
  for (let i = 0; i < course.length; i++) top = Math.max(top, course.values[i] ?? 0);
  const stride = Math.max(1, Math.floor(course.length / 60));
  const points: string[] = [];
  for (let i = 0; i < course.length; i += stride)
    points.push(
      `${tenths((((course.steps[i] ?? 0) - first) / span) * 66)} ${tenths(13 - (top > 0 ? (course.values[i] ?? 0) / top : 0) * 11)}`,
    );
  return (
    <svg width="66" height="14" viewBox="0 0 66 14" aria-hidden="true" focusable="false">
      <path d={`M${points.join('L')}`} fill="none" stroke={colour} strokeWidth="2" />
    </svg>
  );
}

type Shown = 'size' | 'change';
const NAMES: Readonly<Record<Shown, string>> = { size: say.meanW, change: say.meanWOfAStep };

export function WeightPicture({ picture }: { readonly picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useStore((s) => s.theme);
  const means = useStore((s) => s.weightMeans);
  const [shown, setShown] = useState<Shown>('size');
  const { change } = picture;
  const cells = shown === 'size' ? picture.cells : change?.cells;
  useEffect(() => {
    // `theme` is named so that a change of colours draws anew.
    if (canvas.current && theme) draw(canvas.current, picture, cells ?? new Float32Array(picture.cells.length));
  }, [picture, cells, theme]);
  const courses = means[shown];
  const origins = [...means.size.keys()].sort((a, b) => (a === 'new' ? 1 : b === 'new' ? -1 : a < b ? -1 : 1));
  const words = (origin: string): string => {
    const course = courses.get(origin);
    return course && course.length > 0 ? formatWeight(course.values[course.length - 1] ?? 0) : '–';
  };
  const said = origins.map((origin) => say.originAndSize(origin === 'new' ? null : origin, words(origin))).join(', ');
  return (
    <section aria-label={say.weightsOf(picture.model)}>
      <div className={styles.head}>
        <h2 className={ui.heading}>{say.weightsOf(picture.model)}</h2>
        <span className={`${ui.select} ${ui.selectSmall}`}>
          <select
            aria-label={say.weightsShown}
            value={picture.name}
            onChange={(event) => send({ type: 'show-weights', name: event.currentTarget.value, model: picture.model })}
          >
            {picture.names.map((name) => (
              <option key={name} value={name}>
                {tensorWords(name)}
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      </div>
      <div className={styles.what}>
        <Segments<Shown>
          label={say.whatTheCellsShow}
          options={[
            { value: 'size', words: say.size },
            { value: 'change', words: say.updates },
          ]}
          value={shown}
          choose={setShown}
        />
        <span>{shown === 'size' ? say.legendOfSize : change ? say.legendOfChange(overSteps(change.steps)) : say.fromTheNextStepOn}</span>
      </div>
      <div className={styles.picture}>
        <div className={styles.across} aria-hidden="true">
          {sideLabels(picture, 'column').map(({ id, middle }) => (
            <span key={`${id}${middle}`} style={{ left: `${middle}%`, color: hueOf(id, true) }}>
              {id}
            </span>
          ))}
        </div>
        <div className={styles.down} aria-hidden="true">
          {sideLabels(picture, 'row').map(({ id, middle }) => (
            <span key={`${id}${middle}`} style={{ top: `${middle}%`, color: hueOf(id, true) }}>
              {id}
            </span>
          ))}
        </div>
        <div className={styles.canvas}>
          <canvas ref={canvas} role="img" aria-label={`${NAMES[shown]}, ${tensorWords(picture.name)}: ${said}`} />
          {picture.blocks
            .filter((b) => b.origin === 'new' && b.rows / picture.rows > 0.2 && b.columns / picture.columns > 0.2)
            .map((b) => (
              <span
                key={`${b.row}-${b.column}`}
                aria-hidden="true"
                style={{
                  color: hueOf(picture.model, true),
                  left: `${((b.column + b.columns / 2) / picture.columns) * 100}%`,
                  top: `${((b.row + b.rows / 2) / picture.rows) * 100}%`,
                }}
              >
                {say.newOrigin}
              </span>
            ))}
        </div>
        <ul className={styles.origins}>
          {origins.map((origin) => {
            const colour = hueOf(origin === 'new' ? picture.model : origin);
            return (
              <li key={origin}>
                <i style={{ background: colour }} />
                <span>{origin === 'new' ? say.newOrigin : say.fromOrigin(origin)}</span>
                <b>{words(origin)}</b>
                <Spark course={courses.get(origin)} colour={colour} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

const overSteps = (steps: number): string => (steps === 1 ? say.theLast : say.last(count(steps)));

/** Weights are small, and their updates smaller: three decimals, or two digits where those would be nought. */
function formatWeight(value: number): string {
  if (value === 0) return '0';
  return value < 0.0005 ? power(value, 1) : value < 10 ? fixed(value, value < 0.01 ? 4 : 3) : formatLoss(value);
}
