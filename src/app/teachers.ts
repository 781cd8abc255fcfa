/**
 * The script of the page "For teachers" (scripts/lessons/paper.ts): draws the code of the playground's address, and
 * tries the device: it opens the playground in a frame with one preset after the other, and reads what that says of
 * where it trains and how long the run takes here. Words stand in the page.
 */
import { encode } from 'uqr';
import { scanAddress } from './features/share/address.ts';

/** Milliseconds between two looks into the frame, and until it is given up. */
const SOON = 200;
const PATIENCE = 30_000;
/** Of the frame, so that all of the page is drawn in it. */
const WINDOW = { width: '1280', height: '800' };

function drawCode(figure: HTMLElement): void {
  const address = new URL(figure.dataset['of'] ?? '', location.href);
  // The language of this page stands behind the address.
  const text = scanAddress(address.href, null).page + address.hash;
  const { data, size } = encode(text, { border: 0, ecc: 'L' });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  const svg = figure.querySelector('svg');
  svg?.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg?.querySelector('path')?.setAttribute('d', path);
  const caption = figure.querySelector('figcaption');
  if (caption) caption.textContent = text;
  figure.hidden = false;
}

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SOON));

interface Found {
  readonly adapter: string;
  readonly time: string;
}

/** What the playground says of a run before it begins; `null` where it says nothing in time. */
async function ask(address: string, title: string): Promise<Found | null> {
  const frame = document.createElement('iframe');
  // Out of sight, and so out of the way of Tab.
  Object.assign(frame, { ...WINDOW, title, src: address, className: 'trial', inert: true });
  document.body.append(frame);
  const said = (part: string): string => frame.contentDocument?.querySelector(`[data-part="${part}"]`)?.textContent ?? '';
  try {
    for (let waited = 0; waited < PATIENCE; waited += SOON) {
      await wait();
      const found = { adapter: said('adapter'), time: said('time') };
      if (found.time !== '') return found;
    }
    return null;
  } finally {
    frame.remove();
  }
}

async function tryDevice(table: HTMLTableElement): Promise<void> {
  const { unknown = '', frame = '' } = table.dataset;
  table.hidden = false;
  const where = table.querySelector('caption');
  for (const row of table.querySelectorAll<HTMLTableRowElement>('tbody tr')) {
    const cell = row.cells[1];
    const link = row.querySelector('a');
    if (!cell || !link) continue;
    cell.textContent = '…';
    const found = await ask(link.href, frame);
    cell.textContent = found?.time ?? unknown;
    if (found && where) where.textContent = found.adapter;
  }
}

const code = document.querySelector<HTMLElement>('[data-part="code"]');
if (code) drawCode(code);
const button = document.querySelector<HTMLButtonElement>('[data-part="try"]');
const table = document.querySelector<HTMLTableElement>('[data-part="times"]');
if (button && table) {
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    void tryDevice(table).finally(() => {
      button.disabled = false;
    });
  });
}
