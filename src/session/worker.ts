/** The training worker: joins the session to the page's messages, the prepared files and the adapters of a browser. */
import { tell, tellError } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import { chooseAdapter } from '../engine/adapters.ts';
import type { Device } from '../engine/device.ts';
import { startBrowserTrainer } from './parallel/browser.ts';
import type { Command, Event } from './protocol.ts';
import { Session } from './session.ts';

/** Typed arrays that travel without a copy. */
function transferables(event: Event): Transferable[] {
  switch (event.type) {
    case 'measured':
    case 'predicted':
      return [event.steps.buffer as ArrayBuffer, event.losses.buffer as ArrayBuffer];
    case 'weights':
      return [event.picture.cells.buffer as ArrayBuffer];
    case 'kept-file':
      return [event.bytes.buffer];
    case 'files':
      return event.files.map(({ bytes }) => bytes.buffer);
    default:
      return [];
  }
}

/** The page's own folder: the built worker lies in its assets/. */
const BASE = import.meta.env.DEV ? new URL('/', self.location.href) : new URL('../', self.location.href);

/** Each adapter's code is loaded when it is the one that is used. */
const wasm = async (): Promise<Device> => (await import('../engine/wasm/browser.ts')).createBrowserWasmDevice();

/** A message channel yields to commands without the four milliseconds that timers are held back by. */
const channel = new MessageChannel();
const resumed: (() => void)[] = [];
channel.port1.onmessage = () => resumed.shift()?.();

const session = new Session({
  emit: (event) => self.postMessage(event, { transfer: transferables(event) }),
  readText: async (path) => {
    const response = await fetch(new URL(path, BASE)).catch(() => {
      throw new ToldError(tell(navigator.onLine ? 'file-no-answer' : 'file-offline', { path }));
    });
    if (!response.ok) throw new ToldError(tell('file-status', { path, status: response.status }));
    return response.text();
  },
  openStore: async () => (await import('../keep/browser.ts')).openBrowserStore(),
  createDevice: (choice, onCompile) => chooseAdapter(choice, { wasm, onCompile }),
  yield: () =>
    new Promise((resolve) => {
      resumed.push(resolve);
      channel.port2.postMessage(null);
    }),
  watched: true,
  startTrainer: startBrowserTrainer,
  cores: navigator.hardwareConcurrency,
});

/** An error that nobody caught: told as it was thrown, before a browser puts words of its own before it. */
self.addEventListener('error', (event) => {
  event.preventDefault();
  const fault: Event = { type: 'fault', kind: 'worker', ...tellError(event.error ?? event.message), fatal: false };
  self.postMessage(fault);
});

self.onmessage = ({ data }: MessageEvent<Command>) => {
  // A crash that a test asked for must end the worker as a real one does: as an error that nobody catches.
  if (data.type === 'test-fault' && data.fault === 'crash') throw new Error('a crash was asked for by a test');
  session.handle(data);
};
