/** dbias[h, q, k] (+)= Σ_b dscores[b, h, q, k]. By single floats, as the task it shares a dispatch with reads them. */
import { flag, wholeNumber } from '../../operations/attributes.ts';
import { groupsFor, inputOf, outputOf, read, write, type Kernel } from '../task.ts';

export const attentionBiasGrad: Kernel = (node, context) => {
  const [dscores, dbias] = [inputOf(node, 0), outputOf(node, 0)];
  const accumulate = flag(node.attributes, 'accumulate');
  return [
    {
      op: 'attention_bias_grad',
      key: `attention_bias_grad/${accumulate}`,
      operands: [read(dscores), write(dbias)],
      words: [dbias.size, wholeNumber(node.attributes, 'batch')],
      workgroups: groupsFor(dbias.size, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
var sum = 0.0;
for (var b = 0u; b < ${word(1)}; b++) { sum += ${tensor(0)}[b * ${word(0)} + gid]; }
${tensor(1)}[gid] = ${accumulate ? `${tensor(1)}[gid] + ` : ''}sum;`,
    },
  ];
};
