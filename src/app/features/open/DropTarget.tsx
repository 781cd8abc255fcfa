/** The whole page takes a file that is dropped on it. */
import { say } from '../../text/en/screen/open.ts';
import { useEffect, useState } from 'react';
import { droppedFiles } from './dropped.ts';
import { openFiles } from './open-file.ts';
import styles from './open.module.css';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Every element that is entered is left again; the page is left when all are.
    let inside = 0;
    const listeners = {
      dragenter(event: DragEvent) {
        if (!holdsFiles(event)) return;
        inside++;
        setOver(true);
      },
      dragleave(event: DragEvent) {
        if (!holdsFiles(event)) return;
        inside = Math.max(0, inside - 1);
        if (inside === 0) setOver(false);
      },
      dragover(event: DragEvent) {
        // Without this the browser would go to the file.
        if (holdsFiles(event)) event.preventDefault();
      },
      drop(event: DragEvent) {
        inside = 0;
        setOver(false);
        const data = event.dataTransfer;
        if (!data || data.files.length === 0) return;
        event.preventDefault();
        void openFiles(droppedFiles(data));
      },
    };
    const stop = new AbortController();
    for (const [name, listener] of Object.entries(listeners))
      addEventListener(name, listener as (event: Event) => void, { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return over ? (
    <div className={styles.drop} role="status">
      <p>{say.dropExperimentJsonOrResult}</p>
    </div>
  ) : null;
}
