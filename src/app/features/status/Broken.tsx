/**
 * In the place of what failed while it was drawn: what failed, that the training goes on beside it (it runs in a worker
 * of its own), and the ways on.
 */
import { say } from '../../text/en/screen/broken.ts';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { linkOf } from '../../state/derived/derive.ts';
import { store } from '../../state/store.ts';
import { COPY_BY_HAND, copyText } from '../../ui/copy.ts';
import { type Broken, ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { type LaterPart, NotFetchedError } from '../../ui/later.tsx';
import { onNetworkBack } from '../../ui/network.ts';
import ui from '../../ui/ui.module.css';
import styles from './broken.module.css';

/** The details for a report: error, place, experiment, browser. */
export function detailsOf({ error, components }: Pick<Broken, 'error' | 'components'>, link: string, browser: string): string {
  const what = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return [what, components.trim() === '' ? '' : say.in(components.replace(/^\n/, '')), say.experiment(link), say.browser(browser)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The link of the run, if even that can still be said. */
function linkNow(): string {
  try {
    return linkOf(store.getState());
  } catch (error) {
    return String(error);
  }
}

interface ApologyProps {
  readonly title: string;
  readonly broken: Broken;
  readonly retry: () => void;
  readonly onClose?: (() => void) | undefined;
}

function Apology({ title, broken, retry, onClose }: ApologyProps) {
  const [copied, setCopied] = useState<'yes' | 'by-hand' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const details = detailsOf(broken, linkNow(), navigator.userAgent);
  const asked = broken.error instanceof NotFetchedError ? broken.error.asked : null;
  const missing = asked !== null;
  useEffect(() => {
    if (copied !== 'by-hand') return;
    field.current?.focus();
    field.current?.select();
  }, [copied]);
  useEffect(() => {
    // Once the network is back nobody has to ask.
    return asked === null ? undefined : onNetworkBack(asked, retry);
  }, [asked, retry]);
  const copy = async (): Promise<void> => setCopied((await copyText(details)) ? 'yes' : 'by-hand');
  return (
    <div role="alert" className={styles.broken} data-over={onClose !== undefined || undefined}>
      <p>
        <b>{title}</b>
        {say.trainingGoesOnBesideIt(missing, whyMissing())}
      </p>
      <div className={styles.ways}>
        <button type="button" className={ui.button} onClick={retry}>
          {say.tryAgain}
        </button>
        <button type="button" className={ui.button} onClick={() => void copy()}>
          {copied === 'yes' ? say.copied : say.copyDetails}
        </button>
        <button type="button" className={ui.button} onClick={() => location.reload()}>
          {say.reload}
        </button>
        {onClose ? (
          <button type="button" className={ui.button} onClick={onClose}>
            {say.close}
          </button>
        ) : null}
      </div>
      {copied === 'by-hand' ? (
        <>
          <p className={ui.note}>{COPY_BY_HAND.details}</p>
          <textarea ref={field} readOnly aria-label={say.details} className={styles.details} value={details} rows={6} />
        </>
      ) : null}
    </div>
  );
}

const whyMissing = (): string => (navigator.onLine ? say.itsCodeCantBeFetchedThe : say.itsCodeCantBeFetchedThis);

interface PartBoundaryProps {
  /** As in "Theory can’t be shown." */
  readonly name: string;
  /** Whose code it may be that is missing. */
  readonly part?: LaterPart<never> | undefined;
  /** Of what lies over the page, and so does what stands in its place. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** One part of the page: the others stay. */
export function PartBoundary({ name, part, onClose, children }: PartBoundaryProps) {
  return (
    <ErrorBoundary
      renderBroken={(broken) => (
        <Apology
          title={say.cantBeShown(name)}
          broken={broken}
          retry={() => {
            part?.again();
            broken.retry();
          }}
          onClose={
            onClose &&
            (() => {
              part?.again();
              onClose();
              broken.retry();
            })
          }
        />
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

/** The whole page, where nothing smaller holds it. */
export function PageBoundary({ children }: { readonly children: ReactNode }) {
  return (
    <ErrorBoundary
      renderBroken={(broken) => (
        <main className={styles.page}>
          <Apology title={say.thePageCantBeShown} broken={broken} retry={broken.retry} />
        </main>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
