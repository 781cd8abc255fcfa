/**
 * The stock contestant: the same T5 in plain tfjs operations, trained with `tf.train.adam().minimize()`, as its manual
 * shows.
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import backendBytes from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { positionBuckets } from '../../src/model/position-buckets.ts';
import type { StopwatchJob } from './stopwatch-session.ts';

/** The wasm backend has no gradient of gather: the sum by segments, in JavaScript. */
function addSegmentSum(): void {
  if (tf.getKernel('UnsortedSegmentSum', 'wasm')) return;
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const [x, ids] = [inputs['x'] as tf.Tensor, inputs['segmentIds'] as tf.Tensor];
      const segments = (attrs as unknown as { numSegments: number }).numSegments;
      const width = x.size / ids.size;
      const result = new Float32Array(segments * width);
      const [from, to] = [tf.backend().readSync(x.dataId) as Float32Array, tf.backend().readSync(ids.dataId) as Int32Array];
      to.forEach((id, row) => {
        for (let i = 0; i < width; i++) result[id * width + i] = (result[id * width + i] as number) + (from[row * width + i] as number);
      });
      return tf.tensor(result, [segments, ...x.shape.slice(ids.shape.length)]);
    },
  });
}

export async function create({ device, cfg, hyper, weights, batch }: StopwatchJob) {
  if (device === 'wasm') {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const address = URL.createObjectURL(new Blob([backendBytes], { type: 'application/wasm' }));
    setWasmPaths({
      'tfjs-backend-wasm.wasm': address,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    });
    addSegmentSum();
  }
  if (!(await tf.setBackend(device))) throw new Error(`tfjs has no backend ${device} here`);
  const { V, D, H, K, L, B, S, T } = cfg;
  const variables = new Map(
    Object.entries(weights).map(([name, { shape, data }]) => [name, tf.variable(tf.tensor(data, [...shape]), true, name)]),
  );
  const w = (name: string): tf.Tensor => variables.get(name) as tf.Tensor;

  const norm = (x: tf.Tensor, name: string): tf.Tensor => x.mul(tf.rsqrt(tf.mean(tf.square(x), -1, true).add(1e-6))).mul(w(name));
  const linear = (x: tf.Tensor, name: string): tf.Tensor => tf.matMul(x, w(name));
  const split = (x: tf.Tensor): tf.Tensor => x.reshape([B, -1, H, K]).transpose([0, 2, 1, 3]);
  const attention = (x: tf.Tensor, memory: tf.Tensor, name: string, bias?: tf.Tensor): tf.Tensor => {
    const scores = tf.matMul(split(linear(x, `${name}.q`)), split(linear(memory, `${name}.k`)), false, true);
    const probabilities = tf.softmax(bias ? scores.add(bias) : scores);
    const out = tf.matMul(probabilities, split(linear(memory, `${name}.v`))).transpose([0, 2, 1, 3]);
    return linear(out.reshape([-1, H * K]), `${name}.o`);
  };
  const gelu = (x: tf.Tensor): tf.Tensor =>
    x.mul(0.5).mul(tf.tanh(x.add(x.mul(tf.square(x)).mul(0.044715)).mul(Math.sqrt(2 / Math.PI))).add(1));
  const feedForward = (x: tf.Tensor, name: string): tf.Tensor =>
    linear(gelu(linear(x, `${name}.wi0`)).mul(linear(x, `${name}.wi1`)), `${name}.wo`);

  const buckets = (length: number, both: boolean): tf.Tensor1D => tf.tensor1d(positionBuckets(length, length, both, 32, 128), 'int32');
  const [encoderBuckets, decoderBuckets] = [buckets(S, true), buckets(T, false)];
  const future = tf.tensor(
    Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0)),
    [1, 1, T, T],
  );
  const bias = (stack: string, bucket: tf.Tensor1D, length: number): tf.Tensor =>
    tf
      .gather(w(`${stack}.relbias`), bucket)
      .reshape([length, length, H])
      .transpose([2, 0, 1])
      .expandDims(0);
  const [source, target] = [tf.tensor1d(batch.src, 'int32'), tf.tensor1d(batch.tgtIn, 'int32')];
  const labels = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), V);

  const forward = (): tf.Tensor => {
    let x: tf.Tensor = tf.gather(w('shared'), source);
    const encoderBias = bias('enc', encoderBuckets, S);
    for (let l = 0; l < L; l++) {
      const normed = norm(x, `enc.${l}.self.ln`);
      x = x.add(attention(normed, normed, `enc.${l}.self`, encoderBias));
      x = x.add(feedForward(norm(x, `enc.${l}.ff.ln`), `enc.${l}.ff`));
    }
    const memory = norm(x, 'enc.ln');
    let y: tf.Tensor = tf.gather(w('shared'), target);
    const decoderBias = bias('dec', decoderBuckets, T).add(future);
    for (let l = 0; l < L; l++) {
      const normed = norm(y, `dec.${l}.self.ln`);
      y = y.add(attention(normed, normed, `dec.${l}.self`, decoderBias));
      y = y.add(attention(norm(y, `dec.${l}.cross.ln`), memory, `dec.${l}.cross`));
      y = y.add(feedForward(norm(y, `dec.${l}.ff.ln`), `dec.${l}.ff`));
    }
    return linear(norm(y, 'dec.ln'), 'lm');
  };
  const optimizer = tf.train.adam(hyper.lr, hyper.beta1, hyper.beta2, hyper.eps);
  const loss = (): tf.Scalar => tf.neg(tf.mean(tf.sum(labels.mul(tf.logSoftmax(forward())), -1)));
  return {
    info: { lib: `tfjs ${tf.version_core}`, tokens: B * (S + T), width: D },
    step: () => optimizer.minimize(loss, true, [...variables.values()]),
    read: async (value: tf.Scalar) => {
      const result = (await value.data())[0] ?? Number.NaN;
      value.dispose();
      return result;
    },
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}
