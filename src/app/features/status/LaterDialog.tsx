/** A dialog whose code, the frame with it, is fetched when it is first opened. */
import { Suspense, useState } from 'react';
import type { LaterPart } from '../../ui/later.tsx';
import { PartBoundary } from './Broken.tsx';

export interface DialogSwitch {
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface LaterDialogProps extends DialogSwitch {
  /** As in "Share can’t be shown." */
  readonly name: string;
  readonly part: LaterPart<DialogSwitch>;
}

export function LaterDialog({ name, part, opened, onClose }: LaterDialogProps) {
  const [asked, setAsked] = useState(false);
  if (opened && !asked) setAsked(true);
  if (!asked) return null;
  return (
    <PartBoundary name={name} part={part} onClose={onClose}>
      <Suspense fallback={null}>
        <part.Shown opened={opened} onClose={onClose} />
      </Suspense>
    </PartBoundary>
  );
}
