/**
 * The page's address says what is on the screen, and what was chosen on purpose is a step that the browser's Back
 * undoes. Browsers take only so many changes in a while (Safari a hundred in half a minute, then it throws): changes
 * that come quickly are put together, and one that was refused is tried again.
 */

/** Milliseconds between two changes. */
const PAUSE = 350;
/** Milliseconds after which a change that was refused is tried again. */
const AGAIN = 2000;

/**
 * On every entry that this page wrote: Back to one of them undoes a choice, any other change of the address is a link.
 */
const OWN = { deepFusion: 'choice' };

/**
 * `follow`: in the place of the entry there is. `choice`: an entry of its own. `movement`: one of many in a row, as
 * while something is dragged or arrow keys are pressed: the first is an entry of its own, the others take its place
 * until the movement ends: by `endMovement`, by a choice, or by Back.
 */
export type AddressChange = 'follow' | 'choice' | 'movement';

/** Of the page, without what comes after `#`. */
export const pageAddress = (): string => location.href.split('#')[0] ?? '';

let wanted: string | null = null;
let written = Number.NEGATIVE_INFINITY;
let moving = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  timer = undefined;
  if (wanted === null) return;
  try {
    history.replaceState(OWN, '', wanted);
    written = performance.now();
    wanted = null;
  } catch {
    timer = setTimeout(write, AGAIN);
  }
}

/** A new entry; where the browser refuses, the address follows all the same. */
function push(address: string): void {
  write();
  try {
    history.pushState(OWN, '', address);
    written = performance.now();
    wanted = null;
  } catch {
    wanted = address;
    timer ??= setTimeout(write, AGAIN);
  }
}

/** Changes the address, now or in a moment. */
export function setAddress(address: string, change: AddressChange = 'follow'): void {
  const now = performance.now();
  const goesOn = change === 'movement' && moving;
  // A change that only follows another does not end a movement: whatever watches the state writes the address as well.
  if (change !== 'follow') moving = change === 'movement';
  if (change !== 'follow' && !goesOn) return push(address);
  wanted = address;
  if (timer !== undefined) return;
  const wait = written + PAUSE - now;
  if (wait > 0) timer = setTimeout(write, wait);
  else write();
}

/** Ends the movement under way: the next one gets an entry of its own in the browser's history. */
export function endMovement(): void {
  moving = false;
}

/**
 * Forgets a change that is due: the address was changed from outside meanwhile. From now on the entry is this page's
 * own.
 */
export function keepAddress(): void {
  clearTimeout(timer);
  timer = undefined;
  wanted = null;
  moving = false;
  try {
    history.replaceState(OWN, '', location.href);
  } catch {
    // Then Back opens it as a link, which it is, too.
  }
}

/** Whoever leaves the page or loads it again finds the last change in the address. */
export function finishAddress(): void {
  write();
}

/** The choice that Back or Forward led to, by its address. */
let undone: string | null = null;

/**
 * Calls back with what the address has become by itself: by Back or Forward to a choice of this page, or by a link.
 * Browsers tell of the first in two ways, the second some time later: only the first is heard.
 */
export function watchAddress(onChoice: () => void, onLink: () => void): void {
  addEventListener('popstate', ({ state }: PopStateEvent) => {
    undone = null;
    if ((state as Partial<typeof OWN> | null)?.deepFusion !== OWN.deepFusion) return;
    undone = location.href;
    clearTimeout(timer);
    timer = undefined;
    wanted = null;
    moving = false;
    onChoice();
  });
  addEventListener('hashchange', () => {
    if (undone !== location.href) onLink();
  });
}
