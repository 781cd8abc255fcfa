/**
 * Thin lines of what guessing comes to, of the commonest answer given every time, and of counting words: what an answer
 * has to beat.
 */
import { say } from '../../../text/en/chart/chart.ts';
import { type Metrics, textWidth } from '../../../plot/frame/metrics.ts';
import type { Box } from '../../../plot/frame/projection.ts';
import { overlap } from '../../../plot/labels/place-labels.ts';
import { Label } from '../../../plot/marks/Label.tsx';
import { Across } from '../../../plot/marks/Rule.tsx';
import type { ReferenceLine } from '../../../state/derived/answers.ts';

interface Placed {
  readonly of: ReferenceLine['of'];
  readonly y: number;
  readonly text: string;
  /** Where the words stand. */
  readonly words: Box;
}

const WORDS: Readonly<Record<ReferenceLine['of'], (value: string) => string>> = {
  chance: say.aGuess,
  majority: say.theCommonestAnswer,
  bayes: say.naiveBayes,
};

/** Where along a line its words may begin, the best first. */
const PLACES = [0.36, 0.66, 0.02];

/**
 * Those that are in the plot.
 * @param growths what their words must not be written over
 */
export function referenceLines(
  lines: readonly ReferenceLine[],
  plot: Box,
  yOf: (value: number) => number,
  valueOf: (value: number) => string,
  { axisFont: font }: Metrics,
  growths: readonly Box[],
): readonly Placed[] {
  return lines.flatMap(({ of, value }) => {
    const y = yOf(value);
    if (!(y > plot.y + font && y < plot.y + plot.height)) return [];
    const text = WORDS[of](valueOf(value));
    const width = textWidth(text, font, false);
    // Of two lines close to one another the words stand apart: above the one, below the other.
    const below = of === 'chance' && lines.length > 1;
    const top = below ? y + 2 : y - font - 4;
    const places = PLACES.map((share): Box => {
      const x = Math.max(plot.x + 4, Math.min(plot.x + share * plot.width, plot.x + plot.width - width - 4));
      return { x, y: top, width, height: font + 4 };
    });
    const words = places.find((box) => !growths.some((line) => overlap(line, box))) ?? places[0]!;
    return [{ of, y, text, words }];
  });
}

export function References({ lines, plot, metrics }: { readonly lines: readonly Placed[]; readonly plot: Box; readonly metrics: Metrics }) {
  return lines.map(({ of, y, text, words }) => (
    <g key={of} data-part={of}>
      <Across plot={plot} y={y} stroke="var(--line2)" strokeWidth={metrics.stroke} />
      <Label x={words.x} y={words.y + words.height - 3} font={metrics.axisFont} color="var(--mut)">
        {text}
      </Label>
    </g>
  ));
}
