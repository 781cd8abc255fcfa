/**
 * The runs that are kept on this device: found, named, noted, starred, deleted, opened, compared, and handed on as one
 * file.
 */
import { useState } from 'react';
import { readKept, writeKept } from '../../state/browser-storage.ts';
import { askKept, exportKept } from '../../state/control/kept-control.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/runs/kept-runs.ts';
import { formatLoss } from '../../text/numbers.ts';
import { askForFiles } from '../../ui/ask-for-files.ts';
import ui from '../../ui/ui.module.css';
import { save } from '../share/save.ts';
import { deleteKept, undelete, useDeleted } from './deleted.ts';
import { found, groupsBySeed } from './kept-groups.ts';
import { KeptRow } from './KeptRow.tsx';
import { megabytes, wordsOfRun } from './kept-words.ts';
import styles from './kept.module.css';

const FILE = 'deep-fusion-runs.dfruns';
/** Where it is remembered which run the others are compared with. */
const BASELINE = 'deep-fusion-baseline';

export function KeptRuns() {
  const storage = useStore((s) => s.storage);
  const deleted = useDeleted();
  const [looked, setLooked] = useState('');
  const [pinned, setPinned] = useState(() => readKept(BASELINE));
  if (!storage) return null;
  if (storage.problem?.kind === 'blocked') return <p className={styles.empty}>{say.blocked}</p>;
  const { entries, present, room } = storage;
  const baseline = entries.find(({ id }) => id === pinned) ?? null;
  const pin = (id: string): void => {
    const next = id === pinned ? '' : id;
    writeKept(BASELINE, next);
    setPinned(next);
  };
  return (
    <section aria-label={say.title}>
      <div className={styles.head}>
        <h3>{say.title}</h3>
        {entries.length > 0 ? (
          <input
            type="search"
            className={styles.search}
            aria-label={say.find}
            placeholder={say.find}
            value={looked}
            onChange={({ currentTarget }) => setLooked(currentTarget.value)}
          />
        ) : null}
        <span className={styles.room}>
          {entries.length === 0 ? say.nothingIsKept : null}
          {entries.length > 0 && room && room.most > 0 ? say.used(megabytes(room.used), megabytes(room.most)) : null}
        </span>
        {entries.length > 0 && room && !room.persistent ? (
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            title={say.theBrowserMayClear}
            onClick={() => void navigator.storage.persist().then(() => askKept({ do: 'list' }))}
          >
            {say.holdFast}
          </button>
        ) : null}
        {entries.length > 0 ? (
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            onClick={() => void exportKept().then((bytes) => save(FILE, bytes, 'application/octet-stream'))}
          >
            {say.exportAll}
          </button>
        ) : null}
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={chooseRuns}>
          {say.importRuns}
        </button>
      </div>
      {deleted ? (
        <p role="status" className={styles.deleted}>
          {say.deleted(wordsOfRun(deleted))}{' '}
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={undelete}>
            {say.undo}
          </button>
        </p>
      ) : null}
      {entries.length > 0 ? (
        <div className={styles.wide} tabIndex={0} role="region" aria-label={say.table}>
          <table className={`${ui.table} ${styles.table}`}>
            <thead>
              <tr>
                <th scope="col">{say.run}</th>
                <th scope="col">{say.note}</th>
                <th scope="col">{baseline ? say.differsFrom(wordsOfRun(baseline)) : say.differsFromPreset}</th>
                <th scope="col">{say.step}</th>
                <th scope="col">{say.finalLoss}</th>
                <th scope="col">{say.delta}</th>
                <th scope="col">{say.megabytes}</th>
                <th scope="col">
                  <span className="visually-hidden">{say.actions}</span>
                </th>
              </tr>
            </thead>
            {groupsBySeed(found(entries, looked)).map(({ entries: group, over }) => (
              <tbody key={group[0]?.id}>
                {over ? (
                  <tr className={styles.over}>
                    <td colSpan={8}>{say.overSeeds(over.runs, formatLoss(over.mean), formatLoss(over.spread))}</td>
                  </tr>
                ) : null}
                {group.map((entry) => (
                  <KeptRow
                    key={entry.id}
                    entry={entry}
                    baseline={baseline}
                    isPresent={entry.id === present}
                    onDelete={() => deleteKept(entry)}
                    onPin={() => pin(entry.id)}
                  />
                ))}
              </tbody>
            ))}
          </table>
        </div>
      ) : null}
    </section>
  );
}

/** Asks for a file of runs and takes it in. */
function chooseRuns(): void {
  askForFiles('.dfruns', false, ([file]) => {
    if (file) void file.arrayBuffer().then((buffer) => askKept({ do: 'import', bytes: new Uint8Array(buffer) }));
  });
}
