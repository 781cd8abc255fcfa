/** A text as a code to scan. */

export interface ScanCode {
  /** Its dark squares as one path of whole units. */
  readonly path: string;
  /** Units a side. */
  readonly size: number;
}

/** @returns `null` where the text is too long for a code: it is still a link */
export async function codeOf(text: string): Promise<ScanCode | null> {
  // Loaded when a code is drawn: nobody else needs it.
  const { encode } = await import('uqr');
  try {
    const { data, size } = encode(text, { border: 0, ecc: 'L' });
    return { path: data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join(''), size };
  } catch {
    return null;
  }
}
