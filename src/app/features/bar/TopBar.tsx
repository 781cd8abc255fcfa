/** The top bar: what one does. */
import { say } from '../../text/en/screen/bar.ts';
import { say as sayLocked } from '../../text/en/screen/locked.ts';
import { NEWEST_GRAMMAR } from '../../../experiment/experiment.ts';
import { PRESETS } from '../../../experiment/presets/presets.ts';
import { choosePreset, present } from '../../state/control/run-control.ts';
import { endOf, hides, shownExperiment } from '../../state/derived/derive.ts';
import { isPresetLocked } from '../../state/derived/locked.ts';
import { useStore } from '../../state/store.ts';
import { ChevronIcon, CloseIcon, Mark, ShareIcon } from '../../ui/icons.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import ui from '../../ui/ui.module.css';
import { count } from '../../text/numbers.ts';
import { taskWords } from '../../../experiment/describe.ts';
import { FuseButton } from './FuseButton.tsx';
import { ActionButton } from '../actions/ActionButton.tsx';
import { actionOf, isHidden, type Page } from '../actions/actions.tsx';
import { ChangesButton, RunButton } from './Transport.tsx';
import { Editable } from '../setup/Editable.tsx';
import { More } from './More.tsx';
import styles from './bar.module.css';

function PresetPicker() {
  const hidden = useStore((s) => hides(s, 'presets'));
  const locked = useStore(isPresetLocked);
  const preset = useStore((s) => s.experiment.preset);
  const version = useStore((s) => s.experiment.v);
  const old = version === NEWEST_GRAMMAR ? null : say.version(PRESETS.get(preset)?.title ?? preset, version);
  if (hidden) return null;
  return (
    <span className={`${ui.select} ${styles.preset}`}>
      <select
        aria-label={say.preset}
        disabled={locked}
        {...(locked ? { title: sayLocked.theLinkHoldsThePresetFast } : {})}
        value={old ?? preset}
        onChange={(event) => choosePreset(event.currentTarget.value)}
      >
        {old === null ? null : (
          <option value={old} hidden>
            {old}
          </option>
        )}
        {[...PRESETS.values()].map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <ChevronIcon />
    </span>
  );
}

export function StepCount({ short = false }: { readonly short?: boolean }) {
  // Steps queued behind a divergence still count up in the worker; the run ended where it diverged.
  const step = useStore((s) => s.diverged?.step ?? s.step);
  const steps = useStore(endOf);
  return (
    <p className={styles.count}>
      {say.step}
      <b>{count(step)}</b>
      {short ? null : <>{say.ofSteps(count(steps))}</>}
    </p>
  );
}

/** Which draws the run is of: another seed is another run of the same experiment. */
function Seed() {
  const seed = useStore((s) => s.experiment.seed);
  return (
    <span className={styles.seed}>
      <Editable edits="seed" className={ui.value}>
        {say.seed(String(seed))}
      </Editable>
    </span>
  );
}

export function TopBar({ page, narrow }: { readonly page: Page; readonly narrow: boolean }) {
  const shares = useStore((s) => !hides(s, 'share'));
  const lessons = useStore((s) => !isHidden(s, actionOf('lessons')));
  return (
    <header className={styles.bar}>
      <Mark />
      <h1 className={styles.name}>{say.deepFusionPlayground}</h1>
      <PresetPicker />
      {narrow || !lessons ? null : (
        <button type="button" className={ui.button} onClick={page.openLessons}>
          {say.lessons}
        </button>
      )}
      <span className={styles.rule} />
      <Toolbar label={say.transport} className={styles.transport}>
        <RunButton />
        <ChangesButton />
        <FuseButton />
        <ActionButton id="step" />
        <ActionButton id="reset" />
      </Toolbar>
      <StepCount short={narrow} />
      {narrow ? null : <Seed />}
      <span className={styles.space} />
      {narrow ? null : (
        <>
          <ActionButton id="keys" page={page} />
          <ActionButton id="present" />
          <ActionButton id="theme" />
        </>
      )}
      {shares ? (
        <button type="button" className={ui.button} onClick={page.openShare}>
          <ShareIcon />
          {say.share}
        </button>
      ) : null}
      {narrow ? <More ids={['lessons', 'open', 'present', 'theme', 'keys']} page={page} /> : null}
    </header>
  );
}

/** On a phone the transport is at the thumb, the rest behind one button. */
export function PhoneBar({ page }: { readonly page: Page }) {
  return (
    <header className={styles.phoneBar}>
      <Mark />
      <h1 className="visually-hidden">{say.deepFusionPlayground}</h1>
      <PresetPicker />
      <StepCount short />
      <More ids={['lessons', 'share', 'reset', 'open', 'present', 'theme', 'keys']} page={page} />
    </header>
  );
}

export function PhoneTransport() {
  return (
    <footer>
      <Toolbar label={say.transport} className={styles.phoneTransport}>
        <RunButton />
        <ChangesButton />
        <ActionButton id="step" />
        <FuseButton />
      </Toolbar>
    </footer>
  );
}

export function PresentBar() {
  const words = useStore((s) => taskWords(shownExperiment(s)));
  return (
    <header className={styles.presentBar}>
      <Mark size={36} />
      <h1 className={styles.presentName}>{words.charAt(0).toUpperCase() + words.slice(1)}</h1>
      <Toolbar label={say.transport} className={styles.transport}>
        <RunButton />
        <ChangesButton />
        <FuseButton />
      </Toolbar>
      <div className={styles.presentEnd}>
        <StepCount short />
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.leavePresenting} onClick={() => present(false)}>
          <CloseIcon />
        </button>
      </div>
    </header>
  );
}
