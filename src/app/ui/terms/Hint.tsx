/**
 * The page's one way of showing a tooltip: to who points at something, taps it, or comes to it by keyboard; Escape, a
 * tap elsewhere and leaving it take it away. The tooltip itself (Mantine's) is made when it is first asked for: a page
 * has dozens of words that can be explained, and nearly all are never asked about.
 */
import { Tooltip } from '@mantine/core';
import {
  cloneElement,
  type DOMAttributes,
  type FocusEvent,
  type JSX,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import ui from '../ui.module.css';

/**
 * Milliseconds for which something is pointed at before it is explained: not all that a pointer crosses is asked about.
 */
const DELAY = 250;

interface HintProps {
  /** What is explained: an element that takes these events. */
  readonly children: JSX.Element;
  readonly label: ReactNode;
}

type Listens = Pick<DOMAttributes<Element>, 'onPointerEnter' | 'onPointerLeave' | 'onPointerCancel' | 'onFocus' | 'onBlur'>;

export function Hint({ children, label }: HintProps) {
  const { place, shown, listens } = useAsked();
  const id = useId();
  const own = children.props as Listens;
  return (
    <>
      {place && (
        <Tooltip
          target={{ current: place as HTMLElement }}
          opened={shown}
          label={<span id={id}>{label}</span>}
          offset={6}
          multiline
          transitionProps={{ duration: 0 }}
          classNames={{ tooltip: ui.tooltip ?? '' }}
        />
      )}
      {cloneElement(children, {
        ...(shown ? { 'aria-describedby': id } : {}),
        onPointerEnter: both(own.onPointerEnter, listens.enter),
        onPointerLeave: both(own.onPointerLeave, listens.leave),
        onPointerCancel: both(own.onPointerCancel, listens.cancel),
        onFocus: both(own.onFocus, listens.focus),
        onBlur: both(own.onBlur, listens.blur),
      })}
    </>
  );
}

/** What an element listens to already, then what is listened to for its explanation. */
const both =
  <E,>(own: ((event: E) => void) | undefined, ours: (event: E) => void) =>
  (event: E): void => {
    own?.(event);
    ours(event);
  };

/** Where something was asked about, and whether it still is. */
function useAsked() {
  const [place, setPlace] = useState<Element | null>(null);
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const close = (): void => {
    clearTimeout(timer.current);
    setShown(false);
  };
  /** The tooltip has to know its place before it opens, or it would flash up in a corner. */
  const openAfter = (wait: number, at: Element): void => {
    setPlace(at);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(true), wait);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!shown) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('keydown', ({ key }) => key === 'Escape' && setShown(false), { signal });
    addEventListener('pointerdown', ({ target }) => !(target instanceof Node && place?.contains(target)) && setShown(false), { signal });
    return () => stop.abort();
  }, [shown, place]);
  return {
    place,
    shown,
    listens: {
      enter: (event: PointerEvent) => openAfter(DELAY, event.currentTarget),
      // A finger leaves when it is lifted; what it tapped stays explained until it taps elsewhere.
      leave: ({ pointerType }: PointerEvent) => pointerType !== 'touch' && close(),
      // A finger that begins to scroll asks about nothing.
      cancel: () => clearTimeout(timer.current),
      focus: ({ currentTarget }: FocusEvent) => currentTarget.matches(':focus-visible') && openAfter(0, currentTarget),
      blur: close,
    },
  };
}
