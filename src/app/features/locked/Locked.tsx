/** Fields of a setting that the page's link holds fast: they are shown, can't be changed, and say why. */
import type { ReactNode } from 'react';
import type { SettingName } from '../../../experiment/settings/registry.ts';
import { isLocked } from '../../state/derived/locked.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/screen/locked.ts';
import { LockIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import styles from './locked.module.css';

export function Locked({ setting, children }: { readonly setting: SettingName; readonly children: ReactNode }) {
  return <LockedIf locked={useStore((s) => isLocked(s, setting))}>{children}</LockedIf>;
}

interface LockedIfProps {
  readonly locked: boolean;
  /** The note itself. */
  readonly why?: string;
  readonly children: ReactNode;
}

export function LockedIf({ locked, why = say.theLinkHoldsThisFast, children }: LockedIfProps) {
  if (!locked) return children;
  return (
    <fieldset disabled className={styles.locked}>
      {children}
      <LockedNote why={why} />
    </fieldset>
  );
}

export function LockedNote({ why = say.theLinkHoldsThisFast }: { readonly why?: string }) {
  return (
    <p className={`${ui.note} ${styles.why}`}>
      <LockIcon />
      {why}
    </p>
  );
}

/** A small lock behind a value, with its word for those who listen. */
export function LockMark({ setting }: { readonly setting: SettingName }) {
  const locked = useStore((s) => isLocked(s, setting));
  if (!locked) return null;
  return (
    <span className={styles.mark}>
      <LockIcon />
      <span className="visually-hidden"> ({say.locked})</span>
    </span>
  );
}
