/**
 * The Recharts frame, whose code comes after the page has first been drawn: nobody waits for it. Until then the axis
 * below stands alone.
 */
import { type ComponentProps, Suspense } from 'react';
import { later } from '../../ui/later.tsx';
import type { Axes } from './Axes.tsx';
import { PlainAxes } from './PlainAxes.tsx';

const axesPart = later(async () => (await import('./Axes.tsx')).Axes);

export function LaterAxes(props: ComponentProps<typeof Axes>) {
  return (
    <Suspense fallback={<PlainAxes {...props} />}>
      <axesPart.Shown {...props} />
    </Suspense>
  );
}
