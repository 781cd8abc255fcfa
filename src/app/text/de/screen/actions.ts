/** The actions of buttons, menu and keys, in German. */
import type { Words } from '../../en.ts';

export const say: Words['actions'] = {
  lightColours: 'Helle Farben',
  darkColours: 'Dunkle Farben',
  runOrPause: 'starten oder anhalten',
  step: 'Schritt',
  oneStepThenPause: 'Ein Schritt, dann Pause',
  oneStep: 'ein Schritt',
  fuse: 'verschmelzen',
  log: 'logarithmisch',
  toPresent: 'vorführen',
  toShare: 'teilen',
  growthLineThenMoveItEnter: 'Wachstumslinie; dann verschieben mit ← →, Zweig rechnen mit der Eingabetaste',
  onTheChartACloserLook: 'im Diagramm: näher heran an den Schritt, den ← → ablesen, und zurück',
  setupGrowthTheory: 'Aufbau, Wachstum, Theorie',
  present: 'Vorführen',
  share: 'Teilen',
  clicker: 'beim Vorführen, wie ein Presenter sie sendet: Start, dann Verschmelzen',
  leavePresentingPutAWhatIf: 'Vorführung verlassen, Was-wäre-wenn zurücknehmen',
  keyboard: 'Tastatur',
  keyboardShortcuts: 'Tastenkürzel',
  thisList: 'diese Liste',
  reset: 'Zurücksetzen',
  backToStep0: 'Zurück zu Schritt 0',
  lessons: 'Lektionen',
  openAFile: 'Datei öffnen',
};
