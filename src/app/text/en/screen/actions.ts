/** The actions of buttons, menu and keys. */
import { spoken } from '../../language.ts';

export const say = spoken('actions', {
  lightColours: 'Light colours',
  darkColours: 'Dark colours',
  runOrPause: 'run or pause',
  step: 'Step',
  oneStepThenPause: 'One step, then pause',
  oneStep: 'one step',
  fuse: 'fuse',
  log: 'log',
  toPresent: 'present',
  toShare: 'share',
  growthLineThenMoveItEnter: 'growth line; then ← → move it, Enter runs the branch',
  onTheChartACloserLook: 'on the chart: a closer look around the step that ← → read, and back',
  setupGrowthTheory: 'Setup, Growth, Theory',
  present: 'Present',
  share: 'Share',
  clicker: 'while presenting, as a clicker sends them: Run, then Fuse',
  leavePresentingPutAWhatIf: 'leave presenting, put a what-if back',
  keyboard: 'Keyboard',
  keyboardShortcuts: 'Keyboard shortcuts',
  thisList: 'this list',
  reset: 'Reset',
  backToStep0: 'Back to step 0',
  lessons: 'Lessons',
  openAFile: 'Open a file',
});
