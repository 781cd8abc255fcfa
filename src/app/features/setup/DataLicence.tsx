/** Where the words come from and under which licence, from the manifest that lies beside the data. */
import { say } from '../../text/en/setup.ts';
import { useEffect, useState } from 'react';
import { type TaskId, taskRow } from '../../../experiment/declared/tasks.ts';
import styles from './setup.module.css';

interface Source {
  readonly title: string;
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  readonly notice: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The first entry that knows its licence; `null` if the manifest is not what it should be. */
export function readManifest(json: unknown): Source | null {
  if (typeof json !== 'object' || json === null) return null;
  const found: Source[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const entry = value as Readonly<Record<string, unknown>>;
    if (typeof entry['licence'] === 'string') {
      found.push({
        title: text(entry['title']),
        package: text(entry['package']),
        version: text(entry['version']),
        licence: entry['licence'],
        notice: text(entry['notice']),
      });
    } else for (const inner of Object.values(entry)) look(inner);
  };
  look(json);
  return found[0] ?? null;
}

export function DataLicence({ task }: { readonly task: TaskId }) {
  const [source, setSource] = useState<Source | null>(null);
  const made = !taskRow(task).files;
  useEffect(() => {
    if (made) return undefined;
    const cancel = new AbortController();
    fetch(`${import.meta.env.BASE_URL}data/manifest.json`, { signal: cancel.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then((json: unknown) => setSource(readManifest(json)))
      // Only a note is missing then; that the data can't be loaded is told by the worker.
      .catch(() => setSource(null));
    return () => cancel.abort();
  }, [made]);
  if (made) return <p className={styles.licence}>{say.dataMadeFromTheSeedIn}</p>;
  if (!source) return <p className={styles.licence}>{say.dataCmuPronouncing}</p>;
  return (
    <details className={styles.licence}>
      <summary>{say.data(source.title || source.package, source.licence)}</summary>
      <p>{say.fromThePackage(source.package, source.version)}</p>
      {source.notice ? <pre>{source.notice}</pre> : null}
    </details>
  );
}
