/**
 * The page in small: what is clicked away is left out of the link's page; below it, the settings that the link holds
 * fast.
 */
import type { LinkView, Part } from '../../../experiment/link/view.ts';
import type { SettingName } from '../../../experiment/settings/registry.ts';
import { sentence } from '../../../experiment/describe.ts';
import { holds, keysOf } from '../../state/derived/locked.ts';
import { useStore } from '../../state/store.ts';
import { say as held } from '../../text/en/share/held.ts';
import { say as parts } from '../../text/en/share/parts.ts';
import { say } from '../../text/en/share/share.ts';
import { LockIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import styles from './click-away.module.css';

type Shown = Pick<LinkView, 'hide' | 'lock'>;

interface ClickAwayProps {
  readonly value: Shown;
  readonly onChange: (value: Shown) => void;
}

/** Where each part stands on the page; a place can be clicked away whole, or by its tabs. */
const BAR: readonly Part[] = ['presets', 'run', 'fuse', 'step', 'reset', 'keys', 'present', 'theme', 'share'];
const INSPECTOR: readonly Part[] = ['setup', 'growth', 'theory'];
const DOCK: readonly Part[] = ['error', 'samples', 'attention', 'sharpness', 'cost', 'map', 'runs', 'log'];

/** Settings that can be held fast here, in the order of the sentence; a link may name any. */
const LOCKS = [
  'preset',
  'task',
  'model',
  'optimizer',
  'h',
  'h2',
  'batch',
  'seed',
  'grow',
  'steps',
  'operator',
  'norm',
  'predict',
  'baseline',
] as const satisfies readonly (SettingName | 'preset')[];
type Lockable = (typeof LOCKS)[number];

const keysOfLockable = (name: Lockable): readonly string[] => (name === 'preset' ? [name] : keysOf(name));

/** The key that is written here: one of a step size stands for both, `size` for all sizes. */
const written = (name: Lockable): string => (name === 'model' ? 'size' : (keysOfLockable(name)[0] ?? name));

const isHeld = (lock: Shown['lock'], name: Lockable): boolean => (name === 'preset' ? lock.includes(name) : holds(lock, name));

/** Holds a setting fast, or lets it go by whichever of its keys it was held. */
export function toggledLock(lock: Shown['lock'], name: Lockable): Shown['lock'] {
  const keys = keysOfLockable(name);
  const others = lock.filter((key) => !keys.includes(key));
  return isHeld(lock, name) ? others : [...others, written(name)];
}

export function ClickAway({ value, onChange }: ClickAwayProps) {
  const { hide, lock } = value;
  const experiment = useStore((s) => s.experiment);
  const toggle = (part: Part): void =>
    onChange({ ...value, hide: hide.includes(part) ? hide.filter((each) => each !== part) : [...hide, part] });
  const part = (id: Part, within?: Part) => (
    <PartButton
      key={id}
      id={id}
      gone={hide.includes(id) || (within !== undefined && hide.includes(within))}
      disabled={within !== undefined && hide.includes(within)}
      toggle={toggle}
    />
  );
  return (
    <div className={styles.away}>
      <p className={ui.note}>{say.clickAwayWhatTheLinkHides}</p>
      <div className={styles.page} role="group" aria-label={say.partsOfThePage}>
        <div className={styles.bar}>{BAR.map((id) => part(id))}</div>
        <div className={styles.middle}>
          <div className={styles.centre}>
            {part('sentence')}
            <div className={styles.chart}>
              <span>{say.theChartStays}</span>
              {part('axes')}
              {part('conclusion')}
            </div>
            <Place id="dock" gone={hide.includes('dock')} toggle={toggle}>
              {DOCK.map((id) => part(id, 'dock'))}
            </Place>
          </div>
          <Place id="inspector" gone={hide.includes('inspector')} toggle={toggle}>
            {INSPECTOR.map((id) => part(id, 'inspector'))}
          </Place>
        </div>
        <div className={styles.bar}>{part('status')}</div>
      </div>
      <h3 className={ui.heading}>{say.heldFast}</h3>
      <p className={ui.note}>{sentence(experiment)}</p>
      <div className={styles.locks} role="group" aria-label={say.heldFast}>
        {LOCKS.map((name) => {
          const on = isHeld(lock, name);
          return (
            <button
              key={name}
              type="button"
              className={styles.part}
              aria-pressed={on}
              data-locked={on || undefined}
              onClick={() => onChange({ ...value, lock: toggledLock(lock, name) })}
            >
              {on ? <LockIcon /> : null}
              {held[name]}
            </button>
          );
        })}
      </div>
    </div>
  );
}

interface PartButtonProps {
  readonly id: Part;
  readonly gone: boolean;
  readonly disabled?: boolean;
  readonly toggle: (part: Part) => void;
}

function PartButton({ id, gone, disabled = false, toggle }: PartButtonProps) {
  return (
    <button
      type="button"
      className={styles.part}
      aria-pressed={!gone}
      data-gone={gone || undefined}
      disabled={disabled}
      onClick={() => toggle(id)}
    >
      {parts[id]}
    </button>
  );
}

/** A panel with its tabs. */
function Place({ id, gone, toggle, children }: Omit<PartButtonProps, 'disabled'> & { readonly children: React.ReactNode }) {
  return (
    <div className={styles.place} data-gone={gone || undefined}>
      <PartButton id={id} gone={gone} toggle={toggle} />
      <div className={styles.tabs}>{children}</div>
    </div>
  );
}
