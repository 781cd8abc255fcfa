/** Starts the page: theme, address, worker, React. */
import { MantineProvider } from '@mantine/core';
import { startTransition, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { PageBoundary } from './features/status/Broken.tsx';
import { startAwake, startPrinting, startTheme } from './state/preferences.ts';
import { followGhost } from './state/linked-curves.ts';
import { finishAddress, watchAddress } from './state/control/address.ts';
import { followFusion, followLength, followRun, openAddress, undoChoice } from './state/control/run-control.ts';
import { followSight } from './state/control/follow-sight.ts';
import { send, useStore } from './state/store.ts';
import { theme } from './look/theme.ts';
import { startClient, startWorkerAfter } from './state/control/worker-client.ts';
import { fetchWhenIdle } from './ui/later.tsx';
import { nextTask } from './ui/next-task.ts';

/** Resolves when the page has been drawn for the first time. */
let tellDrawn: () => void;
const drawn = new Promise<void>((resolve) => {
  tellDrawn = resolve;
});

function Page() {
  useEffect(() => tellDrawn(), []);
  const scheme = useStore((s) => s.theme);
  return (
    // Theme variables and class names stand in style sheets: the policy forbids what Mantine would inject.
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      <PageBoundary>
        <App />
      </PageBoundary>
    </MantineProvider>
  );
}

/** Builds the page, in slices: none is so long that a press would wait for it. */
export async function start(): Promise<void> {
  startTheme();
  startAwake();
  startPrinting();
  startClient();
  startWorkerAfter(drawn);
  await nextTask();
  openAddress();
  followRun();
  followLength();
  followFusion();
  followGhost();
  followSight();
  watchAddress(undoChoice, openAddress);
  addEventListener('pagehide', finishAddress);
  // For the console and for tests of the recovery paths: the same commands as the buttons'.
  Object.assign(globalThis, { deepFusion: { send } });
  await nextTask();
  const root = document.querySelector('#root');
  if (root) {
    const page = createRoot(root);
    startTransition(() =>
      page.render(
        <StrictMode>
          <Page />
        </StrictMode>,
      ),
    );
  }
  fetchWhenIdle();
}
