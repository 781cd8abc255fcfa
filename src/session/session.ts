/**
 * The training worker's state machine, without the worker: fed by commands, it trains, grows, predicts and observes,
 * and emits events. The page's worker and the command line drive the same class.
 *
 * One loop does everything in small slices, commands first, so that no command waits for more than one slice. This file
 * is over 400 lines because one place must answer every command, exhaustively, and what the answers change stands
 * beside them: what is loaded, what is being loaded or waits to be, and the phase. What can be told apart from that has
 * files of its own: who works next (scheduler.ts), another course of the run (branching.ts), what a fault means
 * (device/recovery.ts), what is kept of it (keeping/), what the reader looks at (observe/looked-at.ts).
 */
import { ToldError } from '../experiment/messages/told-error.ts';
import type { Told } from '../experiment/messages/say.ts';
import { tell, tellError } from '../experiment/messages/tell.ts';
import { meterOf } from '../model/work-meter.ts';
import { loadTaskData } from '../data/task-data.ts';
import { memoryEstimate } from '../experiment/cost/cost.ts';
import { isMember, type Experiment } from '../experiment/experiment.ts';
import { MADE_AT_ONCE } from '../experiment/limits.ts';
import { insteadOfHeld } from '../experiment/declared/optimizers.ts';
import type { OutputFile } from '../storage/files.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import { branch, type Branching, fuse, goBack, whatIf } from './branching.ts';
import { Inbox } from './inbox.ts';
import type { KeptRequest } from '../keep/reports.ts';
import type { NewestState } from '../keep/state.ts';
import { Keeping, type KeptEnd } from './keeping/keeping.ts';
import { KeptRequests } from './keeping/requests.ts';
import { retell, type TakenUp } from './keeping/taken-up.ts';
import { type Loaded, loadedOf } from './loaded.ts';
import { GrowthMap } from '../predict/map/map.ts';
import { unpredictable } from '../predict/unpredictable.ts';
import type { Command, Event, Phase } from './protocol.ts';
import { type AnsweredText, answerTexts } from '../run/metrics/answer-texts.ts';
import { plannedModels } from '../run/model-reports.ts';
import type { ModelReport } from '../run/reports.ts';
import { RunRecord } from '../run/record.ts';
import { recover, REPEATED, type Recoverable } from './device/recovery.ts';
import { Run } from '../run/run.ts';
import type { TrainerMaker } from '../run/setup/trainer-maker.ts';
import { runCheckpoints, type Snapshot } from '../run/snapshot.ts';
import { type Lane, Scheduler, type Worker, type WorkKind } from './scheduler.ts';
import { SessionDevice } from './device/session-device.ts';
import { sizeProblem } from '../run/setup/sizes.ts';
import type { SessionHost } from './session-host.ts';
import { loadRunData, type RunData } from '../run/setup/setup.ts';
import type { Theorist } from '../predict/theorist.ts';
import { LookedAt } from './observe/looked-at.ts';
import { Networks, tellGiven } from './networks.ts';
import { OwnTexts } from './own-texts.ts';

/** How long a slice of training or prediction may take, in milliseconds. */
const SLICE = 14;

/** A load that was given up for another one. */
class Superseded extends Error {}

/** Work beside the training that failed, and ends there. */
type Stopped = 'prediction-stopped' | 'prediction-not-made' | 'map-stopped' | 'map-not-shown' | 'looks-stopped';

export class Session {
  private readonly host: SessionHost;
  private readonly inbox = new Inbox();
  private readonly device: SessionDevice;
  private loaded: Loaded | null = null;
  /** Outlives what is loaded: branches of one experiment are cells of one map. */
  private readonly map: GrowthMap;
  private readonly scheduler: Scheduler;
  private readonly keeping: Keeping;
  private readonly requests: KeptRequests;
  private readonly lookedAt = new LookedAt();
  /** Networks from files. */
  readonly networks = new Networks();
  readonly own = new OwnTexts();
  /** A large experiment that is open: its networks are made when something needs them. */
  private waiting: Experiment | null = null;
  /** The load that is under way. */
  private loading: Experiment | null = null;
  /** Why nothing trains beside the plan of what is loaded, though it asks for it: there was no memory. */
  private noRoom: Told | null = null;
  /** The command that is being carried out. */
  private obeying: Command | null = null;
  private phase: Phase = 'loading';
  /** Whether it trains for one step only. */
  private once = false;
  private closed = false;
  /** Settles when the loop has ended, after `close`. */
  readonly ended: Promise<void>;

  constructor(outside: SessionHost) {
    const host: SessionHost = {
      ...outside,
      emit: (event) => {
        this.keeping.hear(event);
        outside.emit(event);
      },
    };
    this.host = host;
    this.keeping = new Keeping({
      openStore: outside.openStore && (() => outside.openStore!()),
      adapter: () => this.device.current?.report.kind ?? 'wasm',
      changed: () => void this.requests.answer({ do: 'list' }),
    });
    this.requests = new KeptRequests(this.keeping, (event) => host.emit(event));
    this.map = new GrowthMap((event) => host.emit(event));
    this.device = new SessionDevice(
      host,
      () => this.inbox.wake(),
      (what, done, total) => host.emit({ type: 'loading', what, done, total }),
    );
    this.scheduler = new Scheduler(this.workers());
    this.ended = this.work();
  }

  handle(command: Command): void {
    // Whoever asks whether anyone is there does not wait in the queue.
    if (command.type === 'ping') this.host.emit({ type: 'pong' });
    else if (command.type === 'kept') void this.answerKept(command.request);
    else this.inbox.put(command);
  }

  /** Where there is room again, what is loaded is kept at once, also while nothing trains. */
  private async answerKept(request: KeptRequest): Promise<void> {
    await this.requests.answer(request);
    if (request.do === 'clear') this.inbox.put({ type: 'keep' });
  }

  close(): void {
    this.closed = true;
    this.inbox.wake();
  }

  /** The result files of the run as it is. @param besides files that belong to the result too */
  files(trace: boolean, readme = false, besides: readonly OutputFile[] = []): readonly OutputFile[] {
    const { loaded, device } = this;
    if (!loaded || !device.current) throw new Error('there is no run to make files of');
    return loaded.record.files(loaded.run, device.current.report, { trace, readme, besides });
  }

  /**
   * The answers of the networks that are in training to texts, on the task that they train on; for when nothing is
   * trained.
   */
  answer(texts: readonly string[]): Promise<readonly AnsweredText[]> {
    const { loaded } = this;
    if (!loaded) throw new Error('there is no run to ask');
    const { trainers, trained } = loaded.run;
    return answerTexts(new Map([...trainers].filter(([id]) => !isMember(id))), trained.current.task, texts);
  }

  /** Whether numbers along the run are measured. */
  private get measures(): boolean {
    return this.host.measures ?? this.host.watched;
  }

  private async export({ run, theorist }: Loaded, { trace = false, readme, besides }: Extract<Command, { type: 'export' }>): Promise<void> {
    await theorist.settle(run);
    this.host.emit({ type: 'files', files: this.files(trace, readme, besides) });
  }

  private async work(): Promise<void> {
    while (!this.closed) {
      try {
        const worked = await this.slice();
        if (worked) await this.host.yield();
        else await this.sleep();
      } catch (error) {
        await this.recover(error);
      }
    }
    await this.unload();
    this.keeping.begin();
    await this.keeping.written();
    this.device.dispose();
  }

  private async slice(): Promise<boolean> {
    const command = this.inbox.next();
    this.obeying = command;
    if (command) {
      await this.orTell(command, () => this.obey(command));
      return true;
    }
    if (this.device.loss) throw new ToldError(this.device.loss.reason);
    return this.scheduler.round((lane) => this.share(lane));
  }

  /** Milliseconds of a round for a lane. What is beside a training at full speed has as much as that, else twice. */
  private share(lane: Lane): number {
    const { loaded } = this;
    if (!loaded) return 0;
    const training = this.phase === 'training';
    switch (lane) {
      case 'training':
        return training ? SLICE : 0;
      case 'beside':
        return training && loaded.loop.atFullSpeed ? SLICE : 2 * SLICE;
      case 'looks':
        return this.host.watched ? SLICE : 0;
    }
  }

  /** The role of each kind of work in this session, and what ends where it fails. */
  private workers(): Record<WorkKind, Worker> {
    const beside = (what: Stopped, work: (loaded: Loaded, milliseconds: number) => Promise<boolean>, end: (loaded: Loaded) => unknown) => {
      return async (milliseconds: number): Promise<boolean> => {
        const { loaded } = this;
        if (!loaded) return false;
        const worked = await this.orTell(what, () => work(loaded, milliseconds));
        if (worked === undefined) await end(loaded);
        return worked ?? true;
      };
    };
    const predicting = (work: (theorist: Theorist, milliseconds: number) => Promise<boolean>): Worker =>
      beside(
        'prediction-stopped',
        ({ theorist }, milliseconds) => work(theorist, milliseconds),
        ({ theorist }) => theorist.cancel(),
      );
    return {
      training: (milliseconds) => this.train(milliseconds),
      'growth-study': predicting((theorist, milliseconds) => theorist.studyGrowth(milliseconds)),
      orders: predicting((theorist, milliseconds) => theorist.findOrders(milliseconds)),
      prediction: predicting((theorist, milliseconds) => theorist.predict(milliseconds)),
      map: beside(
        'map-stopped',
        (_loaded, milliseconds) => this.map.advance(milliseconds),
        () => this.map.stop(),
      ),
      looks: beside(
        'looks-stopped',
        ({ watcher }) => watcher.advance(this.phase !== 'training'),
        ({ watcher }) => watcher.rest(),
      ),
    };
  }

  private async train(milliseconds: number): Promise<boolean> {
    const { loaded } = this;
    if (!loaded) return false;
    const { record } = loaded;
    const [before, measuring] = [performance.now(), record.measuringSeconds];
    const outcome = this.once ? await loaded.loop.step() : await loaded.loop.advance(milliseconds);
    record.seconds += (performance.now() - before) / 1000 - (record.measuringSeconds - measuring);
    if (outcome === 'finished' || outcome === 'diverged') this.enter(outcome);
    else if (this.once && outcome === 'worked') this.enter('paused');
    await this.keeping.due(loaded, this.end);
    return outcome !== 'waiting';
  }

  /** A failure beside the training is told and ends there; the training goes on. A fault of the device is thrown. */
  private async orTell<T>(what: Stopped | Command, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      await this.device.passOn(error);
      const why = tellError(error);
      this.refuse(typeof what === 'string' ? tell(what, { why }) : tell('not-done', { command: what.type, why }));
      return undefined;
    }
  }

  /** Until a command comes or the next step is due. */
  private async sleep(): Promise<void> {
    if (this.closed) return;
    const loop = this.phase === 'training' ? this.loaded?.loop : undefined;
    const tooLong = await this.inbox.sleep(loop?.millisecondsToNextStep() ?? Number.POSITIVE_INFINITY);
    loop?.overslept(tooLong);
  }

  /** @param once for one step, before which something is waited for */
  private enter(phase: Phase, once = false): void {
    this.phase = phase;
    this.once = once;
    this.loaded?.measurements.flush(true);
    if (phase === 'finished' || phase === 'diverged') this.map.measured(phase === 'diverged');
    this.host.emit({ type: 'phase', phase, step: this.loaded?.run.step ?? 0 });
  }

  private async obey(command: Command): Promise<void> {
    if (command.type === 'load' || command.type === 'take-up') {
      this.device.forgetSize();
      if (command.id !== undefined) this.host.emit({ type: 'begun', id: command.id });
      this.noRoom = null;
      return command.type === 'load' ? this.load(command.experiment) : this.takeUp(command.kept);
    }
    const { loaded } = this;
    if (command.type === 'open-networks') return this.openNetworks(command);
    if (command.type === 'take-own') return this.takeOwn(command.text);
    if (command.type === 'keep') {
      if (loaded) await this.keeping.keep(loaded, this.end);
      return;
    }
    // It can be chosen before there is anything to look at.
    if (command.type === 'show-attention') {
      this.lookedAt.attention = command.choice;
      return loaded?.watcher.showAttention(command.choice);
    }
    if (this.waiting) return this.answerWaiting(this.waiting, command);
    if (!loaded) {
      // The fault that is told already says why.
      if (command.type === 'run' && this.phase === 'failed') return;
      this.refuse(tell('nothing-loaded', { command: command.type }));
      return;
    }
    const { run } = loaded;
    switch (command.type) {
      case 'run':
        if (this.phase === 'finished' || this.phase === 'failed' || this.phase === 'diverged') return;
        return this.goOn();
      case 'pause':
        if (this.phase === 'training') {
          await loaded.loop.settle();
          this.enter('paused');
          await this.keeping.keep(loaded, null);
        }
        return;
      case 'step':
        return this.singleStep(loaded);
      case 'reset':
        return this.load(run.experiment);
      case 'fuse':
        return fuse(this.courses(), loaded);
      case 'set-step-size':
        if (command.value.kind === 'edge' && run.step > 0)
          return this.refuse(tell('do-this-instead', { refused: tell('held-in-mid-run'), instead: tell('run-a-branch') }));
        await loaded.theorist.dropAsked();
        run.setStepSize(command.which, command.value);
        this.host.emit({ type: 'experiment', experiment: run.experiment });
        this.log(tell('step-size-changed', { after: command.which === 'h2' }));
        return loaded.theorist.startPlan(run.step);
      case 'set-pace':
        return loaded.loop.setPace(command.pace);
      case 'what-if':
        return whatIf(loaded, command.change);
      case 'run-branch':
        return branch(this.courses(), loaded, command.change);
      case 'cancel-prediction':
        return loaded.theorist.cancel();
      case 'measure-orders':
        return loaded.theorist.measureOrders();
      case 'map':
        return this.map.ask(command.axes, command.fill);
      case 'stop-map':
        return this.map.stop();
      case 'show-weights':
        return loaded.watcher.showWeights(command.name, command.model);
      case 'try-word':
        this.lookedAt.ownWord = command.text;
        return loaded.watcher.tryWord(command.text);
      case 'go-back':
        return goBack(this.courses(), loaded, command.step, command.stepSize);
      case 'test-fault':
        return this.testFault(command.fault);
      case 'export':
        return this.export(loaded, command);
      case 'ping':
      case 'kept':
        return;
      default: {
        const never: never = command;
        throw new Error(`unknown command ${JSON.stringify(never)}`);
      }
    }
  }

  private refuse(told: Told): void {
    this.host.emit({ type: 'fault', kind: 'refused', ...told, fatal: false });
  }

  /** Whatever needs the networks of a large experiment has them made, and comes after that. */
  private async answerWaiting(experiment: Experiment, command: Command): Promise<void> {
    switch (command.type) {
      case 'set-pace':
        this.waiting = { ...experiment, pace: command.pace };
        return;
      case 'try-word':
        this.lookedAt.ownWord = command.text;
        return;
      case 'pause':
      case 'reset':
      case 'show-weights':
      case 'cancel-prediction':
      case 'map':
      case 'stop-map':
        return;
      default:
        this.inbox.putFirst(command);
        return this.load(experiment, true);
    }
  }

  /** A text that can't be read changes nothing, as with files. */
  private async takeOwn(text: string): Promise<void> {
    try {
      this.host.emit({ type: 'own', taken: await this.own.take(text), refused: null });
    } catch (error) {
      this.host.emit({ type: 'own', taken: null, refused: tellError(error) });
    }
  }

  /** Files that can't be read change nothing: what is loaded goes on. */
  private async openNetworks({ label, files }: Extract<Command, { type: 'open-networks' }>): Promise<void> {
    try {
      this.host.emit({ type: 'networks', networks: await this.networks.open(label, files), refused: null });
    } catch (error) {
      this.host.emit({ type: 'networks', networks: [], refused: tellError(error) });
    }
  }

  /** A large experiment is opened: what it is made of is said, and nothing of it made. */
  private tellWaiting(experiment: Experiment, data: RunData, bytes: number): void {
    this.waiting = experiment;
    this.tellReady(plannedModels(experiment, data), data);
    this.log(tell('memory-needed', { bytes }));
    this.enter('ready');
  }

  /** Says what the networks are that train, or would. */
  private tellReady(models: readonly ModelReport[], { task }: RunData): void {
    this.host.emit({
      type: 'ready',
      adapter: this.device.current?.report ?? { kind: 'wasm', description: '', reason: null },
      models,
      megaflopsPerStep: Math.max(...models.map(({ flopsPerStep }) => flopsPerStep)) / 1e6,
      vocabulary: task.vocabularySize,
    });
  }

  /** How the training has ended, if it has. */
  private get end(): KeptEnd {
    return this.phase === 'finished' || this.phase === 'diverged' ? this.phase : null;
  }

  /** Goes on with a kept run; one that can't go on is refused, and nothing is loaded. */
  private async takeUp(id: string): Promise<void> {
    await this.unload();
    this.waiting = null;
    try {
      const kept = await this.requests.open(id);
      await this.load(kept.state.experiment, true, kept);
      if (!kept.own && this.loaded !== null) this.log(tell('kept-elsewhere'));
    } catch (error) {
      await this.device.passOn(error);
      this.refuse(tell('kept-not-opened', { why: tellError(error) }));
      this.enter('failed');
    } finally {
      // A run that could not be loaded is held by nobody, so that it can be opened again.
      if (this.loaded === null) this.keeping.begin();
    }
  }

  /**
   * @param now the networks are made at once, however large they are
   * @param kept goes on with it
   */
  private async load(experiment: Experiment, now = !this.host.watched, kept?: TakenUp): Promise<void> {
    this.waiting = null;
    this.lookedAt.begin(experiment.task);
    await this.unload();
    if (!kept) this.keeping.begin();
    this.loading = experiment;
    this.enter('loading');
    this.host.emit({ type: 'rewound', step: -1 });
    this.host.emit({ type: 'experiment', experiment });
    const problem = sizeProblem(experiment);
    if (problem) {
      this.host.emit({ type: 'fault', ...problem, fatal: false });
      this.loading = null;
      return this.enter('failed');
    }
    try {
      this.host.emit({ type: 'loading', what: 'data', done: 0, total: 1 });
      const data = await loadRunData(
        experiment,
        (choice) => loadTaskData(choice, (path) => this.own.read(path) ?? this.host.readText(path)),
        this.networks.of(experiment),
      );
      const device = await this.device.for(experiment.adapter);
      const bytes = memoryEstimate(experiment);
      if (!now && bytes > MADE_AT_ONCE) {
        this.loading = null;
        return this.tellWaiting(experiment, data, bytes);
      }
      this.host.emit({ type: 'loading', what: 'models', done: 0, total: 1 });
      meterOf(device).reset(kept?.state.beside);
      if (kept) {
        const run = await Run.restore(device, experiment, data, kept.state.snapshot, this.givingWay(), undefined, this.noRoom);
        retell(kept, run, (event) => this.host.emit(event));
        await this.adopt(run, kept.record, kept.checkpoints, { kept: kept.state });
      } else {
        const run = await Run.create(device, experiment, data, this.givingWay(), this.noRoom);
        await this.adopt(run, new RunRecord(), runCheckpoints());
        this.tellWhatIsHeld(run);
        for (const told of tellGiven(data)) this.log(told);
      }
    } catch (error) {
      // The next load, which is waiting, puts away what there is of this one.
      if (error instanceof Superseded) {
        this.loading = null;
        return;
      }
      await this.device.passOn(error);
      this.host.emit({ type: 'fault', kind: 'data', ...tellError(error), fatal: false });
      this.enter('failed');
    }
    this.loading = null;
  }

  /** Links of version 1 hold λmax under optimizers whose edge it does not say. */
  private tellWhatIsHeld({ experiment: { h, h2 }, optimizer }: Run): void {
    if (insteadOfHeld(optimizer.name) === null || (h.kind !== 'edge' && h2?.kind !== 'edge')) return;
    this.log(tell('held-as-in-version-1', { optimizer: optimizer.title }));
  }

  /**
   * Lets commands come in, and ends the load under way where another experiment is asked for meanwhile. @throws
   * Superseded
   */
  private async giveWay(): Promise<void> {
    await this.host.yield();
    if (this.inbox.hasLoad || this.closed) throw new Superseded();
  }

  /** Builds networks; a load ends between two of them where another one is asked for. */
  private givingWay(): TrainerMaker {
    return {
      make: async (request) => {
        if (this.loading !== null) await this.giveWay();
        return this.device.workers.make(request);
      },
    };
  }

  /** A run becomes the one that is worked on. */
  private async adopt(
    run: Run,
    record: RunRecord,
    checkpoints: Checkpoints<Snapshot>,
    {
      validUntil = 0,
      marks,
      kept,
    }: { readonly validUntil?: number; readonly marks?: Theorist; readonly kept?: Pick<NewestState, 'predictions' | 'end'> } = {},
  ): Promise<void> {
    const emit = (event: Event): void => this.host.emit(event);
    const { lookedAt, measures } = this;
    this.loaded = loadedOf({ run, record, checkpoints, emit, marks, lookedAt, watched: this.host.watched, measures });
    const { loop, measurements, theorist } = this.loaded;
    const { experiment } = run;
    if (run.step === 0) await loop.begin(this.loading === null ? undefined : () => this.giveWay());
    if (this.device.current) this.tellReady(run.models(), run.data);
    measurements.flush(true);
    loop.narrator.leftOut();
    // A failure of the map or of a prediction must not keep a run from being loaded.
    await this.orTell('map-not-shown', async () => this.map.adopt({ run, record, checkpoints }));
    await this.orTell('prediction-not-made', async () => {
      const reason = unpredictable(run);
      if (reason) emit({ type: 'prediction-unavailable', reason });
      if (!this.host.watched && experiment.predict.length === 0) return;
      if (kept) await theorist.resume(kept.predictions);
      else await theorist.startPlan(validUntil);
    });
    this.enter(kept?.end ?? (run.step === 0 ? 'ready' : 'paused'));
  }

  private async unload(): Promise<void> {
    const { loaded, end } = this;
    this.loaded = null;
    if (!loaded) return;
    if (this.device.loss === null) await this.keeping.keep(loaded, end);
    await loaded.loop.dispose();
    loaded.watcher.dispose();
    await this.map.stop();
    await loaded.theorist.dispose();
    await loaded.run.dispose();
  }

  private async singleStep(loaded: Loaded): Promise<void> {
    if (this.phase === 'finished' || this.phase === 'failed' || this.phase === 'diverged') return;
    // A growth waits for the prediction, by whatever button it is come to: the step is taken once that is drawn.
    const outcome = await loaded.loop.step();
    if (outcome === 'waiting') this.enter('training', true);
    else this.enter(outcome === 'worked' ? 'paused' : outcome);
    await this.keeping.due(loaded, this.end);
  }

  /** Trains on; or only fuses what is to be fused at this step, and waits. */
  private async goOn(paused = false): Promise<void> {
    const { loaded } = this;
    if (paused && loaded?.run.needsTurn()) await loaded.loop.turn();
    if (!paused) loaded?.loop.start();
    this.enter(paused ? 'paused' : 'training');
  }

  /** This session, for a change of course. */
  private courses(): Branching {
    return {
      isPaused: this.phase === 'paused',
      emit: (event) => this.host.emit(event),
      refuse: (told) => this.refuse(told),
      log: (told) => this.log(told),
      goTo: (loaded, snapshot, experiment, validUntil) => this.goTo(loaded, snapshot, experiment, validUntil),
      goOn: (paused) => this.goOn(paused),
    };
  }

  /** Goes on from a snapshot, perhaps with another experiment. */
  private async goTo(loaded: Loaded, snapshot: Snapshot, experiment: Experiment, validUntil: number): Promise<Run> {
    const device = await this.device.for(experiment.adapter);
    await loaded.loop.settle();
    await loaded.loop.dispose();
    loaded.watcher.dispose();
    await loaded.theorist.leave();
    await this.map.stop();
    const run = await Run.restore(device, experiment, loaded.run.data, snapshot, this.device.workers, loaded.run);
    await loaded.run.dispose();
    loaded.record.rewind(snapshot, run.end);
    loaded.checkpoints.dropAfter(snapshot.step);
    // Where a course was changed one may want to go back to.
    loaded.checkpoints.put(snapshot.step, snapshot, true);
    this.host.emit({ type: 'rewound', step: snapshot.step });
    this.host.emit({ type: 'experiment', experiment });
    await this.adopt(run, loaded.record, loaded.checkpoints, { validUntil, marks: loaded.theorist });
    return run;
  }

  private testFault(fault: 'device-lost' | 'crash'): void {
    if (fault === 'crash') throw new Error('a crash was asked for by a test, which the worker itself sees to');
    this.device.current?.device.simulateLoss?.();
  }

  private log(told: Told): void {
    const step = this.loaded?.run.step ?? 0;
    this.loaded?.record.events.push({ step, message: told.message });
    this.host.emit({ type: 'log', step, ...told });
  }

  private async recover(error: unknown): Promise<void> {
    const command = this.obeying;
    const session: Recoverable = {
      device: this.device,
      loading: this.loading,
      lastCheckpoint: () => this.loaded?.checkpoints.nearestAtOrBefore(Number.POSITIVE_INFINITY)?.snapshot,
      leaveOutBaselines: (reason) => this.leaveOutBaselines(reason),
      emit: (event) => this.host.emit(event),
      restore: (snapshot, goOn) => this.restore(snapshot, goOn),
      load: (experiment) => this.load(experiment, true),
      fail: () => this.enter('failed'),
    };
    const next = await recover(session, error, this.phase === 'training' && !this.once);
    // The command that failed is tried again, where that makes sense.
    if (command && next !== null && REPEATED.has(command.type)) this.inbox.putFirst(command);
  }

  private leaveOutBaselines(reason: Told): boolean {
    const beside = this.loading ? this.loading.baseline : (this.loaded?.run.baselines ?? []);
    if (beside.length === 0 || this.noRoom !== null) return false;
    this.noRoom = reason;
    return true;
  }

  /** The run as it was at a checkpoint, on a device of its own; of the one before nothing is left. */
  private async restore(snapshot: Snapshot, goOn: boolean): Promise<void> {
    const { loaded } = this;
    if (!loaded) return;
    const { experiment, data } = loaded.run;
    // Of a device that is lost nothing has to be given back.
    await this.map.stop().catch(() => undefined);
    const device = await this.device.for(experiment.adapter);
    const run = await Run.restore(device, experiment, data, snapshot, this.device.workers, undefined, this.noRoom);
    loaded.measurements.flush(true);
    loaded.record.rewind(snapshot, run.end);
    this.host.emit({ type: 'rewound', step: snapshot.step });
    for (const of of ['what-if', 'asked'] as const) {
      loaded.record.forget(of);
      this.host.emit({ type: 'prediction-cleared', of });
    }
    await this.adopt(run, loaded.record, loaded.checkpoints);
    if (goOn) await this.goOn();
  }
}
