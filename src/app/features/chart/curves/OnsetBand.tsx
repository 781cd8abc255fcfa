/** A light band where the oscillation past the edge is coming up: the central flow does not hold there yet. */
import { useStore } from '../../../state/store.ts';
import { Label } from '../../../plot/marks/Label.tsx';
import { onsetNow, onsetWords } from '../../../state/derived/onset.ts';
import type { Box } from '../../../plot/frame/projection.ts';

interface OnsetBandProps {
  readonly plot: Box;
  readonly xOf: (step: number) => number;
  readonly font: number;
}

export function OnsetBand({ plot, xOf, font }: OnsetBandProps) {
  const onset = useStore(onsetNow);
  if (!onset) return null;
  const right = plot.x + plot.width;
  const [from, to] = [Math.max(plot.x, xOf(onset.from)), Math.min(right, xOf(onset.to))];
  if (!(to > from)) return null;
  const late = from > plot.x + 0.6 * plot.width;
  return (
    <g data-part="onset">
      <rect x={from} y={plot.y} width={to - from} height={plot.height} fill="var(--ink)" fillOpacity={0.07} />
      <Label x={late ? from - 5 : from + 5} y={plot.y + plot.height - 8} anchor={late ? 'end' : 'start'} font={font} color="var(--mut)">
        {onsetWords(onset)}
      </Label>
    </g>
  );
}
