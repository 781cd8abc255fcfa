/** A line as a key shows it beside its name. */
import type { Stroke } from '../curves/series.ts';

export function Swatch({
  stroke: { color, width, dash, round },
  className,
}: {
  readonly stroke: Stroke;
  readonly className?: string | undefined;
}) {
  return (
    <svg className={className} width={26} height={8} aria-hidden="true" focusable="false">
      <path
        d={round && dash ? 'M2 4H26' : 'M0 4H26'}
        stroke={color}
        strokeWidth={width}
        strokeDasharray={dash}
        strokeLinecap={dash && round ? 'round' : 'butt'}
      />
    </svg>
  );
}
