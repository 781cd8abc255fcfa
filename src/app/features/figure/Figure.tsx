/**
 * The page as a figure in somebody's text (`view=chart`): chart, plan, Run and Fuse, and one line back. Nothing is
 * loaded or trained before it is asked to run; off screen it pauses; it tells the frame around it how high it is.
 */
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { sentence } from '../../../experiment/describe.ts';
import { pageAddress } from '../../state/control/address.ts';
import { linkOf } from '../../state/derived/derive.ts';
import { send, store, useStore } from '../../state/store.ts';
import { say } from '../../text/en/share/figure.ts';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { say as sayBar } from '../../text/en/screen/bar.ts';
import ui from '../../ui/ui.module.css';
import { FuseButton } from '../bar/FuseButton.tsx';
import { StepCount } from '../bar/TopBar.tsx';
import { ChangesButton, RunButton } from '../bar/Transport.tsx';
import styles from './figure.module.css';
import { onSight } from './off-screen.ts';

/** Messages to a page that shows the figure (public/embed.js). */
const HEIGHT = 'deep-fusion-playground/height';

export function Figure({ children }: { readonly children: ReactNode }) {
  const root = useRef<HTMLElement>(null);
  useHeightTold(root);
  useOnlyInSight(root);
  const experiment = useStore((s) => s.experiment);
  const view = useStore((s) => s.view);
  return (
    <main ref={root} className={styles.figure} aria-label={say.figure}>
      <div className={`${ui.card} ${styles.card}`}>
        <div className={styles.head}>
          <Toolbar label={sayBar.transport} className={styles.transport}>
            <RunButton />
            <ChangesButton />
            <FuseButton />
          </Toolbar>
          <StepCount />
        </div>
        <div className={styles.chart}>{children}</div>
        <p className={`${ui.note} ${styles.foot}`}>
          {sentence(experiment)}{' '}
          <a href={pageAddress() + linkOf({ experiment, view: { ...view, view: null } })} target="_blank" rel="noopener">
            {say.openThePage}
          </a>
        </p>
      </div>
    </main>
  );
}

/**
 * Tells the page around the frame how high the figure is, as often as that changes. A height is no secret: any page may
 * hear it.
 */
function useHeightTold(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element || parent === window) return;
    const observer = new ResizeObserver(() => parent.postMessage({ type: HEIGHT, height: element.offsetHeight }, '*'));
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);
}

function useOnlyInSight(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let [watched, inSight] = [{ pausedHere: false }, true];
    const look = (): void => {
      const next = onSight(watched, inSight, store.getState().phase);
      watched = next.watched;
      if (next.does !== null) send({ type: next.does });
    };
    const observer = new IntersectionObserver(([entry]) => {
      inSight = entry?.isIntersecting === true;
      look();
    });
    observer.observe(element);
    // Run may have been pressed in sight, and the networks be made when that is over.
    const unsubscribe = store.subscribe((now, before) => {
      if (now.phase !== before.phase && !inSight) look();
    });
    return () => {
      unsubscribe();
      observer.disconnect();
    };
  }, [root]);
}
