/** Opening a file, in German. */
import type { Words } from '../../en.ts';

export const say: Words['open'] = {
  runsAreTakenIn: 'Die Läufe der Datei stehen unter „Läufe“, falls keine Meldung hier sagt, warum nicht.',
  dropExperimentJsonOrResult: 'Ein Experiment, ein Ergebnis oder den Checkpoint eines T5 ablegen, um ihn zu öffnen.',
  theMapTabImportsACollected:
    'Eine gesammelte Versuchsreihe importiert der Bereich „Karte“; ein Experiment wird aus experiment.json oder result.json geöffnet.',
  itCantBeRead: (why) => `Sie lässt sich nicht lesen: ${why}.`,
  theFileIsNotOpened: (name) => `Die Datei ${name} wird nicht geöffnet.`,
  theFilesAreNotOpened: 'Diese Dateien werden nicht geöffnet.',
  theseFiles: 'Diese Dateien',
  tooLargeForNetworks: 'zusammen haben sie mehr als 2 GB, und so groß ist kein Netz eines Laufs',
  moreThanPlaces: (networks, places) =>
    `es sind mehrere Netze darin (${networks}), und dieser Plan beginnt mit ${places}. So viele öffnen, jedes aus einem eigenen Ordner oder einer eigenen Zip-Datei`,
  startsFrom: ({ id, name, size, parameters, tokens, mark }) =>
    `${id} beginnt mit ${name} (${size}; ${parameters} Gewichte, ${tokens} Token; Kennzeichen ${mark}).`,
  theLinkCarriesNone:
    'Ein Link zu diesem Lauf nennt diese Dateien durch ihre Kennzeichen und enthält keine Gewichte: Sie müssen dort geöffnet werden, wo er läuft.',
  thePresetIsHeld: 'Der Link dieser Seite hält die Vorlage fest; darum wird hier kein anderes Experiment geöffnet.',
  whatIsHeldStays: (keys) => `Der Link dieser Seite hält ${keys} fest; darum gelten die eigenen Werte der Datei dafür nicht`,
  tooLarge: 'Sie ist zu groß für ein Experiment.',
};
