/** A word with a short explanation one hover, focus or tap away. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import ui from '../ui.module.css';

export function Term({ children, explains }: { readonly children: ReactNode; readonly explains: ReactNode }) {
  return (
    <Hint label={explains}>
      <button type="button" className={ui.term}>
        {children}
      </button>
    </Hint>
  );
}

/** The page's one way of showing a tooltip. */
export function Hint({
  children,
  label,
  disabled = false,
}: {
  readonly children: React.JSX.Element;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}) {
  return (
    <Tooltip
      label={label}
      disabled={disabled}
      events={{ hover: true, focus: true, touch: true }}
      openDelay={250}
      offset={6}
      multiline
      transitionProps={{ duration: 0 }}
      classNames={{ tooltip: ui.tooltip ?? '' }}
    >
      {children}
    </Tooltip>
  );
}
