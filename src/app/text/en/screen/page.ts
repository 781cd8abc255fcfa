/** The page around its panels, and what the panels are called. */
import { spoken } from '../../language.ts';

export const say = spoken('page', {
  share: 'Share',
  lessons: 'Lessons',
  theLesson: 'The lesson',
  theListOfKeys: 'The list of keys',
  chart: 'Chart',
  theChart: 'The chart',
  evidence: 'Evidence',
  panels: 'Panels',
  inspector: 'Inspector',
  setup: 'Setup',
  growth: 'Growth',
  theory: 'Theory',
  predictionError: 'Prediction error',
  attention: 'Attention',
  samples: 'Samples',
  sharpness: 'Sharpness',
  cost: 'Cost',
  map: 'Map',
  runs: 'Runs',
  log: 'Log',
  opening: (title: string) => `Opening ${title} …`,
  openThePanelBelowTheChart: 'Open the panel below the chart',
  closedUntilAnswered: 'The panels are closed until you have answered.',
  foldThePanel: 'Fold the panel',
});
