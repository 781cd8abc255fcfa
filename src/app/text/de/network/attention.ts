/** The Attention tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['attention'] = {
  attention: 'Aufmerksamkeit',
  appearsWithTheSamples: 'Erscheint mit den ersten Beispielen: auf welche Wörter ein Netz geachtet hat.',
  nothingWasSaid: 'Hier hat das Netz nichts gesagt, also auf nichts geachtet.',
  text: 'Text',
  network: 'Netz',
  whoLooksWhere: 'Wer achtet worauf',
  cross: 'Antwort → Text',
  encoder: 'Text → Text',
  decoder: 'Antwort → Antwort',
  layer: 'Schicht',
  layerOf: (layer) => `Schicht ${layer}`,
  head: 'Kopf',
  allHeads: 'Alle Köpfe',
  headOf: (name) => `Kopf ${name}`,
  ofNew: 'neu',
  yourOwn: (text) => `eigener Text: ${text}`,
  itSays: 'Es sagt',
  wordsOfTheText: 'Dieses Wort',
  looksAt: 'achtet auf',
  wordAt: (word, share) => `„${word}“ (${share})`,
  sayingLooked: (word, network, words) => `Als ${network} „${word}“ sagte, achtete es am meisten auf ${words}.`,
  readingLooked: (word, words) => `„${word}“ achtete am meisten auf ${words}.`,
};
