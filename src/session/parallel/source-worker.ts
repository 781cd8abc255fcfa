/** A worker that trains one model, in a browser. Started by the training worker. */
import { createBrowserWasmDevice } from '../../engine/wasm/browser.ts';
import type { Numbered, TrainerCommand } from './protocol.ts';
import { TrainerServer } from './trainer-server.ts';

const server = new TrainerServer(createBrowserWasmDevice, (reply, transfer) => self.postMessage(reply, { transfer }));
self.onmessage = ({ data }: MessageEvent<Numbered<TrainerCommand>>) => server.receive(data);
