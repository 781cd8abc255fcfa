/** The tasks, the texts that they read and how these are spelled, in German. */
import type { Words } from '../../en.ts';

/** A task about the little world. */
const world = (words: string, short: string, note: string) => ({
  words,
  short,
  note: `${note} Die Texte sind englisch und werden an Ort und Stelle erfunden.`,
  examples: 'Geschichten',
  alphabet: 'die Wörter der kleinen Welt',
});

export const tasks: Words['tasks'] = {
  reverse: {
    words: 'ein Wort umkehren',
    short: 'umkehren',
    note: 'Aus abcd wird dcba. An Ort und Stelle erfunden.',
    examples: 'Wörter',
    alphabet: 'die Buchstaben a bis j',
  },
  sort: {
    words: 'Buchstaben sortieren',
    short: 'sortieren',
    note: 'Aus cbad wird abcd. An Ort und Stelle erfunden.',
    examples: 'Folgen',
    alphabet: 'die Buchstaben a bis f',
  },
  pronounce: {
    words: 'ein englisches Wort aussprechen',
    short: 'aussprechen',
    note: 'Von der Schreibung zu den Lauten, aus dem CMU-Wörterbuch.',
    examples: 'Wörter',
    alphabet: 'die Buchstaben a bis z',
  },
  copy: {
    words: 'Buchstaben abschreiben, nur kein x',
    short: 'abschreiben',
    note: 'Aus axbc wird abc. An Ort und Stelle erfunden.',
    examples: 'Folgen',
    alphabet: 'die Buchstaben a bis f und x',
  },
  spans: {
    words: 'die Lücken einer Geschichte füllen',
    short: 'lesen',
    note: 'Teile eines Textes werden herausgenommen, jedes Mal andere, und wieder eingesetzt.',
    examples: 'Geschichten',
    alphabet: 'die Wörter der kleinen Welt und ___ für eine Lücke',
  },
  who: world('sagen, wer etwas hat', 'wer es hat', 'Eine Geschichte, und: Wer hat den Ball?'),
  where: world('sagen, wo etwas ist', 'wo es ist', 'Eine Geschichte, und: Wo ist der Ball?'),
  mood: world('sagen, wie sich jemand fühlt', 'Gefühle', 'Haben sie bekommen, was sie wollten?'),
  true: world('sagen, ob eine Aussage stimmt', 'wahr oder nicht', 'Eine Geschichte, und eine Aussage über ihr Ende.'),
  ok: world('sagen, ob die Wörter richtig geordnet sind', 'Wortfolge', 'Zwei Wörter können verkehrt herum stehen.'),
  same: world('sagen, ob zwei Sätze dasselbe bedeuten', 'gleiche Bedeutung', 'Oder etwas anderes?'),
  tell: world('Tatsachen in Sätzen erzählen', 'Tatsachen', 'Aus Tatsachen werden Sätze, und aus Sätzen Tatsachen.'),
  era: {
    words: 'sagen, wann etwas gesagt wurde',
    short: 'wann gesagt',
    note: 'Ein englischer Satz aus einer Rede zur Lage der Nation: früh (bis 1849), mittel (bis 1909), modern (bis 1964) oder jüngst.',
    examples: 'Sätze',
    alphabet: 'englische Sätze',
  },
  acceptable: {
    words: 'sagen, ob ein echter Satz in Ordnung ist',
    short: 'echte Wortfolge',
    note: 'Zwei benachbarte Wörter eines Satzes aus den Reden können vertauscht sein.',
    examples: 'Sätze',
    alphabet: 'englische Sätze',
  },
  rhyme: {
    words: 'sagen, ob zwei englische Wörter sich reimen',
    short: 'Reime',
    note: 'Dieselben Laute ab der Betonung, oder nur dieselben Buchstaben am Ende? Aus dem CMU-Wörterbuch.',
    examples: 'Wortpaare',
    alphabet: 'zwei englische Wörter',
  },
  kind: {
    words: 'sagen, was für eine Art von Ding definiert wird',
    short: 'Arten von Dingen',
    note: 'Eine englische Definition aus WordNet, und eine von zwölf Arten: Handlung, Tier, Gegenstand und so weiter.',
    examples: 'Definitionen',
    alphabet: 'eine englische Definition in Kleinbuchstaben',
  },
  translate: {
    words: 'aus dem Englischen übersetzen',
    short: 'übersetzen',
    note: 'Namen von Emoji und Zeichen auf Französisch, Deutsch, Spanisch und Italienisch, aus Unicode.',
    examples: 'Namen',
    alphabet: 'English to French (oder German, Spanish, Italian): und ein englischer Name',
  },
  own: {
    words: 'antworten wie in den eigenen Paaren',
    short: 'eigene Paare',
    note: 'Je Zeile eine Eingabe und ihre Ausgabe, mit einem Tabulator dazwischen. Sie bleiben auf diesem Gerät.',
    examples: 'Paare',
    alphabet: 'jeder Text',
  },
  turn: world('in eine erfundene Sprache übersetzen', 'erfundene Sprache', 'Das Verb steht am Ende.'),
};

export const corpora: Words['corpora'] = {
  world: {
    title: 'Die kleine Welt',
    words: 'einer Geschichte',
    note: 'Geschichten von einigen Leuten, Orten und Dingen, auf Englisch. An Ort und Stelle erfunden.',
  },
  moby: { title: 'Moby Dick von Herman Melville', words: 'Moby Dick', note: 'Der Roman, auf Englisch: 1,2 Millionen Zeichen.' },
  addresses: {
    title: 'Reden zur Lage der Nation, 1934–2021',
    words: 'den Reden',
    note: 'Was Präsidenten der Vereinigten Staaten seit 1934 dem Kongress sagten: 3 Millionen Zeichen.',
  },
  own: {
    title: 'Ein eigener Text',
    words: 'dem eigenen Text',
    note: 'Mindestens 1.000 Wörter, die auf diesem Gerät bleiben.',
  },
};

export const vocabularies: Words['vocabularies'] = {
  words: { words: 'Wörter', note: 'Die 88 Wörter und Zeichen der kleinen Welt, und keine anderen.' },
  characters: { words: 'Zeichen', note: 'Buchstabe für Buchstabe: schreibt alles und macht lange Texte.' },
  512: { words: '512 Stücke', note: 'Stücke von Wörtern, gelernt aus Moby Dick und den Reden.' },
  1024: { words: '1.024 Stücke', note: 'Mehr und längere Stücke von Wörtern.' },
};
