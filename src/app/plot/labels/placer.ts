/** Places labels again and again, and remembers where each stands: it stays there unless somewhere else is clearly better. */
import { type LabelRequest, type Placed, placeLabels, type Scene } from './place-labels.ts';

export class Placer {
  private before: ReadonlyMap<string, Placed> = new Map();

  place(requests: readonly LabelRequest[], scene: Scene): readonly Placed[] {
    const placed = placeLabels(requests, scene, this.before);
    this.before = new Map(placed.map((label) => [label.id, label]));
    return placed;
  }
}
