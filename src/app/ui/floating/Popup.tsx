/** A part of the page that opens an editor beside it: the focus goes in, Escape closes it and the focus comes back. */
import { Popover, type PopoverProps } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import {
  cloneElement,
  type JSX,
  type ReactNode,
  type Ref,
  type RefObject,
  useDeferredValue,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
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
  const [asked, setAsked] = useState(false);
  const place = useRef<HTMLElement>(null);
  const id = useId();
  const target = renderTarget(() => {
    setAsked(true);
    setOpen((was) => !was);
  });
  const { ref: own } = target.props as { readonly ref?: Ref<HTMLElement> };
  return (
    <>
      {cloneElement(target, {
        ref: useMergedRef(own ?? null, place),
        // From it the editor has its name.
        id,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        'aria-controls': open ? `${id}-dropdown` : undefined,
      })}
      {asked && (
        <Editor id={id} wanted={open} onChange={setOpen} place={place} edge={edge} width={width} className={className} title={title}>
          {renderEditor(() => setOpen(false))}
        </Editor>
      )}
    </>
  );
}

interface EditorProps {
  /** The target's; Mantine makes that of the dropdown from it. */
  readonly id: string;
  readonly wanted: boolean;
  readonly onChange: (open: boolean) => void;
  readonly place: RefObject<HTMLElement | null>;
  readonly edge: 'start' | 'end';
  readonly width: number;
  readonly className: string | undefined;
  readonly title: string;
  readonly children: ReactNode;
}

/**
 * What opens. It is made when it is first asked for, beside its target: a page has dozens of values that can be edited,
 * and most are not.
 */
function Editor({ id, wanted, onChange, place, edge, width, className, title, children }: EditorProps) {
  // It is there, closed, before it opens: else it would not know where it belongs and where the focus goes back to.
  const opened = useDeferredValue(wanted, false) && wanted;
  return (
    <Popover
      id={id}
      opened={opened}
      onChange={onChange}
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
      <Popover.Target>
        <Stand place={place} />
      </Popover.Target>
      <Popover.Dropdown aria-label={title} onFocus={markFocused}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Stands for the target in the popover, which would draw it itself. */
function Stand({ place, ref }: { readonly place: RefObject<HTMLElement | null>; readonly ref?: Ref<HTMLElement | null> }) {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => place.current, [place]);
  return null;
}
