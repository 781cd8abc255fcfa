/** Mean |w| and mean |Δw| of the tensor that is shown, by where its blocks come from, along the run. */
import type { WeightPicture } from '../../../run/reports.ts';
import { type Course, Growable } from '../../plot/curves/growable.ts';

export interface WeightMeans {
  /** Origin (`A`, `B`, `new`) → mean |w|. */
  readonly size: ReadonlyMap<string, Course>;
  /** Origin → mean |Δw| of a step. */
  readonly change: ReadonlyMap<string, Course>;
}

export const NO_MEANS: WeightMeans = { size: new Map(), change: new Map() };

export class WeightCourses {
  private shown = '';
  private readonly size = new Map<string, Growable>();
  private readonly change = new Map<string, Growable>();

  /** Another tensor, or another model, begins anew. */
  add(picture: WeightPicture, step: number): void {
    const { model, name, blocks, change } = picture;
    if (this.shown !== `${model} ${name}`) this.clear();
    this.shown = `${model} ${name}`;
    append(
      this.size,
      step,
      picture,
      blocks.map(({ meanAbsolute }) => meanAbsolute),
    );
    if (change) append(this.change, step, picture, change.blocks);
  }

  truncateAfter(step: number): void {
    for (const map of [this.size, this.change]) for (const course of map.values()) course.truncateAfter(step);
  }

  clear(): void {
    this.size.clear();
    this.change.clear();
  }

  means(): WeightMeans {
    return { size: asCourses(this.size), change: asCourses(this.change) };
  }
}

/** The mean over an origin's blocks, weighted by their size. */
function append(courses: Map<string, Growable>, step: number, { blocks }: WeightPicture, means: readonly number[]): void {
  const sums = new Map<string, { sum: number; count: number }>();
  blocks.forEach(({ origin, rows, columns }, i) => {
    const { sum, count } = sums.get(origin) ?? { sum: 0, count: 0 };
    sums.set(origin, { sum: sum + (means[i] ?? 0) * rows * columns, count: count + rows * columns });
  });
  for (const [origin, { sum, count }] of sums) {
    const course = courses.get(origin) ?? new Growable();
    courses.set(origin, course);
    course.append([step], [count > 0 ? sum / count : 0]);
  }
}

function asCourses(courses: ReadonlyMap<string, Growable>): ReadonlyMap<string, Course> {
  return new Map([...courses].map(([origin, { steps, values, length }]) => [origin, { steps, values, length }]));
}
