/** A curve as a line. */
import type { Stroke } from '../curves/series.ts';

interface LineProps {
  readonly path: string;
  readonly stroke: Stroke;
  /** Factor on width and dashes. */
  readonly scale?: number;
  readonly cap?: 'round' | 'butt' | undefined;
  readonly opacity?: number;
  /** The name of the quantity, for whoever looks for it. */
  readonly series?: string;
  readonly model?: string;
}

export function Line({ path, stroke: { color, width, dash }, scale = 1, cap, opacity, series, model }: LineProps) {
  const dashes =
    scale === 1
      ? dash
      : dash
          ?.split(' ')
          .map((length) => Number(length) * scale)
          .join(' ');
  return (
    <path
      d={path}
      stroke={color}
      strokeOpacity={opacity}
      strokeWidth={width * scale}
      strokeDasharray={dashes}
      strokeLinecap={cap}
      strokeLinejoin="round"
      data-series={series}
      data-model={model}
    />
  );
}
