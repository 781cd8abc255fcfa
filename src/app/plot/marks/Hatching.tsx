/** Slanted lines as a pattern: `fill` or `stroke` of what is hatched is `url(#id)`. */
interface HatchingProps {
  readonly id: string;
  /** Wide for where a prediction is not trusted, narrow along a curve that has left its window. */
  readonly narrow?: boolean;
}

export function Hatching({ id, narrow = false }: HatchingProps) {
  const size = narrow ? 5 : 7;
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d={`M${size / 2} 0V${size}`} stroke={narrow ? 'var(--line2)' : 'var(--hatch)'} strokeWidth={narrow ? 1 : 1.25} />
    </pattern>
  );
}
