/** The page around its panels, and what the panels are called, in German. */
import type { Words } from '../../en.ts';

export const say: Words['page'] = {
  share: 'Teilen',
  lessons: 'Lektionen',
  theLesson: 'Die Lektion',
  theListOfKeys: 'Die Liste der Tasten',
  chart: 'Diagramm',
  theChart: 'Das Diagramm',
  evidence: 'Belege',
  panels: 'Bereiche',
  inspector: 'Neben dem Diagramm',
  setup: 'Aufbau',
  growth: 'Wachstum',
  theory: 'Theorie',
  predictionError: 'Vorhersagefehler',
  attention: 'Aufmerksamkeit',
  samples: 'Beispiele',
  sharpness: 'Schärfe',
  cost: 'Kosten',
  map: 'Karte',
  runs: 'Läufe',
  log: 'Protokoll',
  opening: (title) => `„${title}“ wird geöffnet …`,
  openThePanelBelowTheChart: 'Den Bereich unter dem Diagramm öffnen',
  closedUntilAnswered: 'Die Bereiche sind bis zur Antwort geschlossen.',
  foldThePanel: 'Den Bereich einklappen',
};
