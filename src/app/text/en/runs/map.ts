/** The Map tab. */
import type { NoMap } from '../../../../experiment/map/growth-map.ts';
import { spoken } from '../../language.ts';

export const say = spoken('map', {
  noMap: {
    plan: 'The map is for a plan of one growth; this plan is set stage by stage.',
    'no-growth': 'The map is for a run with a growth; set a growth step in the plan.',
  } satisfies Readonly<Record<NoMap, string>>,
  pointAtACellToRead: 'Point at a cell to read it; choose it to ask what if.',
  measured: 'measured',
  diverged: 'diverged',
  spectrum: 'spectrum',
  growthAtStep: (grow: string, after: string, step: string | null) =>
    `Growth ${grow}, ${after}${step === null ? '' : `, at step ${step}`}:`,
  notKnown: 'not known',
  predictedOrMeasured: (predicted: boolean, loss: string) => `${predicted ? 'predicted' : 'measured'} ${loss}`,
  finalLossByGrowthStepAnd: 'Final loss by growth step and step size after it',
  growthStep: 'growth step',
  stepSizeAfterGrowth: 'step size after growth',
  growthAfterIt: (grow: number, after: string, cell: string, why: string | null) =>
    `Growth ${grow}, ${after} after it: ${cell}. ${why ?? 'Ask what if'}`,
  rowsAndColumnsOfTheMap: 'Rows and columns of the map',
  growthSteps: 'Growth steps',
  cAfterGrowthOfStepSize: 'c after growth, of step size c / λ',
  stepSizesAfterGrowth: 'Step sizes after growth',
  upToOfEachWithCommas: (most: number) => `Up to ${most} of each, with commas between them.`,
  takeThese: 'Use these',
  aroundThisRun: 'Around this run',
  atEqualSteps: 'at equal steps',
  atEqualCompute: 'at equal compute',
  appearsOnceTheRunIsLoaded: 'Appears once the run is loaded.',
  map: 'Map',
  finalLoss: 'Final loss',
  loss: 'Loss',
  compared: 'Compared',
  predictedBy: 'predicted by ',
  predictedByLabel: 'Predicted by',
  eachRunWhereItHasCost: (operations: string) =>
    `Each run where it has cost ${operations}, as much as the cheapest of the map costs to its end. Of an imported run only its end is known.`,
  runningAll: (cells: number, running: string) => `running all ${cells}: ${running}`,
  gradientsAboutToGo: (gradients: string, estimate: string) => `${gradients} gradients, about ${estimate} to go`,
  stop: 'Stop',
  runningAllGradients: (cells: number, running: string) => `Running all ${cells}: ${running} gradients`,
  gradients: (gradients: string, running: string) => `${gradients} gradients; ${running}`,
  aboutGradients: (estimate: string, running: string) => `about ${estimate} gradients; ${running}`,
  fillTheMap: 'Fill the map',
  rowsAndColumns: 'Rows and columns',
  cantBeImportedItIsToo: (name: string) => `${name} can’t be imported: it is too large for a collected sweep.`,
  importASweep: 'Import a sweep',
  collectedSweepSweepCsv: 'Collected sweep, sweep.csv',
  cantBeRead: (name: string, why: string) => `${name} can’t be read: ${why}`,
  import: 'Import',
  rankCorrelationWithThe: 'Rank correlation with the measured cells',
  spearmansRankCorrelationOf:
    'Spearman’s rank correlation of the predicted with the measured final loss: 1 where both put the cells into the same order. A run that diverged counts as the highest loss.',
  rankCorrelation: 'Rank correlation',
  thatOfTheTotalTimeH:
    'That of the total time Σh alone, over the same cells: more time, less loss. A prediction that ranks them no better does not help to choose.',
  hAlone: 'Σh alone',
  cells: 'cells',
  totalTimeHAlone: 'Total time Σh alone',
  noCellIsMeasuredYetRun: 'No cell is measured yet: run branches, or import a sweep.',
  ofCellsMeasuredNoClaimTo: (measured: number, cells: number) =>
    `${measured} of ${cells} cells measured. No claim to find the best growth step: compare each with Σh alone.`,
  gradientFlow: 'gradient flow',
  rescaledBranch: 'rescaled branch',
  itWouldBeginAtStepAnd: (grow: string, earliest: string) =>
    `It would begin at step ${grow}, and the earliest state still in memory is of step ${earliest}. Reset, and run again to ask for it.`,
  nothingIsGivenRightWouldBe: (whole: boolean) => `Nothing is given; right would be e.g. ${whole ? '50, 100' : '0.02, 0.05'}.`,
  cantBeUsedTo: (part: string, min: string, max: string, whole: boolean) =>
    `${part} can’t be used: ${min} to ${max}${whole ? ', whole' : ''}.`,
  areGivenAMapHasAt: (values: number, most: number) => `${values} are given; a map has at most ${most} lines a side.`,
  cantBeImported: (name: string, message: string) => `${name} can’t be imported. ${message}`,
  here: (what: string, to: string, from: string) => `${what} ${to}, here ${from}`,
  cantBeImportedNoneOfIts: (name: string, differs: string, more: boolean) =>
    `${name} can’t be imported: none of its runs is of this map${differs !== '' ? ` (${differs}${more ? '; …' : ''})` : ''}.`,
  from: (placed: number, name: string) => `${placed} ${placed === 1 ? 'cell' : 'cells'} from ${name}`,
  lieBeyondTheRowsAndColumns: (placed: number, most: number) => `${placed} lie beyond the ${most} rows and columns that a map has at most`,
  ofAnotherExperimentAndLeft: (others: number) => `${others} ${others === 1 ? 'run is' : 'runs are'} of another experiment and left out`,
});
