/**
 * The page's address says what is on the screen. Browsers take only so many changes of it in a while (Safari a hundred
 * in half a minute, then it throws): changes that come quickly are put together, and one that was refused is tried again.
 */

/** Milliseconds between two changes. */
const PAUSE = 350;
/** Milliseconds after which a change that was refused is tried again. */
const AGAIN = 2000;

let wanted: string | null = null;
let written = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  timer = undefined;
  if (wanted === null) return;
  try {
    history.replaceState(null, '', wanted);
    written = performance.now();
    wanted = null;
  } catch {
    timer = setTimeout(write, AGAIN);
  }
}

/** Puts this in the place of the address, now or in a moment; the browser's history is left alone. */
export function setAddress(address: string): void {
  wanted = address;
  if (timer !== undefined) return;
  const wait = written + PAUSE - performance.now();
  if (wait > 0) timer = setTimeout(write, wait);
  else write();
}

/** Forgets a change that is due: the address was changed from outside meanwhile. */
export function keepAddress(): void {
  clearTimeout(timer);
  timer = undefined;
  wanted = null;
}

/** Whoever leaves the page or loads it again finds the last change in the address. */
export function finishAddress(): void {
  write();
}
