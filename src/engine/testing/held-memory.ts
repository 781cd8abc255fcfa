/**
 * The tensors that TensorFlow.js and its wasm backend hold, beside what a device says of itself: for tests of leaks.
 */
import * as tf from '@tensorflow/tfjs';

/** Tensors and bytes of tfjs, over all its backends. */
export function tensorsHeld(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}

/** Length of the heap of the wasm backend; it never shrinks. */
export function wasmHeapBytes(): number {
  const backend = tf.findBackend('wasm') as unknown as { readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } } };
  return backend.wasm.asm.memory.buffer.byteLength;
}
