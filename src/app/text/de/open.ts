/** Opening a file, in German. */
import type { Words } from '../en.ts';

export const say: Words['open'] = {
  dropExperimentJsonOrResult: 'experiment.json oder result.json hier ablegen, um sie zu öffnen.',
  unpackItAndOpenTheResult: 'Sie ist zu entpacken; zu öffnen ist die result.json darin.',
  theMapTabImportsACollected:
    'Eine gesammelte Versuchsreihe importiert der Reiter „Karte“; ein Experiment wird aus experiment.json oder result.json geöffnet.',
  weightsAreNotOpenedHereAn: 'Gewichte werden hier nicht geöffnet; ein Experiment wird aus experiment.json oder result.json geöffnet.',
  itCantBeRead: (why) => `Sie lässt sich nicht lesen: ${why}.`,
  theFileIsNotOpened: (name) => `Die Datei ${name} wird nicht geöffnet.`,
  thePresetIsHeld: 'Der Link dieser Seite hält die Vorlage fest; darum wird hier kein anderes Experiment geöffnet.',
  whatIsHeldStays: (keys) => `Der Link dieser Seite hält ${keys} fest; darum gelten die eigenen Werte der Datei dafür nicht`,
  tooLarge: 'Sie ist zu groß für ein Experiment.',
};
