/**
 * How good answers are, measured along a run: on the held-out examples of what each network trains on, and of all tasks
 * where a stage ends.
 */
import { isMember, type ModelId } from '../../experiment/experiment.ts';
import { meterOf } from '../../model/work-meter.ts';
import { Aside } from '../../run/beside/aside.ts';
import type { RunRecord } from '../../run/record.ts';
import type { Run } from '../../run/run.ts';
import { TaskMetrics } from '../../run/metrics/task-metrics.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import type { Event } from '../protocol.ts';

export class Answers {
  private readonly of: { readonly run: Run; readonly record: RunRecord; readonly emit: (event: Event) => void };
  private readonly metrics = new TaskMetrics();
  private readonly aside: Aside;

  constructor(of: Answers['of']) {
    this.of = of;
    this.aside = new Aside('answers-not-measured', of.emit);
  }

  /**
   * @param when where a stage ends, all that the run trains on is asked, and the test set too; where one begins, of its
   * task every text
   */
  async measure(ids: Iterable<ModelId>, when: 'now' | 'begin' | 'end'): Promise<void> {
    const { run, record, emit } = this.of;
    const before = performance.now();
    for (const id of ids) {
      if (isMember(id)) continue;
      const trainer = run.trainer(id);
      const { task: own } = run.trained.given(id);
      const atEnd = when === 'end';
      const others = run.data.all.map((data) => data.task).filter(({ task }) => atEnd || (when === 'begin' && task === own.task));
      for (const task of new Set([own, ...others])) {
        for (const split of atEnd ? (['validation', 'test'] as const) : (['validation'] as const)) {
          // With a full batch the probe set is what is trained on.
          if (!task.measures || (task.measuredAtEnds && !atEnd) || (split === 'validation' && run.fullBatch)) continue;
          const asked = { id, trainer, task, split, step: run.step, generate: atEnd };
          const measured = await this.aside.make(() => meterOf(run.device).during('probe', () => this.metrics.measure(asked)));
          if (!measured || measured.length === 0) continue;
          record.metrics.task(measured);
          emit({ type: 'task-metrics', metrics: measured });
        }
      }
    }
    record.measuringSeconds += (performance.now() - before) / 1000;
  }

  /** Of networks that have begun with this step. */
  async begun(before: ReadonlySet<ModelTrainer>): Promise<void> {
    const { trainers } = this.of.run;
    this.metrics.release(new Set(trainers.values()));
    await this.measure(
      [...trainers].filter(([, trainer]) => !before.has(trainer)).map(([id]) => id),
      'begin',
    );
  }

  /** Gives back what looks at networks. */
  release(): void {
    this.metrics.release();
  }
}
