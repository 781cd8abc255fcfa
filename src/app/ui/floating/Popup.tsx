/** A part of the page that opens an editor beside it: the focus goes in, Escape closes it and the focus comes back. */
import { Popover, type PopoverProps } from '@mantine/core';
import { type JSX, type ReactNode, useState } from 'react';
import { markFocused } from './mark-focused.ts';
import ui from '../ui.module.css';

/** Pixels between what opens and the edge of the window. */
const EDGE = 8;

/**
 * What opens stays in the window: it turns to the other side, moves (over what opened it, where it must), and where
 * even the window is too low it scrolls.
 */
export const WITHIN_WINDOW: NonNullable<PopoverProps['middlewares']> = {
  flip: { padding: EDGE },
  shift: { padding: EDGE, crossAxis: true, limiter: undefined },
  size: { padding: EDGE },
};

interface PopupProps {
  /** Accessible name of what opens. */
  readonly title: string;
  /** Where its edge stands: at the start or at the end of what opens it. */
  readonly edge?: 'start' | 'end';
  /** In pixels. */
  readonly width?: number;
  readonly className?: string | undefined;
  /** The element that opens it, by calling `toggle`. */
  readonly renderTarget: (toggle: () => void) => JSX.Element;
  readonly renderEditor: (close: () => void) => ReactNode;
}

export function Popup({ title, edge = 'start', width = 300, className, renderTarget, renderEditor }: PopupProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position={`bottom-${edge}`}
      middlewares={WITHIN_WINDOW}
      // An editor stays where its button has scrolled out of sight: the focus is in it, and can't be in what is hidden.
      hideDetached={false}
      trapFocus
      returnFocus
      shadow="none"
      offset={6}
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: `${ui.popover} ${className ?? ''}` }}
      withinPortal
      width={width}
    >
      <Popover.Target>{renderTarget(() => setOpen(!open))}</Popover.Target>
      <Popover.Dropdown aria-label={title} onFocus={markFocused}>
        {renderEditor(() => setOpen(false))}
      </Popover.Dropdown>
    </Popover>
  );
}
