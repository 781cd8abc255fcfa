/** A part of the page that opens an editor beside it: the focus goes in, Escape closes it and the focus comes back. */
import { Popover } from '@mantine/core';
import { type JSX, type ReactNode, useState } from 'react';
import ui from './ui.module.css';

interface PopupProps {
  /** Accessible name of what opens. */
  readonly title: string;
  /** Where its edge stands: at the start or at the end of what opens it. */
  readonly edge?: 'start' | 'end';
  /** In pixels. */
  readonly width?: number;
  readonly className?: string | undefined;
  /** What opens it: an element that calls `toggle`. */
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
      <Popover.Dropdown aria-label={title}>{renderEditor(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}
