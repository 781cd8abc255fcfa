/** The notice in the place of a part that cannot be drawn, in German. */
import type { Words } from '../../en.ts';

export const say: Words['broken'] = {
  in: (components) => `In:\n${components}`,
  experiment: (link) => `Experiment: ${link}`,
  browser: (browser) => `Browser: ${browser}`,
  trainingGoesOnBesideIt: (missing, whyMissing) =>
    ` ${missing ? whyMissing : 'Das ist ein Fehler in dieser Seite.'} Das Training läuft daneben weiter.`,
  tryAgain: 'Erneut versuchen',
  copied: 'Kopiert',
  copyDetails: 'Einzelheiten kopieren',
  reload: 'Neu laden',
  close: 'Schließen',
  details: 'Einzelheiten',
  itsCodeCantBeFetchedThe: 'Der Code dafür lässt sich nicht laden: Der Server, von dem diese Seite kam, antwortet nicht.',
  itsCodeCantBeFetchedThis:
    'Der Code dafür lässt sich nicht laden: Dieses Gerät ist offline. Der Teil erscheint, sobald das Netzwerk wieder da ist.',
  cantBeShown: (name) => `„${name}“ kann nicht gezeigt werden.`,
  thePageCantBeShown: 'Die Seite kann nicht gezeigt werden.',
};
