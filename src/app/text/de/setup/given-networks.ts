/** Networks from files, in Setup, in German. */
import type { Words } from '../../en.ts';

export const say: Words['givenNetworks'] = {
  networksFromFiles: 'Netze aus Dateien',
  allAtRandom: (networks) =>
    `Zufällige Gewichte am Anfang: ${networks}. An die Stelle eines Netzes kann ein eigener T5-Checkpoint treten: config.json und model.safetensors zusammen, als Ordner oder als Zip. Man kann ihn auch auf die Seite ziehen.`,
  startsFrom: (id, name, parameters, tokens) => `${id} beginnt mit ${name}: ${parameters} Gewichte, ${tokens} Token.`,
  notOpenedHere: (id, mark) => `${id} soll mit einer Datei mit dem Kennzeichen ${mark} beginnen, die hier nicht geöffnet wurde.`,
  takeOut: 'Herausnehmen',
  takeOutOf: (id) => `Die Datei von ${id} herausnehmen: Es beginnt mit zufälligen Gewichten`,
  openACheckpoint: 'Einen Checkpoint öffnen',
};
