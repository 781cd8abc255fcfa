/**
 * The layers of src/ and the direction of their imports (ARCHITECTURE.md). `npm run boundaries` checks them, and that
 * enough modules were read for the check to mean something.
 */

/** Ground floor first: a layer may import itself and what stands before it. */
export const LAYERS = ['curves', 'experiment', 'data', 'engine', 'model', 'fusion', 'training', 'theory', 'storage', 'worker'];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const upward = LAYERS.map((layer, i) => ({
  name: `${layer}-imports-only-below`,
  comment: `${layer}/ may import ${[...LAYERS.slice(0, i), layer].join(', ')} only; tests may look up`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: ['\\.test\\.tsx?$', '/testing/'] },
  to: { path: '^src/', pathNot: `^src/(${LAYERS.slice(0, i + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upward,
    {
      name: 'app-sees-values-and-protocol-only',
      comment: 'the page talks to the worker by commands and events; curves/ and experiment/ are plain values',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/', pathNot: ['^src/(app|curves|experiment)/', '^src/worker/protocol\\.ts$'] },
    },
    {
      name: 'app-never-reaches-tfjs',
      comment: 'not even through another folder: the page never sees a tensor',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '@tensorflow|^src/engine/', reachable: true },
    },
    {
      name: 'cli-has-no-page',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: ['^src/app/', 'node_modules/(react|react-dom|@mantine|recharts)/'] },
    },
    {
      name: 'ground-floor-is-plain',
      comment: 'curves/, experiment/ and data/ know neither React nor tfjs',
      severity: 'error',
      from: { path: '^src/(curves|experiment|data)/' },
      to: { path: '@tensorflow|node_modules/(react|react-dom|@mantine|recharts|zustand)/' },
    },
    {
      name: 'only-engine-imports-tfjs',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine|cli)/' },
      to: { path: '@tensorflow' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'tests-stay-tests',
      comment: 'no code of the page or the command line imports a test or its helpers',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: ['\\.test\\.tsx?$', '/testing/'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: ['\\?(url|raw)$', '/(build|generated)/', '^pure-rand/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/assembly/', '/build/'] },
    // Type imports count: a type from a layer above is a dependency on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
