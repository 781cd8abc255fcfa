/** The worker's side of a RemoteTrainer: the real trainer on a device of its own, one command after another. */
import type { Device } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import { Trainer, type TrainerState } from '../../training/trainer.ts';
import type { Numbered, TrainerAnswers, TrainerCommand, TrainerReply } from './protocol.ts';

/** `transfer`: buffers that go with the reply without a copy. */
export type Reply = (reply: TrainerReply, transfer: ArrayBuffer[]) => void;

export class TrainerServer {
  private readonly createDevice: () => Promise<Device>;
  private readonly reply: Reply;
  private device: Device | null = null;
  private trainer: Trainer | null = null;
  /** The batch of the step that is being made. */
  private batch: TokenBatch | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(createDevice: () => Promise<Device>, reply: Reply) {
    this.createDevice = createDevice;
    this.reply = reply;
  }

  receive(command: Numbered<TrainerCommand>): void {
    this.last = this.last.then(async () => {
      const { number } = command;
      try {
        const answer = await this.answer(command);
        this.reply({ number, answer }, transferable(answer));
      } catch (error) {
        this.reply({ number, error: tellError(error) }, []);
      }
    });
  }

  private async answer(command: TrainerCommand): Promise<TrainerAnswers[keyof TrainerAnswers]> {
    if (command.type === 'create') return this.create(command);
    const { trainer, device } = this;
    if (!trainer || !device) throw new Error(`${command.type} was asked of a worker that has no model yet`);
    switch (command.type) {
      case 'step':
        this.batch = command.batch;
        return trainer.step(command.step, command.stepSize);
      case 'probe-loss':
        return trainer.probeLoss();
      case 'gradient-norm':
        return trainer.gradientNormSquared();
      case 'parameters':
        return trainer.parameters();
      case 'state':
        return trainer.state();
      case 'dispose':
        trainer.dispose();
        this.trainer = null;
        return device.bytes();
    }
  }

  private async create({ optimizer, shape, probe, fullBatch, state }: Extract<TrainerCommand, { type: 'create' }>): Promise<number> {
    this.device ??= await this.createDevice();
    this.trainer?.dispose();
    const at = (step: number): TokenBatch => {
      if (!this.batch) throw new Error(`step ${step} came without its batch`);
      return this.batch;
    };
    const source = { shape, probe, at: fullBatch ? undefined : at };
    this.trainer = await Trainer.create(this.device, optimizerOf(optimizer), source, state);
    return this.device.bytes();
  }
}

/** Buffers of tensors that were made for this answer. */
function transferable(answer: TrainerAnswers[keyof TrainerAnswers]): ArrayBuffer[] {
  if (typeof answer === 'number') return [];
  const buffers = new Set<ArrayBuffer>();
  const add = (tensors: NamedTensors | undefined): void => {
    for (const { data } of tensors?.values() ?? []) buffers.add(data.buffer as ArrayBuffer);
  };
  if (answer instanceof Map) add(answer);
  else addState(answer, add);
  return [...buffers];
}

/** All but the groups, which the trainer keeps. */
function addState({ parameters, slots }: TrainerState, add: (tensors: NamedTensors | undefined) => void): void {
  add(parameters);
  for (const tensors of Object.values(slots)) add(tensors);
}
