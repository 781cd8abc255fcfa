/** A run that is kept on this device, as a row of their table. */
import { presetOf } from '../../../experiment/presets/presets.ts';
import { KEPT_FORMAT, type KeptEntry } from '../../../keep/reports.ts';
import { askKept, curvesOf } from '../../state/control/kept-control.ts';
import { openExperiment, openKept } from '../../state/control/run-control.ts';
import { opensKept } from '../../state/derived/locked.ts';
import { compare, discard, useKept } from '../../state/kept.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/runs/kept-runs.ts';
import { count, formatDifference, formatLoss } from '../../text/numbers.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { differing } from './differing.ts';
import { deltaTo } from './kept-groups.ts';
import { megabytes, wordsOfRun } from './kept-words.ts';
import styles from './kept.module.css';

interface RowProps {
  readonly entry: KeptEntry;
  readonly baseline: KeptEntry | null;
  readonly isPresent: boolean;
  readonly onDelete: () => void;
  readonly onPin: () => void;
}

export function KeptRow({ entry, baseline, isPresent, onDelete, onPin }: RowProps) {
  const { id, name, note, starred, step, end, final, bytes } = entry;
  const words = wordsOfRun(entry);
  const isBaseline = baseline?.id === id;
  const delta = deltaTo(baseline, entry);
  const compared = useKept((s) => s.runs.find(({ of }) => of === id)?.id ?? null);
  const change = (patch: Extract<Parameters<typeof askKept>[0], { do: 'change' }>['change']): void =>
    askKept({ do: 'change', id, change: patch });
  return (
    <tr data-current={isPresent || undefined}>
      <th scope="row">
        <button
          type="button"
          className={`${ui.button} ${ui.icon} ${styles.star}`}
          aria-pressed={starred}
          aria-label={say.starOf(words)}
          onClick={() => change({ starred: !starred })}
        >
          {starred ? '★' : '☆'}
        </button>
        <Text key={name} label={say.nameOf(words)} value={name} placeholder={words} onChange={(text) => change({ name: text })} />
      </th>
      <td>
        <Text key={note} label={say.noteOf(words)} value={note} placeholder="–" onChange={(text) => change({ note: text })} />
      </td>
      <td className={styles.differs}>{isBaseline ? say.baseline : whatDiffers(baseline, entry)}</td>
      <td>{step === end ? count(step) : say.ofEnd(count(step), count(end))}</td>
      <td>{final ? `${final.model} ${formatLoss(final.loss)}` : '–'}</td>
      <td>{delta === null ? '–' : formatDifference(delta)}</td>
      <td>{megabytes(bytes)}</td>
      <td className={styles.actions}>
        {isPresent ? <span className={styles.present}>{say.presentRun}</span> : <Open entry={entry} words={words} />}
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          aria-pressed={compared !== null}
          aria-label={say.compareOf(words)}
          onClick={() => (compared === null ? void curvesOf(id).then((curves) => compare(id, words, curves)) : discard(compared))}
        >
          {compared === null ? say.compare : say.hide}
        </button>
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          aria-pressed={isBaseline}
          aria-label={say.pinOf(words)}
          onClick={onPin}
        >
          {isBaseline ? say.unpin : say.pin}
        </button>
        {isPresent ? null : (
          <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.deleteOf(words)} onClick={onDelete}>
            <CloseIcon />
          </button>
        )}
      </td>
    </tr>
  );
}

/**
 * Goes on where it was left, or shows it again; one of another version only begins anew. Nothing where the link holds
 * something fast that it has otherwise.
 */
function Open({ entry, words }: { readonly entry: KeptEntry; readonly words: string }) {
  const goesOn = entry.state === 'under-way';
  const opens = useStore((s) => opensKept(s, entry.experiment));
  if (!opens) return null;
  if (entry.format !== KEPT_FORMAT || entry.curvesOnly === true)
    return (
      <button
        type="button"
        className={`${ui.button} ${ui.small}`}
        title={entry.curvesOnly === true ? say.curvesOnly : say.otherVersion}
        onClick={() => openExperiment(entry.experiment, [], 'file')}
      >
        {say.startAnew}
      </button>
    );
  return (
    <button
      type="button"
      className={`${ui.button} ${ui.small}`}
      aria-label={goesOn ? say.goOnOf(words, count(entry.step)) : say.openOf(words)}
      onClick={() => openKept(entry)}
    >
      {goesOn ? say.goOn : say.open}
    </button>
  );
}

function whatDiffers(baseline: KeptEntry | null, { experiment }: KeptEntry): string {
  const found = differing(baseline?.experiment ?? presetOf(experiment), experiment, 20);
  return found.length === 0 ? say.nothing : found.map(({ words, from, to }) => `${words} ${from} → ${to}`).join(', ');
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
}

/** A text that is taken when it is left. */
function Text({ label, value, placeholder, onChange }: TextProps) {
  return (
    <input
      className={styles.text}
      aria-label={label}
      defaultValue={value}
      placeholder={placeholder}
      maxLength={200}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      onBlur={({ currentTarget }) => currentTarget.value !== value && onChange(currentTarget.value)}
    />
  );
}
