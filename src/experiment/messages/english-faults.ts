/**
 * The English of what an adapter, the prepared data or a typed word say, by code: why something is as it is, or can't
 * be.
 */
import { fixed } from './numbers.ts';

interface Why {
  readonly why: string;
}

export const ENGLISH_FAULTS = {
  // Which adapter, and why.
  'on-wasm': ({ why }: Why) => `WebAssembly: ${why}`,
  'on-reference': ({ why, failure }: Why & { readonly failure: string }) =>
    `Plain JavaScript, much slower: ${why}, and WebAssembly failed (${failure})`,
  'on-software-webgpu': () => 'Software WebGPU: no GPU found, slower; products in tiles of registers, as a processor likes them',
  'on-webgpu': ({ adapter }: { readonly adapter: string }) =>
    `WebGPU · ${adapter}; products in tiles of shared memory, as a GPU likes them`,
  'wasm-asked-for': () => 'wasm was asked for',
  'reference-asked-for': () => 'asked for',
  'no-graphics-processor': () => 'no graphics processor was found',
  'no-webgpu-here': () => 'this browser has no WebGPU',
  'no-webgpu-adapter': () => 'no WebGPU adapter was found',
  'no-vulkan-loader': () => 'this machine has no Vulkan loader (libvulkan.so.1)',
  'no-webgpu-package': () => 'the optional package webgpu is not installed',
  'webgpu-failed': ({ why }: Why) => `WebGPU failed (${why})`,
  'adapter-not-given': ({ why }: Why) => `asking for a WebGPU adapter failed: ${why}`,
  'device-not-given': ({ adapter, why }: Why & { readonly adapter: string }) => `the WebGPU adapter ${adapter} gave no device: ${why}`,
  'browser-too-late': ({ device, seconds }: { readonly device: boolean; readonly seconds: number }) =>
    `the browser gave no ${device ? 'device' : 'answer'} within ${seconds} s`,
  'webgpu-too-small': ({ why }: Why) => `WebGPU had no memory for this (${why})`,
  'webgpu-lost-often': ({ times, why }: Why & { readonly times: number }) => `WebGPU was lost ${times} times (${why})`,

  // Faults of a device that can be survived.
  'device-was-lost': ({ kind, text }: { readonly kind: string; readonly text: string }) =>
    `the WebGPU device was lost (${kind}): ${text || 'no message'}`,
  'webgpu-error': ({ text }: { readonly text: string }) => `WebGPU error: ${text}`,
  'no-memory': ({ bytes }: { readonly bytes: number }) =>
    `wasm: no memory for ${fixed(bytes / 2 ** 20, 0)} MB; a smaller model or batch fits`,
  'buffer-too-large': ({ label, size, most }: { readonly label: string; readonly size: number; readonly most: number }) =>
    `webgpu: ${label} needs ${size} bytes in one buffer; this adapter allows ${most}. A smaller model or batch fits`,
  'shader-refused': ({ shader, text }: { readonly shader: string; readonly text: string }) =>
    `webgpu: the shader ${shader} does not compile: ${text}`,
  'source-worker-stopped': ({ why }: Why) => `a source's own worker stopped: ${why}`,
  'worker-ended': () => 'it was ended',
  'worker-not-loaded': () => 'its script could not be loaded',
  'worker-unreadable': () => 'it sent something unreadable',
  'thread-ended': ({ code }: { readonly code: number }) => `its thread ended with code ${code}`,
  'kernels-not-loaded': ({ status }: { readonly status: number }) => `the wasm kernels could not be loaded: the server answered ${status}`,

  // Prepared data.
  'file-offline': ({ path }: { readonly path: string }) => `${path} could not be loaded: this device is offline`,
  'file-no-answer': ({ path }: { readonly path: string }) => `${path} could not be loaded: its server does not answer`,
  'file-status': ({ path, status }: { readonly path: string; readonly status: number }) =>
    `${path} could not be loaded: the server answered ${status}`,
  'manifest-unreadable': ({ manifest }: { readonly manifest: string }) => `${manifest} is not JSON; prepare the data again (npm run data)`,
  'manifest-incomplete': ({ manifest, path }: { readonly manifest: string; readonly path: string }) =>
    `${manifest} does not say the size and hash of ${path}; prepare the data again (npm run data)`,
  'file-other-size': (file: { readonly path: string; readonly bytes: number; readonly lineEnds: boolean; readonly right: number }) =>
    `${file.path} has ${file.bytes} bytes${file.lineEnds ? ', with line ends of two characters' : ''}; it must have ${file.right}, as it was prepared`,
  'file-changed': ({ path }: { readonly path: string }) => `${path} was changed: its hash is not that of the file as it was prepared`,
  'file-bad-line': ({ path, line, text }: { readonly path: string; readonly line: number; readonly text: string }) =>
    `${path}, line ${line}: "${text}" is not a source and its target with a tab between them; run npm run data`,
  'too-many-words': ({
    field,
    count,
    most,
    path,
  }: {
    readonly field: string;
    readonly count: number;
    readonly most: number;
    readonly path: string;
  }) => `${field}: ${count} is more than the ${most} words of ${path}; at most ${most}`,
  'too-many-sequences': ({
    field,
    count,
    most,
    task,
  }: {
    readonly field: string;
    readonly count: number;
    readonly most: number;
    readonly task: string;
  }) => `${field}: ${count} is more than the ${most} different sequences of ${task}; at most ${most}`,

  // The reader's own texts.
  'word-too-long': ({ text, letters, most }: { readonly text: string; readonly letters: number; readonly most: number }) =>
    `"${text}" has ${letters} letters; this experiment takes at most ${most}`,
  'sequence-too-long': ({
    text,
    symbols,
    task,
    most,
  }: {
    readonly text: string;
    readonly symbols: number;
    readonly task: string;
    readonly most: number;
  }) => `"${text}" has ${symbols} symbols; ${task} takes at most ${most}`,
  'text-too-long': ({
    tokens,
    of,
    task,
    most,
  }: {
    readonly tokens: number;
    readonly of: string;
    readonly task: string;
    readonly most: number;
  }) =>
    `this text has ${tokens} ${of === 'words' ? 'words and marks' : of === 'characters' ? 'characters' : 'pieces'}; ${task} takes at most ${most}`,
  'own-missing': ({ mark }: { readonly mark: string }) =>
    `this run reads a text of one's own${mark === '' ? '' : `, with the mark ${mark},`} that was not given here; texts stay where they were given`,
  'own-none-of-kind': ({ pairs }: { readonly pairs: boolean }): string =>
    pairs ? 'task=own reads pairs of your own; none were given' : 'corpus=own reads a text of your own; none was given',
  'own-too-short': ({ words, least }: { readonly words: number; readonly least: number }) =>
    `your text has ${words} words; at least ${least} are needed`,
  'own-no-pair': ({ line, text }: { readonly line: number; readonly text: string }) =>
    `line ${line} of your pairs, "${text}", is not an input and an output with a tab between them`,
  'own-few-pairs': ({ pairs, least }: { readonly pairs: number; readonly least: number }) =>
    `your own pairs are ${pairs}; at least ${least} are needed`,
  'own-long': (one: { readonly input: boolean; readonly text: string; readonly tokens: number; readonly most: number }) =>
    `the ${one.input ? 'input' : 'output'} "${one.text}" of your pairs has ${one.tokens} tokens; at most ${one.most} fit`,
  'own-too-many': ({ count, most }: { readonly count: number; readonly most: number }) =>
    `examples=${count} asks for more of your pairs than there are to train on; ${most} are`,
  'too-few-windows': ({ count, most }: { readonly count: number; readonly most: number }) =>
    `${count} parts of this text are asked for; it has ${most} that begin with a word and are long enough`,
};
