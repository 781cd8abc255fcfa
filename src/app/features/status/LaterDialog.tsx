/** A dialog whose code, the frame with it, is fetched when it is first opened. */
import { useState } from 'react';
import type { LaterPart } from '../../ui/later.tsx';
import { Fetched } from './Fetched.tsx';

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
  return <Fetched name={name} part={part} props={{ opened, onClose }} onClose={onClose} />;
}
