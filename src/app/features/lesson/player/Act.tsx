/** The one button of a step: does what it waits for next, or says what has to be done first. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { FuseIcon, PauseIcon, PlayIcon } from '../../../ui/icons.tsx';
import ui from '../../../ui/ui.module.css';
import { count } from '../../../text/numbers.ts';
import { canFuse, endOf } from '../../../state/derived/derive.ts';
import { runState } from '../../../state/derived/run-state.ts';
import { askedByReader } from '../../../state/derived/asked.ts';
import { fuse, runBranch, toggleRun } from '../../../state/control/run-control.ts';
import { setState, useStore } from '../../../state/store.ts';
import { entryOf, isAnswered, isOwn, nextMilestone, usePlaying } from '../control.ts';
import type { LessonStep, Milestone } from '../lesson.ts';
import styles from './lesson.module.css';
import { firstOf } from '../milestones.ts';

export function Act({ step }: { readonly step: LessonStep }) {
  const milestone = usePlaying(nextMilestone);
  const entry = usePlaying(entryOf);
  const reached = usePlaying((s) => s.reached);
  if (entry.facts || !milestone) return null;
  return <Button milestone={milestone} answered={isAnswered(step, entry, reached)} />;
}

function Button({ milestone, answered }: { readonly milestone: Milestone; readonly answered: boolean }) {
  const now = useStore((s) => s.step);
  const end = useStore(endOf);
  const grow = useStore((s) => s.experiment.grow);
  const pace = useStore((s) => s.experiment.pace);
  const first = firstOf(milestone, now);
  const target = first.kind === 'step' ? first.at : first.kind === 'growth' ? grow : first.kind === 'end' ? end : null;
  const left = target === null ? 0 : target - now;
  const act = useAct(first);
  // A step that only brings the run to where the question is about is no answer to it.
  const blocked = !answered && first === milestone;
  const enabled = act.enabled && !blocked;
  return (
    <div className={styles.act}>
      <button
        type="button"
        data-part="act"
        data-does={act.does}
        className={`${ui.button} ${act.growth ? ui.growth : ui.primary} ${styles.actButton}`}
        aria-disabled={!enabled}
        onClick={() => enabled && act.perform()}
      >
        {act.icon}
        {act.words}
      </button>
      <span className={`${ui.note} ${styles.aside}`}>
        {blocked
          ? say.answerFirst
          : !act.enabled
            ? act.why
            : left > 0
              ? say.stepsLeft(count(left), pace === 'max' ? null : Math.max(1, Math.round(left / pace)))
              : null}
      </span>
    </div>
  );
}

function useAct(milestone: Milestone) {
  const training = useStore((s) => runState(s).action === 'pause' || s.runsWhenReady);
  const fusable = useStore(canFuse);
  const asked = useStore((s) => askedByReader(s) !== null);
  const own = useStore(isOwn);
  const run = (words: string) => ({
    does: training ? 'pause' : milestone.kind,
    words: training ? say.pause : words,
    icon: training ? <PauseIcon /> : <PlayIcon />,
    growth: false,
    enabled: true,
    why: '',
    perform: toggleRun,
  });
  switch (milestone.kind) {
    case 'step':
      return run(say.runTo(count(milestone.at)));
    case 'growth':
      return run(say.runToTheFusion);
    case 'end':
      return run(say.runToTheEnd);
    case 'fuse':
      return {
        does: milestone.kind,
        words: say.fuseNow,
        icon: <FuseIcon />,
        growth: true,
        enabled: fusable,
        why: say.gettingReady,
        perform: fuse,
      };
    case 'own':
      return { ...run(say.runIt), enabled: training || own, why: say.changeIt };
    case 'compute':
      return {
        does: milestone.kind,
        words: say.countCompute,
        icon: null,
        growth: false,
        enabled: true,
        why: '',
        perform: () => setState({ axis: 'compute' }),
      };
    case 'branch':
      return training
        ? run(say.runIt)
        : {
            does: milestone.kind,
            words: say.runThisBranch,
            icon: <PlayIcon />,
            growth: true,
            enabled: asked,
            why: say.dragTheGrowthLine,
            perform: runBranch,
          };
  }
}
