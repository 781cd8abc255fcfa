/**
 * Plays lessons without a page: the player's own control and the page's own state, with a real training in the place of
 * the worker's thread. What a step finds in its run, and what it says of it, is what a reader gets.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type * as Control from '../../src/app/features/lesson/control.ts';
import type { AllFacts, Facts, Lesson, LessonStep, Milestone } from '../../src/app/features/lesson/lesson.ts';
import type * as RunControl from '../../src/app/state/control/run-control.ts';
import type * as Stored from '../../src/app/state/store.ts';
import { nodeWasmDevice } from '../../src/engine/wasm/node.ts';
import type { Command, Event } from '../../src/session/protocol.ts';
import { Session } from '../../src/session/session.ts';

const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));
/** Milliseconds between two looks at whether something has happened. */
const SOON = 5;

/** The training worker of the page, without a thread of its own, as fast as it goes. */
class WorkerHere {
  static readonly made = new Set<WorkerHere>();
  private readonly heard: ((message: { data: Event }) => void)[] = [];
  private readonly session: Session;
  constructor() {
    WorkerHere.made.add(this);
    this.session = new Session({
      watched: true,
      readText: (path) => readFile(PUBLIC + path, 'utf8'),
      createDevice: async () => ({ device: await nodeWasmDevice(), report: { kind: 'wasm', description: '', reason: null } }),
      yield: () => new Promise((resolve) => setImmediate(resolve)),
      emit: (event) => {
        for (const hear of this.heard) hear({ data: event });
      },
    });
  }
  addEventListener(type: string, hear: (message: { data: Event }) => void): void {
    if (type === 'message') this.heard.push(hear);
  }
  postMessage(command: Command): void {
    if (command.type === 'ping') for (const hear of this.heard) hear({ data: { type: 'pong' } });
    else this.session.handle(command.type === 'load' ? { ...command, experiment: { ...command.experiment, pace: 'max' } } : command);
  }
  terminate(): void {
    this.session.close();
    WorkerHere.made.delete(this);
  }
}

/** The parts of a browser that the page's state uses. */
function pretendPage(): void {
  const kept = new Map<string, string>();
  const page: Readonly<Record<string, unknown>> = {
    Worker: WorkerHere,
    location: { href: 'https://page.example/', hash: '', search: '', pathname: '/' },
    history: { replaceState: () => undefined, pushState: () => undefined },
    requestAnimationFrame: (call: (now: number) => void) => setTimeout(() => call(performance.now()), SOON),
    cancelAnimationFrame: (id: ReturnType<typeof setTimeout>) => clearTimeout(id),
    document: { hidden: false, addEventListener: () => undefined },
    addEventListener: () => undefined,
    localStorage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) },
  };
  for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SOON));

export class LessonBench {
  private readonly control: typeof Control;
  private readonly stored: typeof Stored;
  private readonly run: typeof RunControl;

  private constructor(control: typeof Control, stored: typeof Stored, run: typeof RunControl) {
    this.control = control;
    this.stored = stored;
    this.run = run;
  }

  /** One a process: the page's state is one, too. */
  static async open(): Promise<LessonBench> {
    pretendPage();
    const client = await import('../../src/app/state/control/worker-client.ts');
    const control = await import('../../src/app/features/lesson/control.ts');
    const stored = await import('../../src/app/state/store.ts');
    const run = await import('../../src/app/state/control/run-control.ts');
    client.startClient();
    return new LessonBench(control, stored, run);
  }

  close(): void {
    this.control.stop();
    for (const worker of WorkerHere.made) worker.terminate();
  }

  /**
   * The findings of every step, by its id. Steps that are done by hand run the link that comes to the same without one.
   */
  async play(lesson: Lesson, onStep: (step: LessonStep, facts: Facts, all: AllFacts) => void = () => undefined): Promise<AllFacts> {
    const steps = lesson.steps.map((step) => ({ ...step, ...(step.recorded === undefined ? {} : { change: step.recorded }) }));
    const played = { ...lesson, steps };
    for (const [i, step] of steps.entries()) {
      this.control.play(played, i);
      await this.until(() => this.stored.latest().phase !== 'loading', step);
      this.say(step);
      for (let next = this.next(); this.facts(step) === undefined; next = this.next()) {
        if (next) this.act(next);
        await soon();
        this.whole(step);
      }
      onStep(step, this.facts(step) ?? {}, this.control.allFacts(this.control.playing.getState()));
    }
    const all = this.control.allFacts(this.control.playing.getState());
    this.control.stop();
    return all;
  }

  private next(): Milestone | null {
    return this.control.nextMilestone(this.control.playing.getState());
  }

  private facts(step: LessonStep): Facts | undefined {
    return this.control.allFacts(this.control.playing.getState())[step.id];
  }

  /** Answers, with whatever can be said. */
  private say({ ask }: LessonStep): void {
    if (!ask) return;
    if (ask.kind === 'choice') this.control.answer(ask.options[0]?.id ?? '', true);
    else if (ask.kind === 'number') this.control.answer(ask.least, true);
    else
      this.control.answer(
        [
          [ask.from, ask.room[1]],
          [ask.to, ask.room[0]],
        ],
        true,
      );
  }

  /** Does what a milestone asks for, where the run stands still. */
  private act(milestone: Milestone): void {
    const state = this.stored.latest();
    if (state.phase === 'loading' || state.phase === 'training' || state.phase === 'growing' || state.runsWhenReady) return;
    switch (milestone.kind) {
      case 'compute':
        this.stored.setState({ axis: 'compute' });
        return;
      case 'own':
        if (this.control.isOwn(state)) return;
        this.run.edit({ seed: state.experiment.seed + 1 });
        this.run.restart();
        return;
      case 'branch':
        if (state.asked) return;
        this.stored.ask({ grow: Math.round((state.experiment.grow ?? 2) / 2) });
        this.run.runBranch();
        return;
      default:
        this.run.toggleRun();
    }
  }

  private async until(done: () => boolean, step: LessonStep): Promise<void> {
    while (!done()) {
      this.whole(step);
      await soon();
    }
  }

  private whole({ id }: LessonStep): void {
    const { phase, faults } = this.stored.latest();
    if (phase === 'failed') throw new Error(`step ${id} failed: ${faults.map(({ message }) => message).join(' ')}`);
  }
}
