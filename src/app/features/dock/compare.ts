/**
 * An output beside its target: which of its letters, or sounds separated by spaces, are right, and how many errors it
 * takes to come from the one to the other.
 *
 * The two are aligned as an edit distance does it (Wagner & Fischer 1974): every unit that is put in, left out or
 * another one is an error of one, and of all alignments with the fewest errors the one with the fewest shifts is shown.
 * Of sounds, one that stands for two neighbours, or two for one, counts once as well: `ER` for `EH R` is one
 * mishearing, not two.
 */

export interface Part {
  /** Empty where the target has units that the output lacks. */
  readonly text: string;
  readonly wrong: boolean;
  /** Units of the target that are missing here. */
  readonly missing: readonly string[];
}

export interface Comparison {
  readonly parts: readonly Part[];
  readonly errors: number;
  /** Units of the target. */
  readonly units: number;
}

export function units(text: string, spaced: boolean): readonly string[] {
  if (!spaced) return [...text];
  return text.split(' ').filter((unit) => unit !== '');
}

/** One piece of an alignment: so many units of the output stand for so many of the target. */
interface Piece {
  readonly said: readonly string[];
  readonly wanted: readonly string[];
  readonly right: boolean;
}

/**
 * Pairs that may stand for one another: a unit for a unit, too much, too little; of sounds also one for two and two for
 * one.
 */
const LETTERS = [
  [1, 1],
  [1, 0],
  [0, 1],
] as const;
const SOUNDS = [...LETTERS, [1, 2], [2, 1]] as const;

interface Cell {
  readonly errors: number;
  /** Pieces that are not one for one. */
  readonly shifts: number;
  readonly said: number;
  readonly wanted: number;
}

/** The pieces of the best alignment, in order. */
function align(said: readonly string[], wanted: readonly string[], spaced: boolean): readonly Piece[] {
  const width = wanted.length + 1;
  const cells: (Cell | undefined)[] = [{ errors: 0, shifts: 0, said: 0, wanted: 0 }];
  for (let i = 0; i <= said.length; i++) {
    for (let j = 0; j <= wanted.length; j++) {
      if (i + j === 0) continue;
      let best: Cell | undefined;
      for (const [a, b] of spaced ? SOUNDS : LETTERS) {
        const before = i >= a && j >= b ? cells[(i - a) * width + j - b] : undefined;
        if (!before) continue;
        const right = a === 1 && b === 1 && said[i - 1] === wanted[j - 1];
        const errors = before.errors + (right ? 0 : 1);
        const shifts = before.shifts + (a === b ? 0 : 1);
        if (!best || errors < best.errors || (errors === best.errors && shifts < best.shifts))
          best = { errors, shifts, said: a, wanted: b };
      }
      cells[i * width + j] = best;
    }
  }
  const pieces: Piece[] = [];
  for (let [i, j] = [said.length, wanted.length]; i + j > 0; ) {
    const cell = cells[i * width + j];
    if (!cell) break;
    const own = said.slice(i - cell.said, i);
    const theirs = wanted.slice(j - cell.wanted, j);
    pieces.push({ said: own, wanted: theirs, right: own.length === 1 && own[0] === theirs[0] && theirs.length === 1 });
    i -= cell.said;
    j -= cell.wanted;
  }
  return pieces.reverse();
}

/** Runs of right and of wrong units of `output`, with a gap where units of the target are missing. */
export function compare(output: string, target: string, spaced: boolean): Comparison {
  const wanted = units(target, spaced);
  const pieces = align(units(output, spaced), wanted, spaced);
  const parts: { text: string; wrong: boolean; missing: readonly string[] }[] = [];
  for (const { said, wanted: theirs, right } of pieces) {
    const text = said.join(spaced ? ' ' : '');
    const missing = text === '' ? theirs : [];
    const last = parts.at(-1);
    // Sounds stand apart, so that the underline shows each of them.
    if (last && !spaced && last.wrong === !right && last.missing.length === 0 && missing.length === 0) last.text += text;
    else {
      if (spaced && last) parts.push({ text: ' ', wrong: false, missing: [] });
      parts.push({ text, wrong: !right, missing });
    }
  }
  return { parts, errors: pieces.filter(({ right }) => !right).length, units: wanted.length };
}
