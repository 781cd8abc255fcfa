/** fusion-state-*: gradients and Adam's moments at a self-fusion. */
import { stream } from '../../data/random.ts';
import { type OptimizerState, growSlots } from '../../fusion/state/optimizer-state.ts';
import { blocksOf, forEachIndex, isInherited } from '../../fusion/provenance.ts';
import { growthOperator } from '../../fusion/operators/registry.ts';
import { adam } from '../../training/optimizers/adam.ts';
import { type CaseKind, Comparison } from './golden-case.ts';
import { withConstants } from './optimizers-case.ts';
import { gradientOf, train } from './t5-runner.ts';
import { compareFused } from './fusion-case.ts';

export const fusionStateCase: CaseKind = {
  name: 'fusion state',
  matches: ({ json, files }) => files.has('fused') && json.has('gradient') && json.has('adam'),
  async compare(golden, device) {
    const result = new Comparison();
    const source = golden.model('source-0');
    const k = golden.json.get('k').number();
    const growth = growthOperator('self').grow([source], { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: k }, stream(0, 'golden'));
    compareFused(result, golden, growth, 1.2e-7);
    const batch = golden.batch(source.config);

    const before = await gradientOf(device, source, batch);
    result.tensors('gradient of the source', before.gradients, golden.tensorsBelow('grad.'), golden.tolerance('gradient'));
    const after = await gradientOf(device, growth, batch);
    result.tensors('gradient of the fused', after.gradients, golden.tensorsBelow('fused_grad.'), golden.tolerance('gradient'));
    const factors = golden.json.get('gradient');
    for (const name of factors.keys()) {
      const expected = factors.get(name).get('expected').number();
      for (const block of blocksOf(growth.provenance, name)) {
        const place = isInherited(block) ? block : block.twin;
        if (place !== null) result.number(`gradient factor of ${name}`, place.gradientFactor, expected, 1e-12);
      }
    }

    const settings = golden.json.get('adam');
    const [beta1 = 0.9, beta2 = 0.999] = settings.get('betas').numbers();
    const steps = settings.get('steps').number();
    const trained = await train(
      device,
      source,
      batch,
      withConstants(adam, { beta1, beta2, epsilon: settings.get('eps').number() }),
      settings.get('lr').number(),
      steps,
    );
    const state: OptimizerState = {
      config: source.config,
      slots: { slot1: golden.tensorsBelow('m.'), slot2: golden.tensorsBelow('v.') },
      groups: undefined,
      counts: [steps],
    };
    const filled = growSlots('fill', [state], growth.provenance, growth.config);
    const transferred = growSlots('transfer', [state], growth.provenance, growth.config);
    for (const [which, moment] of [
      ['m', 'slot1'],
      ['v', 'slot2'],
    ] as const) {
      result.tensors(
        `${which} of the source`,
        trained.state.slots[moment] ?? new Map(),
        golden.tensorsBelow(`${which}.`),
        golden.tolerance(which),
      );
      const wanted = golden.tensorsBelow(`fused_${which}.`);
      result.tensors(`fill: ${which}`, filled.slots[moment] ?? new Map(), wanted, golden.tolerance(which));
      for (const [name, { shape, data }] of wanted) {
        const columns = shape.slice(1).reduce((a, b) => a * b, 1);
        const own = transferred.slots[moment]?.get(name)?.data ?? new Float32Array();
        const inherited: { ours: number[]; golden: number[] } = { ours: [], golden: [] };
        for (const block of blocksOf(growth.provenance, name)) {
          if (!isInherited(block)) continue;
          forEachIndex(block, columns, (index) => {
            inherited.ours.push(own[index] ?? Number.NaN);
            inherited.golden.push(data[index] ?? Number.NaN);
          });
        }
        result.arrays(`transfer: ${which} ${name}`, inherited.ours, inherited.golden, golden.tolerance(which));
      }
    }
    return result;
  },
};
