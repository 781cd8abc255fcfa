/** The growth operators, by the names of the link (`op=`). */
import { OPERATORS, type OperatorName } from '../experiment/experiment.ts';
import { fuse } from './fuse.ts';
import type { GrowthOperator } from './operator.ts';
import { selfFuse } from './self-fuse.ts';

const REGISTRY: Readonly<Record<OperatorName, GrowthOperator>> = { fuse, self: selfFuse };

/** The operator of that name. Throws an Error that lists the names there are. */
export function growthOperator(name: string): GrowthOperator {
  const known = OPERATORS.find((each) => each === name);
  if (known === undefined) throw new Error(`There is no growth operator ${name}; there are ${OPERATORS.join(', ')}.`);
  return REGISTRY[known];
}
