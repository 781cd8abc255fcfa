/** The two halves of an optimizer, its row and its code, say the same. */
import { describe, expect, it } from 'vitest';
import { OPTIMIZERS, optimizerRow, optimizerTitle } from '../../experiment/declared/optimizers.ts';
import { edgeOf } from '../modified-flow.ts';
import { OPTIMIZERS_BY_NAME } from './registry.ts';

describe.each(OPTIMIZERS)('%s', (name) => {
  const row = optimizerRow(name);
  const { name: own, title, state, modifiedFlow } = OPTIMIZERS_BY_NAME[name];
  it('has the name, the state and the flow of its row (11.3)', () => {
    expect([own, title]).toEqual([name, optimizerTitle(name)]);
    expect(state).toHaveLength(row.state);
    expect(modifiedFlow.kind).toBe(row.flow);
  });

  it('is held to the sharpness where its flow says where the edge is (11.3)', () => {
    expect(edgeOf(modifiedFlow)).toBe('edge' in row.held ? row.held.edge({ beta1: 0.9 }) : null);
  });
});
