/** dbias[h, q, k] (+)= Σ_b dscores[b, h, q, k] */
import { flag, wholeNumber } from '../../operations/attributes.ts';
import { groupsFor, inputOf, lanes, outputOf, read, vectorType, write, type Kernel } from '../task.ts';

export const attentionBiasGrad: Kernel = (node, context) => {
  const [dscores, dbias] = [inputOf(node, 0), outputOf(node, 0)];
  const accumulate = flag(node.attributes, 'accumulate');
  const type = vectorType(dbias.size);
  const items = dbias.size / lanes(type);
  return [
    {
      op: 'attention_bias_grad',
      key: `attention_bias_grad/${type}/${accumulate}`,
      operands: [read(dscores, type), write(dbias, type)],
      words: [items, wholeNumber(node.attributes, 'batch')],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
var sum = ${type}();
for (var b = 0u; b < ${word(1)}; b++) { sum += ${tensor(0)}[b * ${word(0)} + gid]; }
${tensor(1)}[gid] = ${accumulate ? `${tensor(1)}[gid] + ` : ''}sum;`,
    },
  ];
};
