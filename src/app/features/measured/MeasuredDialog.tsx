/**
 * The dialog "What we measured": all results with their seeds, spread and command, as they came out. Read only when it
 * is opened.
 */
import { say } from '../../text/en/runs/measured.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MeasuredDocument } from '../../../experiment/measured.ts';
import { Dialog } from '../../ui/floating/Dialog.tsx';
import { networkReturns, onNetworkBack } from '../../ui/network.ts';
import ui from '../../ui/ui.module.css';
import type { DialogSwitch } from '../status/LaterDialog.tsx';
import { Sources } from './Sources.tsx';
import { loadMeasured } from './load.ts';
import { MeasuredTable, tableAnchor } from './MeasuredTable.tsx';
import styles from './measured.module.css';

export function MeasuredDialog({ opened, onClose }: DialogSwitch) {
  return (
    <Dialog title={say.whatWeMeasured} opened={opened} onClose={onClose} width={960}>
      <Documents onOpen={onClose} />
    </Dialog>
  );
}

type Loaded = readonly MeasuredDocument[] | 'loading' | 'failed';

function Documents({ onOpen }: { readonly onOpen: () => void }) {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  const reading = useRef<AbortController | null>(null);
  const asked = useRef(0);
  const again = useCallback(() => {
    reading.current?.abort();
    asked.current = networkReturns();
    const { signal } = (reading.current = new AbortController());
    loadMeasured(import.meta.env.BASE_URL, signal).then(setLoaded, () => {
      if (!signal.aborted) setLoaded('failed');
    });
  }, []);
  useEffect(() => {
    again();
    return () => reading.current?.abort();
  }, [again]);
  useEffect(() => {
    // Once the network is back nobody has to ask.
    return loaded === 'failed' ? onNetworkBack(asked.current, again) : undefined;
  }, [loaded, again]);
  if (loaded === 'loading') return <p className={ui.note}>{say.readingTheResults}</p>;
  if (loaded === 'failed')
    return (
      <div role="alert">
        <p>{say.theResultsCantBeReadThey(navigator.onLine)}</p>
        <button type="button" className={ui.button} onClick={again} data-autofocus>
          {say.tryAgain}
        </button>
      </div>
    );
  if (loaded.length === 0)
    return (
      <p>
        {say.nothingIsRecordedHereYet}
        <code className={styles.command}>npm run reproduce</code>
        {say.and}
        <code className={styles.command}>npm run validate-theory</code>
        {say.measureIt}
      </p>
    );
  return (
    <div className={styles.documents}>
      <p className={styles.lead}>{say.everyClaimOnThisPageWas}</p>
      <Contents documents={loaded} />
      {loaded.map((document) => (
        <section key={document.title} aria-labelledby={`measured-${slug(document.title)}`}>
          <h3 id={`measured-${slug(document.title)}`} className={styles.title}>
            {document.title}
          </h3>
          <p className={styles.origin}>
            {say.measuredOnWith(document.quick, document.date, document.machine.description, document.machine.adapter)}
            <code className={styles.command}>{document.command}</code>
          </p>
          {document.tables.map((table) => (
            <MeasuredTable key={table.id} table={table} onOpen={onOpen} />
          ))}
        </section>
      ))}
      <Sources />
    </div>
  );
}

/** Each table with what came out of it, and the way there. */
function Contents({ documents }: { readonly documents: readonly MeasuredDocument[] }) {
  const go = (id: string): void => {
    const heading = document.getElementById(tableAnchor(id));
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav className={styles.contents} aria-label={say.contents}>
      <h3 className={styles.title}>{say.inShort}</h3>
      {documents.map(({ title, tables }) => (
        <div key={title}>
          <h4 className={ui.heading}>{title}</h4>
          <ul>
            {tables.map((table) => (
              <li key={table.id}>
                <button type="button" className={styles.link} onClick={() => go(table.id)}>
                  {table.title}
                </button>
                {table.findings[0] === undefined ? null : <span> {table.findings[0]}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-');
