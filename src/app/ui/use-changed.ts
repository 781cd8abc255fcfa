/**
 * State that belongs to a value given from outside begins anew with another value, before anything of the old one is
 * drawn.
 */
import { useState } from 'react';

/**
 * Whether the value is another one than at the drawing before. Whoever hears so sets the state anew while drawing, as
 * React allows.
 */
export function useChanged<T>(value: T): boolean {
  const [seen, setSeen] = useState(value);
  const changed = !Object.is(seen, value);
  if (changed) setSeen(value);
  return changed;
}
