/**
 * Values that this browser keeps from one visit to the next, by key. Storage may be forbidden: then it lasts as long as
 * the page.
 */

/** Null where nothing was kept. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forgetKept(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As said above.
  }
}

export function writeKept(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As said above.
  }
}
