/** Starts the page: theme, address, worker, React. */
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Tabs.css';
import '@mantine/core/styles/Tooltip.css';
import './generated/theme.css';
import './look/tokens.css';
import './look/base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { PageBoundary } from './features/status/Broken.tsx';
import { startPrinting, startTheme } from './state/preferences.ts';
import { followGhost } from './state/linked-curves.ts';
import { finishAddress, watchAddress } from './state/control/address.ts';
import { followFusion, followLength, followRun, openAddress, undoChoice } from './state/control/run-control.ts';
import { send, useStore } from './state/store.ts';
import { theme } from './look/theme.ts';
import { startClient } from './state/control/worker-client.ts';
import { fetchWhenIdle } from './ui/later.tsx';

function Page() {
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

startTheme();
startPrinting();
startClient();
openAddress();
followRun();
followLength();
followFusion();
followGhost();
watchAddress(undoChoice, openAddress);
addEventListener('pagehide', finishAddress);
// For the console and for tests of the recovery paths: the same commands as the buttons'.
Object.assign(globalThis, { deepFusion: { send } });

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
fetchWhenIdle();
