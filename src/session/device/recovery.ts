/**
 * After a fault: training goes on from the last checkpoint in memory, on the same adapter or on the next, and the
 * page is told. What is not a device's fault ends the run.
 */
import { tell, tellError } from '../../experiment/messages/tell.ts';
import type { Told } from '../../experiment/messages/say.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { faultEvent, type NextAdapter, type SessionDevice } from './session-device.ts';
import type { Command, Event } from '../protocol.ts';
import type { Snapshot } from '../../run/snapshot.ts';

/** A session as far as its recovery is concerned. */
export interface Recoverable {
  readonly device: SessionDevice;
  /** The load that is under way, if any. */
  readonly loading: Experiment | null;
  /** The last checkpoint of the run that is loaded. */
  lastCheckpoint(): Snapshot | undefined;
  /**
   * Whether something trains beside the plan that has not been left out; if so, it will be from now on, for this
   * reason.
   */
  leaveOutBaselines(reason: Told): boolean;
  emit(event: Event): void;
  /** Makes the run of a checkpoint anew; `goOn`: and trains on. */
  restore(snapshot: Snapshot, goOn: boolean): Promise<void>;
  load(experiment: Experiment): Promise<void>;
  fail(): void;
}

/** Commands that are given again after a fault in the midst of them. */
export const REPEATED: ReadonlySet<Command['type']> = new Set(['take-up', 'fuse', 'what-if', 'run-branch', 'go-back', 'set-step-size']);

/** @returns where it goes on; null: nowhere, or only back at the checkpoint */
export async function recover(session: Recoverable, error: unknown, goOn: boolean): Promise<NextAdapter> {
  const { device } = session;
  let failure = error;
  for (;;) {
    await device.settled();
    const fault = device.faultOf(failure);
    if (fault === null) {
      session.emit({ type: 'fault', kind: 'worker', ...tellError(failure), fatal: false });
      session.fail();
      return null;
    }
    const why = device.loss?.reason ?? tellError(failure);
    // A baseline that fails must not cost the plan its adapter.
    const next = fault === 'out-of-memory' && session.leaveOutBaselines(why) ? device.again() : device.leave(fault, why);
    const wasm = next === 'WebAssembly';
    const snapshot = session.lastCheckpoint();
    const { loading } = session;
    // A device that is lost while nothing needs it is made anew when something does.
    if (!snapshot && loading === null) return next;
    const where = snapshot
      ? next === null
        ? tell('back-paused', { step: snapshot.step })
        : tell('continuing-from', { step: snapshot.step, wasm })
      : next === null
        ? tell('not-loaded')
        : tell('loading-again', { wasm });
    session.emit(faultEvent(fault, why, where, snapshot?.step ?? 0));
    try {
      if (snapshot) await session.restore(snapshot, goOn && next !== null);
      else if (next === null || loading === null) session.fail();
      else await session.load(loading);
      return next;
    } catch (second) {
      failure = second;
      await device.settled();
      const again = device.faultOf(second);
      if (next !== null && again !== null) continue;
      session.emit({
        type: 'fault',
        kind: again === 'out-of-memory' ? again : 'device-lost',
        ...tell('no-way-back', { step: snapshot?.step ?? 0, why: tellError(second) }),
        fatal: true,
      });
      session.fail();
      return null;
    }
  }
}
