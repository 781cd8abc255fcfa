/**
 * The journal of a run: events that follow from nothing else that is kept, so that it can be said again when the
 * run is taken up.
 */
import type { Event } from '../protocol.ts';

/** Points along the run, each said once: those after a step are void when the run goes back to it. */
const ALONG = ['log', 'step-size', 'sharpness', 'predicted-sharpness'] as const;
/** Of these the newest of each stands for all. */
const NEWEST = ['samples', 'symmetry', 'gradient-norm', 'orders', 'diverged', 'times'] as const;

type Along = Extract<Event, { type: (typeof ALONG)[number] }>;
type Newest = Extract<Event, { type: (typeof NEWEST)[number] }>;
const isAlong = (event: Event): event is Along => ALONG.some((type) => type === event.type);
const isNewest = (event: Event): event is Newest => NEWEST.some((type) => type === event.type);

/** As many lines as the page shows. */
const MOST_LOGS = 500;

export class Journal {
  private along: Along[] = [];
  private readonly newest = new Map<string, Newest>();

  hear(event: Event): void {
    if (event.type === 'rewound') this.rewind(event.step);
    else if (isAlong(event)) this.append(event);
    else if (isNewest(event)) this.newest.set(keyOf(event), event);
  }

  said(): readonly Event[] {
    return [...this.along, ...this.newest.values()];
  }

  private append(event: Along): void {
    this.along.push(event);
    if (event.type !== 'log' || this.along.length < 2 * MOST_LOGS) return;
    const logs = this.along.filter(({ type }) => type === 'log');
    const old = new Set<Along>(logs.slice(0, -MOST_LOGS));
    if (old.size > 0) this.along = this.along.filter((each) => !old.has(each));
  }

  private rewind(step: number): void {
    if (step < 0) {
      this.along = [];
      this.newest.clear();
      return;
    }
    this.along = this.along.filter((event) => event.type === 'log' || event.step <= step);
    for (const [key, event] of this.newest) if ('step' in event && event.step > step) this.newest.delete(key);
  }
}

function keyOf(event: Newest): string {
  switch (event.type) {
    case 'samples':
      return `samples ${event.moment}`;
    case 'gradient-norm':
      return `gradient-norm ${event.model}`;
    default:
      return event.type;
  }
}
