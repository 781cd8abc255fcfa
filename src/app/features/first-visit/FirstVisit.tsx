/** The first visit, in the place of the plot: what this is, and the one thing to press. */
import { say } from '../../text/en/screen/first-visit.ts';
import { growsOneSource } from '../../../experiment/experiment.ts';
import { formatView } from '../../../experiment/link/view.ts';
import { actionOf, isHidden } from '../actions/actions.tsx';
import { Blocks } from '../growth/Blocks.tsx';
import { toggleRun } from '../../state/control/run-control.ts';
import { hides } from '../../state/derived/derive.ts';
import { useStore } from '../../state/store.ts';
import { Duration } from '../time/Duration.tsx';
import { PlayIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import styles from './first-visit.module.css';

const FIRST_LESSON = { name: 'two-become-one', step: 1 } as const;

export function FirstVisit() {
  const alone = useStore((s) => s.experiment.grow === null);
  const self = useStore((s) => growsOneSource(s.experiment.operator));
  const predicted = useStore((s) => s.experiment.predict.length > 0);
  const fuses = useStore((s) => !hides(s, 'fuse'));
  const runs = useStore((s) => !hides(s, 'run'));
  const lessons = useStore((s) => !isHidden(s, actionOf('lessons')));
  const view = useStore((s) => s.view);
  // As the page is shown now, but for what is none of a lesson's.
  const lesson = formatView({ ...view, view: null, ghost: null, lesson: FIRST_LESSON }).replace('&', '#');
  return (
    <div className={styles.visit}>
      <div className={styles.hero}>
        <div>
          <h2 className={styles.headline}>{say.trainTwoSmallLanguage}</h2>
          {runs ? (
            <p className={styles.start}>
              {/* The same command as Run in the bar, which is the one that keys and screen readers reach. */}
              <button
                type="button"
                className={`${ui.button} ${ui.primary} ${styles.run}`}
                onClick={toggleRun}
                tabIndex={-1}
                aria-hidden="true"
              >
                <PlayIcon size={18} />
                {say.run}
                <kbd className={ui.kbd}>Space</kbd>
              </button>
              <span>
                <Duration />
                {(alone && self) || !fuses ? null : (
                  <>
                    {say.thenPress}
                    <b>{say.fuseNow}</b>
                    <br />
                    {say.wheneverYouLike}
                  </>
                )}
              </span>
            </p>
          ) : null}
          {lessons ? (
            <p className={styles.lesson}>
              {say.newHere} <a href={lesson}>{say.firstLesson}</a>
            </p>
          ) : null}
        </div>
        <div className={styles.picture}>
          <Blocks self={self} />
        </div>
      </div>
      <p className={styles.success}>{say.itHasWorkedWhen(self, predicted)}</p>
      <ol className={styles.steps}>
        <li>
          <b>{say.n1Run}</b>
          {self ? say.aLearnsByItself : say.aAndBLearnSideBy}
        </li>
        <li>
          <b>{say.n2Fuse}</b>
          {self ? say.itBecomesBothBlocksOfA : say.theirWeightsBecomeThe}
        </li>
        <li>
          <b>{say.n3Compare}</b>
          {predicted ? say.theDashedCurveIsDrawnFirst : say.withALargeNetworkThatBegan}
        </li>
      </ol>
    </div>
  );
}
