/**
 * How the focus came to where it is: through keys that move it (Tab, arrows), or by a pointer or the page itself. A
 * control that was clicked keeps the focus, but whoever clicked it does not mean it with the next press of the space
 * bar.
 */

const MOVES: ReadonlySet<string> = new Set(['Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

let byKeys = false;
let reached: EventTarget | null = null;

/** Whether the element has the focus because keys brought it there, and no pointer has touched it since. */
export function isReachedByKeys(element: Element): boolean {
  return reached === element && document.activeElement === element;
}

/** Watches from now on; the function that is returned ends it. */
export function watchFocus(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (MOVES.has(event.key)) byKeys = true;
  };
  const onPointer = (event: PointerEvent): void => {
    byKeys = false;
    if (reached instanceof Node && event.target instanceof Node && reached.contains(event.target)) reached = null;
  };
  const onFocus = (event: FocusEvent): void => {
    reached = byKeys ? event.target : null;
  };
  addEventListener('keydown', onKey, true);
  addEventListener('pointerdown', onPointer, true);
  addEventListener('focusin', onFocus, true);
  return () => {
    removeEventListener('keydown', onKey, true);
    removeEventListener('pointerdown', onPointer, true);
    removeEventListener('focusin', onFocus, true);
  };
}
