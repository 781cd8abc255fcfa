/**
 * Another course than the plan's: what Fuse does at this step, a hypothetical that is asked or run, the way back after
 * a divergence.
 */
import type { Experiment } from '../experiment/experiment.ts';
import type { Told } from '../experiment/messages/say.ts';
import { tell } from '../experiment/messages/tell.ts';
import { type WhatIf, withWhatIf } from '../experiment/plan/what-if.ts';
import type { Run } from '../run/run.ts';
import type { Snapshot } from '../run/snapshot.ts';
import { snapshotAt, snapshotFor } from '../run/what-if.ts';
import type { Loaded } from './loaded.ts';
import type { Event } from './protocol.ts';

/** A session as far as the course of its run is concerned. */
export interface Branching {
  readonly isPaused: boolean;
  emit(event: Event): void;
  refuse(told: Told): void;
  log(told: Told): void;
  /** The run goes on from a snapshot, perhaps with another experiment; what was predicted is valid until this step. */
  goTo(loaded: Loaded, snapshot: Snapshot, experiment: Experiment, validUntil: number): Promise<Run>;
  /** Trains on; or, paused, only fuses what is to be fused at this step, and waits. */
  goOn(paused?: boolean): Promise<void>;
}

export async function fuse(session: Branching, loaded: Loaded): Promise<void> {
  const { run } = loaded;
  if (run.step === 0) return session.refuse(tell('press-run-first'));
  // Who paused looks at what was fused before it trains.
  const paused = session.isPaused;
  const fusion = run.fusionNow();
  if (!fusion) return session.refuse(tell('nothing-to-fuse'));
  if (fusion.kind === 'again') {
    const { snapshot } = snapshotAt(loaded, fusion.step);
    return branchFrom(session, loaded, snapshot, run.experiment, snapshot.step, paused);
  }
  await keepAskedHere(loaded);
  if (fusion.kind === 'behind') return branchFrom(session, loaded, await run.snapshot(), fusion.experiment, run.step);
  if (fusion.kind === 'here') run.follow(fusion.experiment);
  await loaded.loop.settle();
  session.emit({ type: 'experiment', experiment: run.experiment });
  await loaded.theorist.startPlan(run.step);
  await session.goOn(paused);
}

/**
 * Keeps the prediction of a fusion to compare this one with. Where the run has gone on since, it is made again from
 * here.
 */
async function keepAskedHere(loaded: Loaded): Promise<void> {
  const { theorist, run } = loaded;
  const asked = run.growth === null ? theorist.askedFusion : null;
  if (asked !== null && asked !== run.step) await whatIf(loaded, { grow: run.step });
  await theorist.keepAsked({ grow: run.step }, run.step);
}

/** Predicts a hypothetical; null takes it away. */
export async function whatIf(loaded: Loaded, change: WhatIf | null): Promise<void> {
  if (change === null) return loaded.theorist.endWhatIf();
  const snapshot = await snapshotFor(loaded, change);
  return loaded.theorist.startWhatIf(change, snapshot);
}

/** Runs a hypothetical, from the nearest state from which it can be. */
export async function branch(session: Branching, loaded: Loaded, change: WhatIf): Promise<void> {
  const snapshot = await snapshotFor(loaded, change);
  const validUntil = change.h === undefined ? snapshot.step : 0;
  await loaded.theorist.keepAsked(change, snapshot.step);
  await branchFrom(session, loaded, snapshot, withWhatIf(loaded.run.experiment, change), validUntil);
}

async function branchFrom(
  session: Branching,
  loaded: Loaded,
  snapshot: Snapshot,
  experiment: Experiment,
  validUntil: number,
  paused = false,
): Promise<void> {
  session.log(tell('on-from', { step: snapshot.step }));
  await session.goTo(loaded, snapshot, experiment, validUntil);
  await session.goOn(paused);
}

/** Trains on from the checkpoint at or before a step, with another step size for what trains there. */
export async function goBack(session: Branching, loaded: Loaded, step: number, stepSize: number): Promise<void> {
  const value = { kind: 'constant', value: stepSize } as const;
  const { snapshot } = snapshotAt(loaded, step);
  await loaded.theorist.dropAsked();
  const { experiment, growths } = loaded.run;
  // A snapshot of the growth's step is from just before it: the new step size is for what grows there.
  const growsHere = snapshot.growths.length === 0 && growths.some(({ report }) => report.step === snapshot.step);
  const run = await session.goTo(loaded, snapshot, growsHere ? { ...experiment, h2: value } : experiment, snapshot.step);
  if (!growsHere) {
    run.setStepSize(snapshot.growths.length > 0 ? 'h2' : 'h', value);
    session.emit({ type: 'experiment', experiment: run.experiment });
  }
  await session.goOn();
}
