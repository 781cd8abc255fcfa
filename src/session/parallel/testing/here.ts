/** A worker of a source that is none: its server runs here, behind the same copies of messages. For tests. */
import type { Device } from '../../../engine/device.ts';
import { nodeWasmDevice } from '../../../engine/wasm/node.ts';
import type { Told } from '../../../experiment/messages/say.ts';
import { tell } from '../../../experiment/messages/tell.ts';
import type { TrainerPort, TrainerReply } from '../protocol.ts';
import { TrainerServer } from '../trainer-server.ts';

export class PortHere implements TrainerPort {
  private readonly server: TrainerServer;
  private onReply: (reply: TrainerReply) => void = () => undefined;
  private onFailure: (why: Told) => void = () => undefined;
  private terminated = false;
  /** Commands so far. */
  readonly posted: string[] = [];

  constructor(createDevice: () => Promise<Device> = nodeWasmDevice) {
    this.server = new TrainerServer(createDevice, (reply, transfer) => {
      const copy = structuredClone(reply, { transfer });
      setImmediate(() => {
        if (!this.terminated) this.onReply(copy);
      });
    });
  }

  post(...[command]: Parameters<TrainerPort['post']>): void {
    this.posted.push(command.type);
    const copy = structuredClone(command);
    setImmediate(() => {
      if (!this.terminated) this.server.receive(copy);
    });
  }

  listen(onReply: (reply: TrainerReply) => void, onFailure: (why: Told) => void): void {
    this.onReply = onReply;
    this.onFailure = onFailure;
  }

  terminate(): void {
    this.terminated = true;
  }

  /** As a worker that dies. */
  crash(reason: string): void {
    this.terminate();
    this.onFailure(tell('error', { text: reason }));
  }
}
