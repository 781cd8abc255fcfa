/** The growth operators, by the names of the link (`op=`). */
import { OPERATORS, type OperatorName } from '../../experiment/experiment.ts';
import { bert2bertAki } from './bert2bert-aki.ts';
import { bert2bertFpi } from './bert2bert-fpi.ts';
import { fuse } from './fuse.ts';
import { net2net } from './net2net.ts';
import type { GrowthOperator } from './operator.ts';
import { randomCorner } from './random.ts';
import { scratch } from './scratch.ts';
import { selfFuse } from './self-fuse.ts';
import { stack } from './stack.ts';

const REGISTRY: Readonly<Record<OperatorName, GrowthOperator>> = {
  fuse,
  self: selfFuse,
  stack,
  net2net,
  'bert2bert-fpi': bert2bertFpi,
  'bert2bert-aki': bert2bertAki,
  random: randomCorner,
  scratch,
};

/** The operator of that name. Throws an Error that lists the names there are. */
export function growthOperator(name: string): GrowthOperator {
  const known = OPERATORS.find((each) => each === name);
  if (known === undefined) throw new Error(`There is no growth operator ${name}; there are ${OPERATORS.join(', ')}.`);
  return REGISTRY[known];
}
