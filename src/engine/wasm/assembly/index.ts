/** The module's exports; one body for each operation of ../../operations/README.md. Addresses are in bytes. */
export { matmul, matmulScratch } from './matmul';
export { rmsNorm, rmsNormGrad, rmsNormScaleGrad } from './norm';
export { activation, activationGrad } from './activation';
export {
  smoothActivation,
  smoothActivationGrad,
  smoothActivationGradTangent,
  smoothActivationTangent,
} from './smooth-activation';
export { attention, attentionGrad, attentionScratch } from './attention';
export { crossEntropy, crossEntropyGrad, crossEntropyGradTangent } from './loss';
export { rmsNormGradTangent, rmsNormTangent } from './tangents/norm-tangent';
export { activationGradTangent, activationTangent } from './tangents/activation-tangent';
export { attentionGradTangent, attentionTangent } from './tangents/attention-tangent';
export { embed, embedGrad, positionBias, positionBiasGrad } from './embedding';
export { add, axpy, copy, dot, fill, mix, mixGrad, scale, sum, sumRows, sumSquaresTo, sumTo } from './vectors';
export { adam, clip, momentum, sgd } from './optimizers';
export { adafactor } from './adafactor';
