/** The Recharts frame, whose code comes after the page has first been drawn: nobody waits for it to read what this is, or to press Run. */
import { type ComponentProps, Suspense } from 'react';
import { later } from '../../ui/later.tsx';
import type { Axes } from './Axes.tsx';

export const axesPart = later(async () => (await import('./Axes.tsx')).Axes);

export function LaterAxes(props: ComponentProps<typeof Axes>) {
  return (
    <Suspense fallback={null}>
      <axesPart.Shown {...props} />
    </Suspense>
  );
}
