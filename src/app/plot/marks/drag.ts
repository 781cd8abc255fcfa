/** Dragging a handle of a chart along one of its axes, by pointer. */
import { type PointerEvent, useRef } from 'react';

/** Where the pointer is in the chart's drawing, in pixels. */
export function localX(event: PointerEvent<SVGGElement>): number {
  return event.clientX - (event.currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0);
}

function localY(event: PointerEvent<SVGGElement>): number {
  return event.clientY - (event.currentTarget.ownerSVGElement?.getBoundingClientRect().top ?? 0);
}

interface DragOptions {
  readonly along: 'x' | 'y';
  /** Where the handle is now, in pixels: it keeps its distance from the pointer. */
  readonly at: number;
  readonly locked?: boolean;
  readonly onMove: (pixel: number) => void;
  /** Let go. */
  readonly onEnd?: () => void;
  /** Taken away by the browser. */
  readonly onCancel?: () => void;
}

interface Drag {
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<SVGGElement>) => void;
    readonly onPointerMove: (event: PointerEvent<SVGGElement>) => void;
    readonly onPointerUp: (event: PointerEvent<SVGGElement>) => void;
    readonly onPointerCancel: () => void;
  };
  /** Ends it where it is, from outside; says whether anything was dragged. */
  readonly stop: () => boolean;
}

/** For the element that holds the focus and takes the pointer. */
export function useDrag({ along, at, locked = false, onMove, onEnd, onCancel = onEnd }: DragOptions): Drag {
  const held = useRef<{ readonly pointer: number; readonly offset: number } | null>(null);
  const pixel = along === 'x' ? localX : localY;
  const stop = (): boolean => {
    const was = held.current !== null;
    held.current = null;
    return was;
  };
  return {
    stop,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0 || locked) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus({ preventScroll: true });
        held.current = { pointer: event.pointerId, offset: pixel(event) - at };
      },
      onPointerMove: (event) => {
        if (held.current?.pointer === event.pointerId) onMove(pixel(event) - held.current.offset);
      },
      onPointerUp: (event) => {
        if (held.current?.pointer !== event.pointerId) return;
        stop();
        onEnd?.();
      },
      onPointerCancel: () => {
        stop();
        onCancel?.();
      },
    },
  };
}
