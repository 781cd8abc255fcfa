/** An output beside its target, place by place: letters, or sounds separated by spaces. */

export interface Part {
  readonly text: string;
  readonly wrong: boolean;
  /** Units in it. */
  readonly length: number;
}

export function units(text: string, spaced: boolean): readonly string[] {
  if (!spaced) return [...text];
  return text.split(' ').filter((unit) => unit !== '');
}

/** Runs of right and wrong units of `output`; a unit is right if the target has the same one in the same place. */
export function compare(output: string, target: string, spaced: boolean): readonly Part[] {
  const wanted = units(target, spaced);
  const parts: { text: string; wrong: boolean; length: number }[] = [];
  units(output, spaced).forEach((unit, i) => {
    const wrong = wanted[i] !== unit;
    const last = parts[parts.length - 1];
    // Sounds stand apart, so that the underline shows each of them.
    if (last && last.wrong === wrong && !spaced) {
      last.text += unit;
      last.length++;
    } else {
      if (spaced && last) parts.push({ text: ' ', wrong: false, length: 0 });
      parts.push({ text: unit, wrong, length: 1 });
    }
  });
  return parts;
}
