/**
 * The exports of `assembly/index.ts` as JavaScript sees them. Addresses are bytes in the shared memory; 0 stands for
 * "none".
 */
type Flag = boolean | 0 | 1;

export interface Kernels {
  matmul(
    a: number,
    b: number,
    c: number,
    add: number,
    M: number,
    N: number,
    K: number,
    transposeA: Flag,
    transposeB: Flag,
    alpha: number,
    accumulate: Flag,
    scratch: number,
  ): void;
  /** Bytes of scratch that `matmul` needs. */
  matmulScratch(M: number, K: number, transposeA: Flag): number;
  rmsNorm(x: number, scale: number, y: number, r: number, N: number, groups: number, G: number, eps: number): void;
  rmsNormGrad(x: number, scale: number, r: number, dy: number, add: number, dx: number, N: number, groups: number, G: number): void;
  rmsNormScaleGrad(
    x: number,
    r: number,
    dy: number,
    dscale: number,
    N: number,
    d: number,
    groups: number,
    G: number,
    accumulate: Flag,
  ): void;
  activation(u: number, y: number, N: number, F: number, relu: Flag, gated: Flag): void;
  activationGrad(u: number, dy: number, du: number, N: number, F: number, relu: Flag, gated: Flag): void;
  smoothActivation(u: number, y: number, N: number, F: number, silu: Flag, gated: Flag): void;
  smoothActivationGrad(u: number, dy: number, du: number, N: number, F: number, silu: Flag, gated: Flag): void;
  attention(
    q: number,
    stepQ: number,
    k: number,
    v: number,
    stepKV: number,
    bias: number,
    mask: number,
    out: number,
    probs: number,
    B: number,
    H: number,
    dkv: number,
    S: number,
    T: number,
    causal: Flag,
    scratch: number,
  ): void;
  attentionGrad(
    q: number,
    stepQ: number,
    k: number,
    v: number,
    stepKV: number,
    probs: number,
    dout: number,
    dq: number,
    dk: number,
    dv: number,
    dscores: number,
    B: number,
    H: number,
    dkv: number,
    S: number,
    T: number,
    scratch: number,
  ): void;
  attentionScratch(S: number, T: number, dkv: number): number;
  crossEntropy(logits: number, labels: number, weights: number, rowLoss: number, lse: number, M: number, V: number): void;
  rmsNormTangent(
    x: number,
    scale: number,
    r: number,
    tx: number,
    tscale: number,
    ty: number,
    tr: number,
    N: number,
    groups: number,
    G: number,
  ): void;
  rmsNormGradTangent(
    x: number,
    scale: number,
    r: number,
    dy: number,
    tx: number,
    tdy: number,
    add: number,
    tdx: number,
    N: number,
    groups: number,
    G: number,
  ): void;
  smoothActivationTangent(u: number, tu: number, ty: number, N: number, F: number, silu: Flag, gated: Flag): void;
  smoothActivationGradTangent(
    u: number,
    dy: number,
    tu: number,
    tdy: number,
    tdu: number,
    N: number,
    F: number,
    silu: Flag,
    gated: Flag,
  ): void;
  activationTangent(u: number, tu: number, ty: number, N: number, F: number, relu: Flag, gated: Flag): void;
  activationGradTangent(u: number, dy: number, tu: number, tdy: number, tdu: number, N: number, F: number, relu: Flag, gated: Flag): void;
  attentionTangent(
    q: number,
    stepQ: number,
    k: number,
    v: number,
    stepKV: number,
    probs: number,
    tq: number,
    tk: number,
    tv: number,
    tbias: number,
    tout: number,
    tprobs: number,
    B: number,
    H: number,
    dkv: number,
    S: number,
    T: number,
    scratch: number,
  ): void;
  attentionGradTangent(
    q: number,
    stepQ: number,
    k: number,
    v: number,
    stepKV: number,
    probs: number,
    dout: number,
    tq: number,
    tk: number,
    tv: number,
    tprobs: number,
    tdout: number,
    tdq: number,
    tdk: number,
    tdv: number,
    tdscores: number,
    B: number,
    H: number,
    dkv: number,
    S: number,
    T: number,
    scratch: number,
  ): void;
  crossEntropyGradTangent(
    logits: number,
    lse: number,
    labels: number,
    weights: number,
    tlogits: number,
    out: number,
    M: number,
    V: number,
  ): void;
  crossEntropyGrad(logits: number, lse: number, labels: number, weights: number, dlogits: number, M: number, V: number): void;
  embed(table: number, ids: number, y: number, N: number, d: number): void;
  embedGrad(dy: number, index: number, dtable: number, V: number, d: number, accumulate: Flag): void;
  positionBias(table: number, bucket: number, bias: number, H: number, positions: number): void;
  positionBiasGrad(dbias: number, bucket: number, dtable: number, buckets: number, H: number, positions: number, accumulate: Flag): void;
  add(a: number, b: number, c: number, n: number): void;
  axpy(a: number, x: number, y: number, n: number): void;
  clip(x: number, squares: number, norm: number, n: number): void;
  copy(from: number, to: number, bytes: number): void;
  dot(x: number, y: number, n: number): number;
  fill(at: number, bytes: number): void;
  scale(a: number, x: number, n: number): void;
  sumRows(x: number, out: number, rows: number, n: number, accumulate: Flag): void;
  sumSquaresTo(x: number, n: number, y: number): void;
  sumTo(x: number, n: number, y: number): void;
  mix(a: number, b: number, weight: number, c: number, n: number): void;
  mixGrad(x: number, weight: number, rest: Flag, y: number, n: number): void;
  adafactor(
    theta: number,
    g: number,
    rowMeans: number,
    columnMeans: number,
    groups: number,
    values: number,
    table: number,
    tensors: number,
    scaled: Flag,
    scratch: number,
  ): void;
  adam(theta: number, g: number, m: number, v: number, groups: number, values: number, decay: number, n: number): void;
  momentum(theta: number, g: number, m: number, values: number, n: number): void;
  sgd(theta: number, g: number, values: number, n: number): void;
}
