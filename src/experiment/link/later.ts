/**
 * Keys and values of the link that belong to later capabilities: known, so that a link from a newer page (or
 * a newer course) is answered with "not built yet", never with silence or "unknown".
 */

/** Keys without any effect today. */
export const LATER_KEYS: ReadonlyMap<string, string> = new Map();

/** Values without a meaning today, by key. */
export const LATER_VALUES: ReadonlyMap<string, readonly string[]> = new Map();

export function isLater(key: string, value: string): boolean {
  return LATER_VALUES.get(key)?.includes(value) ?? false;
}
