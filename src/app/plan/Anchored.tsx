/** A part of the chart that opens an editor: a button within the SVG, by pointer, Enter and Space. */
import { Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import ui from '../ui/ui.module.css';

interface AnchoredProps {
  /** Accessible name. */
  readonly label: string;
  /** Name of the editor that opens. */
  readonly title: string;
  readonly className?: string | undefined;
  readonly part: string;
  readonly children: ReactNode;
  readonly renderEditor: (close: () => void) => ReactNode;
}

export function Anchored({ label, title, className, part, children, renderEditor }: AnchoredProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      trapFocus
      returnFocus
      shadow="none"
      offset={6}
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: ui.popover ?? '' }}
      withinPortal
      width={300}
    >
      <Popover.Target>
        <g
          role="button"
          tabIndex={0}
          aria-label={label}
          className={className}
          data-part={part}
          onClick={() => setOpen(!open)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            event.stopPropagation();
            setOpen(!open);
          }}
        >
          {children}
        </g>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>{renderEditor(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}
