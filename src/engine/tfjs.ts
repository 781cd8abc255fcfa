/**
 * The lean tfjs entry of the browser: core with its gradients and chained operations, without layers, data,
 * converter, webgl and cpu (146 in place of 305 KB gzipped). `vite.config.ts` puts it in the place of exactly
 * `@tensorflow/tfjs`; Node uses the stock package under the same name. Nobody imports this file by its path.
 */
// Core comes first, or the rest throws "Cannot evaluate flag 'DEBUG'".
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';

export * from '@tensorflow/tfjs-core';
