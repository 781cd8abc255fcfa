/** Starts the workers of sources in a browser. */
import { tell } from '../../experiment/messages/tell.ts';
import type { TrainerPort, TrainerReply } from './protocol.ts';

export function startBrowserTrainer(): TrainerPort {
  const worker = new Worker(new URL('./source-worker.ts', import.meta.url), { type: 'module', name: 'source' });
  return {
    post: (command) => worker.postMessage(command),
    listen(onReply, onFailure) {
      worker.addEventListener('message', ({ data }: MessageEvent<TrainerReply>) => onReply(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        onFailure(event.message ? tell('error', { text: event.message }) : tell('worker-not-loaded'));
      });
      worker.addEventListener('messageerror', () => onFailure(tell('worker-unreadable')));
    },
    terminate: () => worker.terminate(),
  };
}
