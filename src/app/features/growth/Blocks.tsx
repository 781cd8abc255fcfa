/**
 * The motif of the page: the weights of A and B become the diagonal blocks of M, the rest is new. Invented cells
 * (the same every time): it shows the idea before there are weights to show.
 */
import { say } from '../../text/en/network/blocks.ts';
import styles from './growth.module.css';

const CELLS = 8;
const CELL = 10;
const SIZE = CELLS * CELL;

/** A fixed, uneven pattern in [0, 1]: a small linear congruential generator, so that nothing flickers. */
function pattern(seed: number): readonly number[] {
  let state = seed;
  return Array.from({ length: CELLS * CELLS }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state / 2147483648) ** 2.2;
  });
}

const PATTERNS = { A: pattern(42), B: pattern(1234567) } as const;

function Block({ id, x, y }: { readonly id: 'A' | 'B'; readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      {PATTERNS[id].map((value, i) => (
        <rect
          key={`${id}${i}`}
          x={(i % CELLS) * CELL}
          y={Math.floor(i / CELLS) * CELL}
          width={CELL - 1}
          height={CELL - 1}
          fill={`color-mix(in srgb, var(--series-${id}) ${Math.round(18 + 82 * value)}%, var(--card))`}
        />
      ))}
    </g>
  );
}

function New({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect
        x="0.5"
        y="0.5"
        width={SIZE - 2}
        height={SIZE - 2}
        rx="4"
        fill="color-mix(in srgb, var(--series-M) 8%, var(--card))"
        stroke="var(--series-M)"
        strokeWidth="1.5"
        strokeDasharray="4 3"
      />
      <text x={SIZE / 2 - 0.5} y={SIZE / 2 + 5} textAnchor="middle" className={styles.newWord}>
        {say.new}
      </text>
    </g>
  );
}

/** Self-fusion: the same block twice. */
export function Blocks({ self = false }: { readonly self?: boolean }) {
  const second = self ? 'A' : 'B';
  const step = SIZE + 6;
  const left = 150;
  return (
    <svg viewBox="0 0 318 216" className={styles.blocks} role="img" aria-label={say.theWeightsOfAAndBecome(self)}>
      <text x={SIZE / 2} y="13" textAnchor="middle" className={styles.blockA}>
        A
      </text>
      <Block id="A" x={0} y={22} />
      <Block id={second} x={0} y={22 + step} />
      <text x={SIZE / 2} y="207" textAnchor="middle" className={self ? styles.blockA : styles.blockB}>
        {second}
      </text>
      <path d="M98 105h34M125 98l8 7-8 7" fill="none" stroke="var(--ink)" strokeWidth="2" />
      <text x={left + step} y="13" textAnchor="middle" className={styles.blockM}>
        M
      </text>
      <Block id="A" x={left} y={22} />
      <New x={left + step} y={22} />
      <New x={left} y={22 + step} />
      <Block id={second} x={left + step} y={22 + step} />
    </svg>
  );
}
