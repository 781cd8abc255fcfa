/** The lessons to choose from, with how far the reader has come in each. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { languageAlone } from '../../../text/language.ts';
import { LESSONS } from '../../../../experiment/link/lesson-keys.ts';
import { Dialog } from '../../../ui/floating/Dialog.tsx';
import ui from '../../../ui/ui.module.css';
import type { DialogSwitch } from '../../status/LaterDialog.tsx';
import { openLesson } from '../control.ts';
import styles from './list.module.css';
import { paperFolder } from './paper-folder.ts';
import { readEntries } from '../progress.ts';
import { LISTED } from '../titles.ts';

const TEACHERS = `${paperFolder(languageAlone())}/index.html`;

export function LessonList({ opened, onClose }: DialogSwitch) {
  return (
    <Dialog title={say.lessons} opened={opened} onClose={onClose} width={560}>
      <p className={ui.note}>{say.eachLesson}</p>
      <ol className={styles.list}>
        {LESSONS.map((name, i) => {
          const done = Object.values(readEntries(name)).filter(({ facts }) => facts !== undefined).length;
          return (
            <li key={name}>
              <button
                type="button"
                className={styles.entry}
                data-autofocus={i === 0 || undefined}
                onClick={() => {
                  onClose();
                  openLesson(name);
                }}
              >
                <b>{LISTED[name].title}</b>
                <span>{LISTED[name].idea}</span>
                {done > 0 ? <span className={styles.done}>{say.stepsDone(done)}</span> : null}
              </button>
            </li>
          );
        })}
      </ol>
      <p className={styles.teachers}>
        <a href={TEACHERS} target="_blank" rel="noopener">
          {say.forTeachers}
        </a>
      </p>
    </Dialog>
  );
}
