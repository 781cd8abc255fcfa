/**
 * Workers of sources under Node, as threads: for the command line, tests and benchmarks. The thread runs this same file
 * (by way of thread.mjs).
 */
import { tell, tellError } from '../../experiment/messages/tell.ts';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { backendPath, kernelBytes } from '../../engine/wasm/node.ts';
import { createWasmDevice } from '../../engine/wasm/wasm-device.ts';
import type { Numbered, TrainerCommand, TrainerPort, TrainerReply } from './protocol.ts';
import { TrainerServer } from './trainer-server.ts';

/** The word that the thread is started with, and known by. */
interface ThreadData {
  readonly kernelsOfTheTrainer: Uint8Array<ArrayBuffer>;
}

let kernels: Uint8Array<ArrayBuffer> | undefined;

export function startThread(): TrainerPort {
  kernels ??= kernelBytes();
  const data: ThreadData = { kernelsOfTheTrainer: kernels };
  const thread = new Worker(new URL('thread.mjs', import.meta.url), { workerData: data, execArgv: [] });
  // A process may end while its threads rest, but not while one is at work.
  thread.unref();
  let open = 0;
  return {
    post(command) {
      if (open++ === 0) thread.ref();
      thread.postMessage(command);
    },
    listen(onReply, onFailure) {
      thread.on('message', (reply: TrainerReply) => {
        if (--open === 0) thread.unref();
        onReply(reply);
      });
      thread.on('error', (error) => onFailure(tellError(error)));
      thread.on('exit', (code) => onFailure(tell('thread-ended', { code })));
    },
    terminate: () => void thread.terminate(),
  };
}

function serve({ kernelsOfTheTrainer }: ThreadData): void {
  const port = parentPort;
  if (!port) throw new Error('a trainer’s thread was started without a parent');
  const createDevice = () => createWasmDevice({ kernels: kernelsOfTheTrainer, backend: backendPath() });
  const server = new TrainerServer(createDevice, (reply, transfer) => port.postMessage(reply, transfer));
  port.on('message', (command: Numbered<TrainerCommand>) => server.receive(command));
}

const started = workerData as Partial<ThreadData> | null;
if (started?.kernelsOfTheTrainer) serve({ kernelsOfTheTrainer: started.kernelsOfTheTrainer });
