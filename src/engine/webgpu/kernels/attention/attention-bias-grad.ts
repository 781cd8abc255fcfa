/** dbias[h, q, k] (+)= Σ_b dscores[b, h, q, k]. By single floats, as the task it shares a dispatch with reads them. */
import { groupsFor, read, task, write, type Kernel } from '../../compile/task.ts';

export const attentionBiasGrad: Kernel<'attention_bias_grad'> = ({ inputs: { dscores }, outputs: { dbias }, attributes }, context) => {
  const { batch, accumulate } = attributes;
  return [
    task({
      op: 'attention_bias_grad',
      key: `attention_bias_grad/${accumulate}`,
      operands: { dscores: read(dscores), dbias: write(dbias) },
      words: { size: dbias.size, batch },
      workgroups: groupsFor(dbias.size, context),
      body: (t, w) => `if (gid >= ${w.size}) { return; }
var sum = 0.0;
for (var b = 0u; b < ${w.batch}; b++) { sum += ${t.dscores}[b * ${w.size} + gid]; }
${t.dbias}[gid] = ${accumulate ? `${t.dbias}[gid] + ` : ''}sum;`,
    }),
  ];
};
