/**
 * The layers of src/ and the direction of their imports (ARCHITECTURE.md). `npm run boundaries` checks them, and that
 * enough modules were read for the check to mean something.
 */

/** Ground floor first: a layer may import itself and what stands before it. */
export const LAYERS = [
  'experiment',
  'curves',
  'data',
  'engine',
  'model',
  'fusion',
  'training',
  'theory',
  'storage',
  'run',
  'predict',
  'keep',
  'session',
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const upward = LAYERS.map((layer, i) => ({
  name: `${layer}-imports-only-below`,
  comment: `${layer}/ may import ${[...LAYERS.slice(0, i), layer].join(', ')} only; tests may look up`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: ['\\.test\\.tsx?$', '/testing/'] },
  to: { path: '^src/', pathNot: `^src/(${LAYERS.slice(0, i + 1).join('|')})/` },
}));

/** The layers within the page, ground floor first: what they share stands below the features that share it. */
export const APP_LAYERS = ['look', 'text', 'ui', 'plot', 'state', 'features'];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const upwardInApp = APP_LAYERS.slice(0, -1).map((layer, i) => ({
  name: `app-${layer}-imports-only-below`,
  comment: `app/${layer}/ may import ${APP_LAYERS.slice(0, i + 1).join(', ')} of the page only; tests may look up`,
  severity: 'error',
  from: { path: `^src/app/${layer}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^src/app/', pathNot: `^src/app/(generated|${APP_LAYERS.slice(0, i + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upward,
    ...upwardInApp,
    {
      name: 'app-control-stands-above-the-state',
      comment: 'what is heard and what follows from it knows nothing of buttons',
      severity: 'error',
      from: { path: '^src/app/state/', pathNot: ['^src/app/state/control/', '^src/app/state/preferences\\.ts$', '\\.test\\.tsx?$'] },
      to: { path: '^src/app/state/control/' },
    },
    {
      name: 'app-sees-values-and-protocol-only',
      comment: 'the page talks to the worker by commands and events; curves/ and experiment/ are plain values',
      severity: 'error',
      from: { path: '^src/app/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^src/',
        pathNot: ['^src/(app|curves|experiment)/', '^src/session/protocol\\.ts$', '^src/(run|predict|keep)/reports\\.ts$'],
      },
    },
    {
      name: 'app-never-reaches-tfjs',
      comment: 'not even through another folder: the page never sees a tensor',
      severity: 'error',
      from: { path: '^src/app/', pathNot: '\\.test\\.tsx?$' },
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
