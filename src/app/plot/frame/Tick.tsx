/** The figures of an axis, and the lines beside them, as every chart has them. */
interface TickProps {
  readonly x: number | string;
  readonly y: number;
  readonly font?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly color?: string;
  readonly children: string;
}

export function Tick({ x, y, font = 13, anchor = 'middle', color = 'var(--mut)', children }: TickProps) {
  return (
    <text x={x} y={y} fontSize={font} fill={color} textAnchor={anchor}>
      {children}
    </text>
  );
}

/** The properties that Recharts hands to the function that draws a tick. */
export interface TickPlace {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value?: unknown };
}

export const AXIS_LINES = { axisLine: { stroke: 'var(--line2)' }, tickLine: { stroke: 'var(--line2)' } } as const;
export const NO_LINES = { axisLine: false, tickLine: false } as const;
export const GRID = 'var(--grid)';
