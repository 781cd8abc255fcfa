/** Where the words come from and under which licence, from the manifest that lies beside the data. */
import { say } from '../../text/en/setup/setup.ts';
import { useEffect, useState } from 'react';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import { CORPUS_ROWS } from '../../../experiment/declared/texts.ts';
import type { Experiment, StageOptions } from '../../../experiment/experiment.ts';
import styles from './setup.module.css';

interface Source {
  readonly title: string;
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  readonly notice: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The data that an experiment reads: its entries in the manifest. */
export interface Wanted {
  readonly tasks: readonly string[];
  readonly corpora: readonly string[];
  readonly vocabulary: boolean;
}

/** The entries of those that know their licence, each source once; none if the manifest is not what it should be. */
export function readManifest(json: unknown, wanted: Wanted): readonly Source[] {
  const files: unknown = typeof json === 'object' && json !== null ? (json as { readonly files?: unknown }).files : null;
  if (!Array.isArray(files)) return [];
  const found = new Map<string, Source>();
  for (const file of files as readonly unknown[]) {
    if (typeof file !== 'object' || file === null) continue;
    const entry = file as Readonly<Record<string, unknown>>;
    const [task, corpus] = [text(entry['task']), text(entry['corpus'])];
    const isRead =
      task === 'vocabulary' ? wanted.vocabulary : corpus === '' ? wanted.tasks.includes(task) : wanted.corpora.includes(corpus);
    if (!isRead || typeof entry['licence'] !== 'string') continue;
    const name = text(entry['package']);
    // A vocabulary is learnt from texts that have their own entries where they are read.
    if (found.has(name)) continue;
    found.set(name, {
      title: text(entry['title']),
      package: name,
      version: text(entry['version']),
      licence: entry['licence'],
      notice: text(entry['notice']),
    });
  }
  return [...found.values()];
}

/** The data that an experiment and the stages of its plan read. */
function wantedOf(experiment: Experiment): Wanted {
  const stages: readonly StageOptions[] = [{}, ...(experiment.plan ?? [])];
  const all = stages.map((stage) => ({ task: stage.task ?? experiment.task, corpus: stage.corpus ?? experiment.corpus ?? 'world' }));
  return {
    tasks: all.filter(({ task }) => taskRow(task).files).map(({ task }) => task),
    corpora: all.filter(({ task, corpus }) => task === 'spans' && CORPUS_ROWS[corpus].files).map(({ corpus }) => corpus),
    vocabulary: experiment.vocab === '512' || experiment.vocab === '1024',
  };
}

export function DataLicence({ experiment }: { readonly experiment: Experiment }) {
  const [manifest, setManifest] = useState<unknown>(null);
  const wanted = wantedOf(experiment);
  const made = wanted.tasks.length + wanted.corpora.length === 0 && !wanted.vocabulary;
  useEffect(() => {
    if (made) return undefined;
    const cancel = new AbortController();
    fetch(`${import.meta.env.BASE_URL}data/manifest.json`, { signal: cancel.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then(setManifest)
      // Only a note is missing then; that the data can't be loaded is told by the worker.
      .catch(() => setManifest(null));
    return () => cancel.abort();
  }, [made]);
  if (made) return <p className={styles.licence}>{say.dataMadeFromTheSeedIn}</p>;
  return readManifest(manifest, wanted).map((source) => (
    <details key={source.package} className={styles.licence}>
      <summary>{say.data(source.title || source.package, source.licence)}</summary>
      <p>{say.fromThePackage(source.package, source.version)}</p>
      {source.notice ? <pre>{source.notice}</pre> : null}
    </details>
  ));
}
