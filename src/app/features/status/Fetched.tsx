/**
 * A part whose code comes later, where it belongs: until it has come something else stands there, and what it throws
 * stays in it.
 */
import { type ReactNode, Suspense } from 'react';
import type { LaterPart } from '../../ui/later.tsx';
import { PartBoundary } from './Broken.tsx';

interface FetchedProps<P extends object> {
  /** As in "Theory can’t be shown." */
  readonly name: string;
  readonly part: LaterPart<P>;
  readonly props: P;
  readonly until?: ReactNode;
  /** Of what lies over the page. */
  readonly onClose?: () => void;
}

export function Fetched<P extends object>({ name, part, props, until = null, onClose }: FetchedProps<P>) {
  return (
    <PartBoundary name={name} part={part} {...(onClose ? { onClose } : {})}>
      <Suspense fallback={until}>
        <part.Shown {...props} />
      </Suspense>
    </PartBoundary>
  );
}
