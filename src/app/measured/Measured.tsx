/** "What we measured": all results with their seeds, spread and command, as they came out. Read only when it is opened. */
import { useEffect, useState } from 'react';
import type { MeasuredDocument, MeasuredTable } from '../../experiment/measured.ts';
import { Dialog } from '../ui/Dialog.tsx';
import ui from '../ui/ui.module.css';
import { cellText } from './cell.ts';
import { loadMeasured } from './load.ts';
import styles from './measured.module.css';

/** The quiet link that opens it. */
export function MeasuredLink({ className }: { readonly className?: string | undefined }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={`${styles.link} ${className ?? ''}`} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        What we measured
      </button>
      <Dialog title="What we measured" opened={opened} onClose={() => setOpened(false)} width={960}>
        <Documents />
      </Dialog>
    </>
  );
}

type Loaded = readonly MeasuredDocument[] | 'loading' | 'failed';

function Documents() {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  useEffect(() => {
    const cancel = new AbortController();
    loadMeasured(import.meta.env.BASE_URL, cancel.signal).then(setLoaded, () => {
      if (!cancel.signal.aborted) setLoaded('failed');
    });
    return () => cancel.abort();
  }, []);
  if (loaded === 'loading') return <p className={ui.note}>Reading the results …</p>;
  if (loaded === 'failed')
    return <p role="alert">The results can’t be read: the page’s own files are out of reach. Close this and open it again.</p>;
  if (loaded.length === 0)
    return (
      <p>
        Nothing is recorded here yet. <code className={styles.command}>npm run reproduce</code> and{' '}
        <code className={styles.command}>npm run validate-theory</code> measure it.
      </p>
    );
  return (
    <div className={styles.documents}>
      <p className={styles.lead}>
        Every claim on this page was measured with its own engine. These are all the results, favourable or not: means over the seeds ±
        their standard deviation. Seconds are left out, since they depend on the machine.
      </p>
      {loaded.map((document) => (
        <section key={document.title} aria-labelledby={`measured-${slug(document.title)}`}>
          <h3 id={`measured-${slug(document.title)}`} className={styles.title}>
            {document.title}
          </h3>
          <p className={styles.origin}>
            {document.quick ? 'A smoke test: these numbers mean nothing. ' : ''}Measured {document.date} on {document.machine.description},{' '}
            {document.machine.adapter}, with <code className={styles.command}>{document.command}</code>
          </p>
          {document.tables.map((table) => (
            <Table key={table.id} table={table} />
          ))}
        </section>
      ))}
    </div>
  );
}

const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-');

function Table({ table: { id, title, setting, findings, command, seeds, columns, rows } }: { readonly table: MeasuredTable }) {
  return (
    <div className={styles.table}>
      <h4 id={`measured-table-${id}`} className={ui.heading}>
        {title}
      </h4>
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      {/* A table that is wider than the screen scrolls by itself, by keyboard as well. */}
      <section className={styles.scroll} aria-labelledby={`measured-table-${id}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">What</span>
              </th>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {columns.map((column) => {
                  const { value, spread, note } = cellText(row.cells[column.key], column);
                  return (
                    <td key={column.key}>
                      {value}
                      {spread ? <span className={styles.spread}> {spread}</span> : null}
                      {note ? <span className={styles.reached}>{note}</span> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.setting}>{setting}</p>
      <p className={styles.origin}>
        Seeds {seeds.join(', ')}. One of these runs: <code className={styles.command}>{command}</code>
      </p>
    </div>
  );
}
