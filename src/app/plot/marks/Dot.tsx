/** A point on a curve: filled where something is, open where something is read. */
interface DotProps {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: string;
  /** Width of its outline. */
  readonly outline: number;
  readonly open?: boolean;
}

export function Dot({ x, y, radius, color, outline, open = false }: DotProps) {
  const [fill, stroke] = open ? ['var(--card)', color] : [color, 'var(--card)'];
  return <circle cx={x} cy={y} r={radius} fill={fill} stroke={stroke} strokeWidth={outline} pointerEvents="none" />;
}
