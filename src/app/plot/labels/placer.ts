/**
 * Places labels again and again, and remembers where each stands: it stays there unless somewhere else is clearly
 * better.
 */
import { type LabelRequest, type Placed, placeLabels, type Scene } from './place-labels.ts';

/** A label with the place that it was given. */
export interface PlacedLabel<R extends LabelRequest> {
  readonly box: Placed;
  readonly label: R;
}

export class Placer {
  private before: ReadonlyMap<string, Placed> = new Map();

  place<R extends LabelRequest>(requests: readonly R[], scene: Scene): readonly PlacedLabel<R>[] {
    const placed = placeLabels(requests, scene, this.before);
    this.before = new Map(placed.map((label) => [label.id, label]));
    return withLabels(requests, placed);
  }
}

/** Once, wherever they stood before. */
export function placeOnce<R extends LabelRequest>(requests: readonly R[], scene: Scene): readonly PlacedLabel<R>[] {
  return withLabels(requests, placeLabels(requests, scene));
}

function withLabels<R extends LabelRequest>(requests: readonly R[], placed: readonly Placed[]): readonly PlacedLabel<R>[] {
  const byId = new Map(requests.map((request) => [request.id, request]));
  return placed.flatMap((box) => {
    const label = byId.get(box.id);
    return label ? [{ box, label }] : [];
  });
}
