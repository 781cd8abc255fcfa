/** Buttons side by side: arrow keys, Home and End move between them, Tab as everywhere. */
import type { KeyboardEvent, ReactNode } from 'react';

interface ToolbarProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

export function Toolbar({ label, className, children }: ToolbarProps) {
  return (
    <div className={className} role="toolbar" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const last = buttons.length - 1;
  const next = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[next]?.focus();
}
