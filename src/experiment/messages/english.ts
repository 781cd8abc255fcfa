/**
 * The English of what a run says of itself, by code. Result files keep these sentences: change none of them lightly.
 */
import { ENGLISH_FAULTS } from './english-faults.ts';
import { ENGLISH_NETWORKS } from './english-networks.ts';
import type { DrawnFlow } from '../experiment.ts';
import { FLOW_ROWS } from '../declared/flows.ts';
import { asItIs, exactFigures, fixed, gigabytes, spellLoss } from './numbers.ts';

interface Why {
  readonly why: string;
}
interface At {
  readonly step: number;
}
/** A number of an optimizer outside the limits within which its flow holds. */
interface Outside {
  readonly value: number;
}
/** A fault, and where the run goes on. */
interface Fault extends Why {
  readonly where: string;
}

export const ENGLISH = {
  ...ENGLISH_FAULTS,
  ...ENGLISH_NETWORKS,
  /** Whatever an error says: of the engine, of the browser, of a file. */
  error: ({ text }: { readonly text: string }) => text,

  'prediction-stopped': ({ why }: Why) => `The prediction stopped: ${why}`,
  'prediction-not-made': ({ why }: Why) => `The prediction can’t be made: ${why}`,
  'map-stopped': ({ why }: Why) => `The map stopped: ${why}`,
  'map-not-shown': ({ why }: Why) => `The map can’t be shown: ${why}`,
  'looks-stopped': ({ why }: Why) => `What the networks look like is not shown any more: ${why}`,
  'sharpness-not-measured': ({ why }: Why) => `The sharpness is not measured: ${why}`,
  'ensemble-not-measured': ({ why }: Why) => `The ensemble is not measured: ${why}`,
  'answers-not-measured': ({ why }: Why) => `How good the answers are is not measured: ${why}`,
  'samples-not-shown': ({ why }: Why) => `Samples are not shown: ${why}`,
  'growth-not-looked-at': ({ why }: Why) => `The growth is not looked at: ${why}`,

  'kept-not-opened': ({ why }: Why) => `The kept run can’t go on: ${why}`,
  'kept-elsewhere': () => 'This run goes on in another tab as well: what is trained here is kept as a copy of it.',
  'kept-gone': () => 'it is not kept on this device any more',
  'kept-by-other-version': ({ newer }: { readonly newer: boolean }) =>
    `it was kept by ${newer ? 'a newer' : 'an older'} version of this page, whose steps have other bits; its curves can be shown, and it can be started anew`,
  'kept-curves-only': () => 'only its curves are here',
  'kept-without-newest': () => 'its newest state is missing',
  'kept-without-curves': () => 'its curves are missing',
  'not-kept-bytes': ({ why }: Why) => `this is not a kept run: ${why}`,
  'kept-without-mark': ({ mark }: { readonly mark: string }) => `its first bytes are not ${mark}`,
  'kept-text-too-long': ({ bytes, all }: { readonly bytes: number; readonly all: number }) =>
    `it says that its text has ${bytes} bytes, and it has ${all} in all`,
  'kept-text-unreadable': () => 'its text can’t be read',
  'kept-no-place': ({ place }: { readonly place: string }) => `${place} is no place of an array`,
  'kept-cut-off': () => 'it ends before its last array does',
  'kept-overlapping': () => 'its arrays ask for more bytes than it has',
  'kept-no-map': () => 'a map of it is none',
  'file-not-of-runs': ({ schema, right }: { readonly schema: string; readonly right: string }) =>
    `this file is no collection of runs: its schema is ${schema}; it must be ${right}`,
  'file-of-runs-changed': () => 'the file was changed or cut off since it was written; take the original',
  'file-run-not-whole': () => 'this file is no collection of runs: one of them is not whole',
  'not-done': ({ command, why }: Why & { readonly command: string }) => `${command} could not be done: ${why}`,
  'nothing-loaded': ({ command }: { readonly command: string }) => `Nothing is loaded yet: ${command} has to wait.`,
  /** A refusal, and what can be done in its place. */
  'do-this-instead': ({ refused, instead }: { readonly refused: string; readonly instead: string }) => `${refused} ${instead}`,
  'held-in-mid-run': () => 'A held sharpness can’t change in mid-run: no link could give that run again.',
  'run-a-branch': () => 'Run it as a branch instead.',
  'press-run-first': () => 'Press Run first: there is nothing to fuse yet.',
  'nothing-to-fuse': () => 'Nothing can be fused at this step: no network of the next fusion is in training.',
  'number-out-of-range': ({
    name,
    value,
    min,
    max,
  }: {
    readonly name: string;
    readonly value: number;
    readonly min: number;
    readonly max: number;
  }) => `${name} is ${value}; it must be a whole number from ${min} to ${max}`,
  'too-much-memory': ({ bytes, most }: { readonly bytes: number; readonly most: number }) =>
    `These networks and their batch need about ${gigabytes(bytes, 1024 ** 3)} GB; ${gigabytes(most, 1024 ** 3)} GB is the most`,

  'network-with-tokens': ({ model, name }: { readonly model: string; readonly name: string }) =>
    `${model} starts from ${name}, whose tokens are the task’s.`,
  'network-without-tokens': ({ model, name, task }: { readonly model: string; readonly name: string; readonly task: string }) =>
    `${model} starts from ${name}. No tokenizer.json lies beside it: its tokens are taken to be those of ${task}, number by number.`,
  'network-other-tokens': (given: {
    readonly model: string;
    readonly name: string;
    readonly task: string;
    readonly id: number;
    readonly own: string;
    readonly other: string;
  }) =>
    `${given.model} starts from ${given.name}, which has other tokens than ${given.task}: number ${given.id} is ${JSON.stringify(given.own)} in the file and ${JSON.stringify(given.other)} in the task. It is fed the task’s numbers and has to learn anew what they mean.`,

  'memory-needed': ({ bytes }: { readonly bytes: number }) =>
    `These networks need about ${gigabytes(bytes, 1e9)} GB of memory. They are made when Run is pressed.`,
  'step-size-changed': ({ after }: { readonly after: boolean }) => `Step size ${after ? 'after' : 'before'} the growth changed.`,
  'on-from': ({ step }: At) => `On from step ${step}.`,
  'held-as-in-version-1': ({ optimizer }: { readonly optimizer: string }) =>
    `The step size is held to λmax of the loss, as in version 1 of the links: that is not where the edge of ${optimizer} is`,
  'norms-are-one': ({ model }: { readonly model: string }) => `The norms of ${model} are one now: it is a standard T5.`,
  grew: (growth: { readonly sources: readonly string[]; readonly target: string; readonly fused: number; readonly average: number }) =>
    `${growth.sources.join(' and ')} became ${growth.target}: loss ${spellLoss(growth.fused, 3)}, ${spellLoss(growth.average, 3)} of their averaged outputs`,
  'beside-unread': () => 'The network without reading',
  'beside-scratch': () => 'The network from scratch',
  'beside-alone': () => 'The small network alone',
  'beside-alone-of': ({ model }: { readonly model: string }) => `The small network ${model} alone`,
  'left-out-diverged': ({ loss }: { readonly loss: number }) => `it diverged, with a loss of ${exactFigures(loss, 3)}`,
  'left-out-not-held': ({ lambda }: { readonly lambda: number }) => `no step size can be held to its sharpness of ${asItIs(lambda)}`,
  'left-out-loss': ({ loss }: { readonly loss: number }) => `its loss is ${asItIs(loss)}`,
  'left-out': ({ who, step, why }: At & Why & { readonly who: string }) =>
    `${who} ends at step ${step}: ${why}. The other networks go on as they would without it`,
  'step-size-bounded': ({ models, most, step }: At & { readonly models: readonly string[]; readonly most: number }) =>
    `The step size of ${models.join(' and ')} is ${asItIs(most)} from step ${step} on, the largest there is: held to the sharpness it would be larger`,
  'step-size-held-again': ({ models, step }: At & { readonly models: readonly string[] }) =>
    `The step size of ${models.join(' and ')} is held to the sharpness again from step ${step} on`,

  'gpu-lost': ({ why, where }: Fault) => `GPU lost (${why}): ${where}`,
  'goes-back': ({ why, where }: Fault) => `${why}: ${where}`,
  'in-one-worker': ({ why }: Why) => `${why}: all sources train in one worker`,
  'in-one-worker-from': ({ why, where }: Fault) => `${why}: all sources train in one worker, ${where}`,
  'back-paused': ({ step }: At) => `back at step ${step}, paused`,
  'continuing-from': ({ step, wasm }: At & { readonly wasm: boolean }) => `continuing from step ${step}${wasm ? ' on WebAssembly' : ''}`,
  'not-loaded': () => 'it can’t be loaded',
  'loading-again': ({ wasm }: { readonly wasm: boolean }) => `loading again${wasm ? ' on WebAssembly' : ''}`,
  'no-way-back': ({ step, why }: At & Why) => `Step ${step} can’t be gone back to: ${why}`,

  'composite-for-fusions': ({ operator }: { readonly operator: string }) =>
    `The composite is not drawn: it is known for fusions, not for op=${operator}.`,
  'composite-beyond-window': ({ time }: { readonly time: number }) =>
    `The composite is not drawn: n·h·λ is ${fixed(time, 1)} with one step on either side of the growth, or its step sizes change there.`,

  'full-batch-flow': ({ flow }: { readonly flow: DrawnFlow }) =>
    `The ${FLOW_ROWS[flow].words} is known for gradient descent with a full batch only: it is not drawn here.`,
  'not-for-mini-batches': ({ flow }: { readonly flow: DrawnFlow }) =>
    `The ${FLOW_ROWS[flow].words} is one of gradient descent with a full batch: it is not drawn for mini-batches.`,
  'not-for-optimizer': ({ flow, optimizer }: { readonly flow: DrawnFlow; readonly optimizer: string }) =>
    `The ${FLOW_ROWS[flow].words} is one of gradient descent: it is not drawn for ${optimizer}.`,
  'self-held-needs-held': () =>
    'The self-held forecast is for a step size that is held to the sharpness: with a given one it would be the modified flow.',
  'central-needs-constant': () =>
    'The central flow is for a constant step size: it is not drawn where the step size changes or is held to the sharpness.',
  'principal-window': ({ window }: { readonly window: number }) =>
    `The principal flow is exact on a quadratic while h · λmax is below ${asItIs(window)}. Beyond, a step jumps across the valley, which no flow does.`,
  'in-the-mean': ({ runs }: { readonly runs: number }) =>
    `Mini-batch flows hold in the mean over shufflings: they are compared with the mean of ${runs} runs of other shufflings from the same start, whose spread is the band. Gradients are counted in full batches.`,
  'after-warm-up': (drawn: {
    readonly start: boolean;
    readonly growth: boolean;
    readonly warmUp: number;
    readonly steps: number;
    readonly optimizer: string;
  }) => {
    const begins = [...(drawn.start ? [`step ${drawn.warmUp}`] : []), ...(drawn.growth ? [`${drawn.warmUp} steps after the growth`] : [])];
    return `Drawn from ${begins.join(' and ')}, when its averages have warmed up, for ${drawn.steps} steps: so long the flow of ${drawn.optimizer} was found to hold.`;
  },

  'unpredicted-adafactor': () =>
    'Not predicted for Adafactor, because its step depends on the RMS of each tensor and on means over rows and columns, and no corrected flow of that is known.',
  'unpredicted-clipped': ({ norm }: { readonly norm: number }) =>
    `Not predicted with gradients clipped to a norm of ${asItIs(norm)}: some steps are shortened and others not, and no corrected flow of that is known. Without clipping it may be.`,
  'unpredicted-outside': ({ optimizer, reasons }: { readonly optimizer: string; readonly reasons: string }) =>
    `Not predicted for ${optimizer}, because ${reasons}. Outside these limits the corrected flow runs away from the run.`,
  'outside-beta1': ({ value, from }: Outside & { readonly from: number }) =>
    `β1 is ${asItIs(value)} (the flow holds at 0 and from ${asItIs(from)} on)`,
  'outside-beta2': ({ value, most }: Outside & { readonly most: number }) =>
    `β2 is ${asItIs(value)} (the flow holds up to ${asItIs(most)})`,
  'outside-epsilon': ({ value, least, most }: Outside & { readonly least: number; readonly most: number }) =>
    `ε is ${asItIs(value)} (the flow holds from ${asItIs(least)} to ${asItIs(most)})`,
  'outside-decay': ({ value }: Outside) => `weights decay by ${asItIs(value)}, which the flow does not know`,
  'outside-step-size': ({ value, most }: Outside & { readonly most: number }) =>
    `the step size is ${asItIs(value)} (the flow holds up to ${asItIs(most)})`,
  'outside-warm-up': ({ value, least }: Outside & { readonly least: number }) =>
    `the averages have had ${value} steps (the flow holds after ${least})`,
  /** Several messages of one kind, one after the other. */
  also: ({ first, next }: { readonly first: string; readonly next: string }) => `${first}; ${next}`,
  'unpredicted-stage-options': () => 'Not predicted where stages have tasks or step sizes of their own.',
  'unpredicted-drawn-anew': () =>
    'Not predicted where examples are drawn anew in each pass over them; choose the full batch, which keeps one drawing.',
  'unpredicted-held': ({ optimizer }: { readonly optimizer: string }) =>
    `Not predicted for ${optimizer} with a step size held to the sharpness, which says nothing of its steps; choose a constant one.`,
  'unpredicted-mini-batches': ({ optimizer }: { readonly optimizer: string }) =>
    `Not predicted for ${optimizer} with mini-batches: a flow for them is known for gradient descent only; choose the full batch.`,
  'unpredicted-uneven': ({ batch, examples }: { readonly batch: string; readonly examples: number }) =>
    `Not predicted with batches of ${batch}, which do not divide an epoch of ${examples} examples evenly.`,
  'unpredicted-many-batches': ({ batches, most }: { readonly batches: number; readonly most: number }) =>
    `Not predicted with ${batches} batches an epoch, because every evaluation of the flow takes two gradients of each (up to ${most} are integrated).`,
  'unpredicted-release': () => 'Not predicted while grouped norms are released into one: the loss itself changes from step to step.',
  'unpredicted-at-once': () => 'Not predicted where a network grows as soon as it has begun.',
  'unpredicted-moved-on': ({ model }: { readonly model: string }) =>
    `Not predicted where ${model} grows from a network that has trained on meanwhile.`,
  'map-mini-batches': () => 'Not predicted with mini-batches, whose flows cost more than the runs of a map; choose the full batch.',
  'map-no-forecast': ({ optimizer }: { readonly optimizer: string }) =>
    `Gradient flow is no forecast of ${optimizer}: its cells are measured, not predicted.`,
  'map-needs-table': () => 'The step size is held to the sharpness: run it once, then its table is known and the map can be filled.',
};
