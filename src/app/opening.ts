/**
 * The first script of the page, small: it has the browser paint what index.html shows, in the reader's colours, and has
 * the page itself built after that, whose code is fetched meanwhile (`fetchedEarly` in vite.config.ts).
 */
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
import './look/opening.css';
import { firstScheme, paintScheme } from './state/scheme.ts';
import { languageFor, startLanguage } from './text/languages/languages.ts';
import { nextTask } from './ui/next-task.ts';
import { networkReturns, onNetworkBack } from './ui/network.ts';

/** What index.html shows is painted; a page that nobody looks at is not, and does not wait. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 250);
  });

async function open(): Promise<void> {
  await painted();
  const asked = networkReturns();
  try {
    await startLanguage();
    await import('./libraries.ts');
    await nextTask();
    await import('./declarations.ts');
    await nextTask();
    const { start } = await import('./main.tsx');
    await nextTask();
    await start();
  } catch (error) {
    // The words of another language may be what could not be loaded: index.html has this one in each.
    const failed = [...document.querySelectorAll<HTMLElement>('.opening-failed')];
    const own = failed.find(({ lang }) => lang === languageFor(location.hash, navigator.languages)) ?? failed[0];
    own?.removeAttribute('hidden');
    onNetworkBack(asked, () => location.reload());
    throw error;
  }
}

paintScheme(firstScheme());
void open();
