/**
 * The errors in the provenance of a growth: every tensor must be covered once, and the inherited weights be what
 * the map says.
 */
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { parameterShapes } from '../../model/config.ts';
import type { Growth } from '../operators/operator.ts';
import { extent, isInherited, isNewMask } from '../provenance.ts';

/** `layout`: look at the map only, for growths that add noise to inherited weights. */
export function provenanceErrors(
  sources: readonly { readonly parameters: NamedTensors }[],
  { config, parameters, provenance }: Growth,
  check: 'weights' | 'layout',
): readonly string[] {
  const errors = new Set<string>();
  const shapes = parameterShapes(config);
  if ([...provenance.keys()].join() !== [...shapes.keys()].join()) errors.add('other tensors than the model has');
  for (const [name, shape] of shapes) {
    const { rows, columns } = extent(shape);
    const seen = new Uint8Array(rows * columns);
    const mask = isNewMask(provenance, name);
    if (mask.length !== seen.length) errors.add(`${name}: the mask has ${mask.length} elements of ${seen.length}`);
    for (const block of provenance.get(name) ?? []) {
      if (block.row + block.rows > rows || block.column + block.columns > columns) errors.add(`${name}: a block is outside`);
      const source = isInherited(block) ? sources[block.origin]?.parameters.get(block.sourceName) : undefined;
      for (let i = 0; i < block.rows; i++) {
        for (let j = 0; j < block.columns; j++) {
          const at = (block.row + i) * columns + block.column + j;
          seen[at] = (seen[at] ?? 0) + 1;
          if (mask[at] !== (isInherited(block) ? 0 : 1)) errors.add(`${name}: the mask`);
          if (!isInherited(block) || check === 'layout') continue;
          const value = source?.data[(block.sourceRow + i) * extent(source.shape).columns + block.sourceColumn + j] ?? Number.NaN;
          if (parameters.get(name)?.data[at] !== Math.fround(block.factor * value))
            errors.add(`${name}: a weight is not what its block says`);
        }
      }
    }
    if (seen.some((count) => count !== 1)) errors.add(`${name}: not covered once`);
    if (parameters.get(name)?.shape.join() !== shape.join()) errors.add(`${name}: another shape`);
  }
  return [...errors];
}
