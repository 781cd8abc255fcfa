/** WGSL kernels by the names of the operations (../../operations/README.md says what each means). */
import type { OperationName } from '../../operations/catalogue.ts';
import type { NodeOf } from '../../operations/node.ts';
import type { Kernel, KernelContext, Task } from '../compile/task.ts';
import { adafactor } from './adafactor.ts';
import { attentionBiasGrad } from './attention/attention-bias-grad.ts';
import { attentionGradTangent } from './attention/attention-grad-tangent.ts';
import { attentionGrad } from './attention/attention-grad.ts';
import { attentionTangent } from './attention/attention-tangent.ts';
import { attention } from './attention/attention.ts';
import { crossEntropy, crossEntropyGrad, crossEntropyGradTangent } from './cross-entropy.ts';
import { adam, add, clip, mix, mixGrad, momentum, sgd } from './elementwise.ts';
import { embedGrad } from './embed-grad.ts';
import { embed } from './embed.ts';
import {
  feedForwardActivation,
  feedForwardActivationGrad,
  feedForwardActivationGradTangent,
  feedForwardActivationTangent,
} from './feed-forward-activation.ts';
import { matmul } from './products/matmul.ts';
import { positionBias, positionBiasGrad } from './attention/position-bias.ts';
import { sum, sumSquares } from './reduction.ts';
import { rmsNormGradTangent, rmsNormTangent } from './rms-norm-tangent.ts';
import { rmsNorm, rmsNormGrad, rmsNormScaleGrad } from './rms-norm.ts';

const KERNELS: { readonly [Op in OperationName]: Kernel<Op> } = {
  embed,
  embed_grad: embedGrad,
  rms_norm: rmsNorm,
  rms_norm_grad: rmsNormGrad,
  rms_norm_scale_grad: rmsNormScaleGrad,
  matmul,
  feed_forward_activation: feedForwardActivation,
  feed_forward_activation_grad: feedForwardActivationGrad,
  position_bias: positionBias,
  position_bias_grad: positionBiasGrad,
  attention,
  attention_grad: attentionGrad,
  attention_bias_grad: attentionBiasGrad,
  cross_entropy: crossEntropy,
  cross_entropy_grad: crossEntropyGrad,
  sum,
  sum_squares: sumSquares,
  add,
  clip,
  sgd,
  momentum,
  adam,
  adafactor,
  mix,
  mix_grad: mixGrad,
  rms_norm_tangent: rmsNormTangent,
  rms_norm_grad_tangent: rmsNormGradTangent,
  feed_forward_activation_tangent: feedForwardActivationTangent,
  feed_forward_activation_grad_tangent: feedForwardActivationGradTangent,
  attention_tangent: attentionTangent,
  attention_grad_tangent: attentionGradTangent,
  cross_entropy_grad_tangent: crossEntropyGradTangent,
};

/** The tasks of a node. */
export function tasksOf<Op extends OperationName>(node: NodeOf<Op>, context: KernelContext): readonly Task[] {
  const kernel: Kernel<Op> = KERNELS[node.op];
  return kernel(node, context);
}
