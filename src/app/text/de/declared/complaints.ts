/** Complaints about a plan, a sweep, a link or a file, and what is used instead, in German. */
import { spellWhole } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const planComplaints: Words['planComplaints'] = {
  thisPlan: (complaint) => `Dieser Plan: ${complaint}`,
  noStage: 'Ein Plan braucht mindestens eine Etappe, z. B. A:200,B:200,A+B>M:400',
  tooManyStages: (stages, most) => `ein Plan mit ${stages} Etappen; höchstens ${most}`,
  noSharedVocabulary: (tasks, apart) =>
    `gibt einem Plan ${tasks.join(' und ')}, und ${apart} teilt sein Vokabular mit keiner anderen Aufgabe`,
  tooManyExamples: (task) => `verlangt mehr Beispiele, als ${task} hat`,

  noStageText: (part) => `${part} ist keine Etappe; richtig wäre A:200 oder A+B>M:400`,
  noName: (model) => `${model} ist kein Name eines Modells; richtig ist ein Großbuchstabe, dann Buchstaben oder Ziffern, z. B. M oder A2`,
  nameOfBaseline: (model) => `${model} ist der Name des Vergleichsnetzes; das Modell braucht einen anderen`,
  noSteps: (model, steps, most) => `${model}:${steps} ist keine Zahl von Schritten (0 bis ${most})`,

  oneSource: (source, model) =>
    `${source}>${model} wächst aus einem Modell; eine Verschmelzung braucht zwei oder mehr, eine Selbstverschmelzung ist ${source}+${source}>${model}`,
  trainedBefore: (growth, model) =>
    `${growth} würde ${model} ergeben, das schon trainiert wird; das größere Netz braucht einen eigenen Namen`,
  namedTwice: (growth) => `${growth} nennt ein Netz zweimal unter anderen; zu verschmelzen sind verschiedene oder Kopien eines einzigen`,
  notTrained: (growth, source) => `${growth} verwendet ${source}, das keine frühere Etappe trainiert`,
  noSources: 'ein Wachstum braucht Quellnetze',
  layersDiffer: (growth, first, layers, other, otherLayers) =>
    `${growth} lässt sich nicht verschmelzen: layers ist ${layers} in ${first} und ${otherLayers} in ${other}; es muss gleich sein`,

  wholeNumber: (most) => `eine ganze Zahl von 1 bis ${most}`,
  stepSize: (least, most) => `eine Schrittweite von ${least} bis ${most}`,
  optionLater: (name) => `${name} einer einzelnen Etappe ist noch nicht gebaut`,
  noOption: (part, right) => `${part} ist keine Angabe zu einer Etappe; richtig wäre ${right}`,
  optionTwice: (name) => `${name} ist für eine Etappe zweimal angegeben`,
  wrongOption: (option, right) => `${option} ist für eine Etappe nicht richtig (${right})`,
};

const HELP = 'npm run sweep mit --collect schreibt eine solche Datei, sweep.csv';

export const sweepComplaints: Words['sweepComplaints'] = {
  tooManyRows: (most) => `Sie hat mehr als ${spellWhole(most)} Zeilen.`,
  openQuote: 'Ein Anführungszeichen wird nie geschlossen: Die Datei ist abgeschnitten oder keine Tabelle.',
  tooLarge: `Sie ist zu groß für eine gesammelte Versuchsreihe (${HELP}).`,
  noLink: `Ihre erste Zeile nennt keine Spalte link; sie ist also keine gesammelte Versuchsreihe (${HELP}).`,
  noRows: 'Sie hat keine Zeilen: Noch wurde nichts gesammelt.',
  ofLine: (line, complaint) => `Zeile ${line}: ${complaint}.`,
  otherLength: (line, values, head) => `Zeile ${line} hat ${values} Werte, die erste Zeile ${head}.`,
  noColumn: (line, model) => `Zeile ${line} endet mit dem Netz ${model}, und es gibt keine Spalte final_${model}.`,
  aNumberOfSteps: 'eine Zahl von Schritten',
  aLoss: 'ein Verlust, also eine Zahl ab 0',
  isNot: (line, column, value, right) => `Zeile ${line}: ${column} ist ${value}; richtig wäre ${right}.`,
};

/** A limit as a link has it, with a point; only large ones have their thousands apart. */
const limit = (value: number): string => (value >= 10_000 ? spellWhole(value) : String(value));
const list = (words: readonly string[]): string => words.join(', ');

export const linkComplaints: Words['linkComplaints'] = {
  sentence: (said, complaint) => `${said} ${complaint}`,
  so: (complaint, instead) => `${complaint}; ${instead}`,
  isUsed: (value) => `verwendet wird ${value}`,
  areUsed: (values) => `verwendet werden ${values.join(' und ')}`,
  leftOut: 'die Angabe entfällt',
  thePreset: 'der Wert der Vorlage',

  behindQuestionMark: 'Die Einstellungen stehen hinter einem ? statt hinter einem # und werden trotzdem gelesen',
  besideQuestionMark: 'Einstellungen hinter einem ? werden neben denen hinter dem # nicht gelesen',
  linkTooLong: (characters, most) => `Dieser Link hat ${spellWhole(characters)} Zeichen (höchstens ${spellWhole(most)})`,
  notReadable: (text) => `${text} ist kein lesbarer Text`,
  brokenCode: (text) => `${text} ist kein lesbarer Text (ein kaputter %-Code)`,
  noKey: (text) => `${text} hat keinen Schlüssel (Schlüssel=Wert)`,
  givenTwice: (key) => `${key} ist mehr als einmal angegeben`,
  theFirst: (value) => `verwendet wird das erste (${value})`,
  noValue: (key) => `${key} hat keinen Wert (${key}=…)`,
  linkLacks: (keys) =>
    `Diesem Link ${keys.length === 1 ? 'fehlt' : 'fehlen'} von seinem Lauf ${keys.join(' und ')}, ${keys.length === 1 ? 'eine für einen Link zu lange Tabelle' : 'für einen Link zu lange Tabellen'} von Schrittweiten (stattdessen die Experimentdatei des Laufs öffnen)`,
  namesNoSetting: 'benennt keine Einstellung',

  notAVersion: (known) => `ist keine Version von Links, die diese Seite kennt (${known.join(', ')})`,
  readAs: (version) => `gelesen wird er als ${version}`,
  notAPreset: (known) => `ist keine Vorlage (${list(known)})`,
  notASetting: 'ist keine Einstellung',
  notASettingOf: (known) => `ist keine Einstellung (${list(known)})`,
  notBuilt: 'ist noch nicht gebaut',
  notBuiltBut: (what) => `ist noch nicht gebaut (${what})`,
  bothSetTheStepSize: (one, other) => `${one} und ${other} legen beide die Schrittweite fest`,
  notStart: 'ist nicht 1 (beim Öffnen starten)',
  waitsForRun: 'die Seite wartet auf „Start“',

  isNot: (what, right) => `ist als ${what} ungültig (${right})`,
  tooSmall: (what, right) => `ist als ${what} zu klein (${right})`,
  tooLarge: (what, right) => `ist als ${what} zu groß (${right})`,
  range: (min, max) => `${limit(min)} bis ${limit(max)}`,
  orWord: (what, word) => `${what} (oder ${word})`,
  emptyWord: 'ein leeres Wort',
  aSize: 'Größe',
  aStep: 'Schritt',
  aStepSize: 'Schrittweite',
  aSharpness: 'Schärfe, die gehalten wird,',
  tooManyEntries: (entries, most) => `hat ${entries} Einträge (höchstens ${most})`,
  notATable: 'ist keine Tabelle von Schrittweiten (Schritt:Weite,Schritt:Weite, z. B. 0:0.5,10:0.13)',
  tableMustRise: (step, before) => `ist keine Tabelle von Schrittweiten: Ihre Schritte müssen steigen, aber ${step} kommt nach ${before}`,
  notAPlan: (why) => `ist kein Plan: ${why}`,
  planTooLong: (steps, most) => `braucht ${steps} Schritte (höchstens ${limit(most)})`,
  planTooShort: 'trainiert keinen Schritt (A:200,B:200,A+B>M:400)',
  planTooWide: (times, most) => `ergibt ein Modell, ${times}-mal so breit wie ein Quellnetz (höchstens ${most}-mal)`,

  namesNothing: 'benennt nichts',
  hasOne: (word, complaint) => `enthält ${word}; das ${complaint}`,
  notALanguage: 'ist keine Sprache dieser Seite (en, de)',
  aView: 'Ansicht der Seite',
  notAPart: (known) => `ist kein Teil der Seite, der sich ausblenden lässt (${list(known)})`,
  notLockable: 'ist keine Einstellung, die sich sperren lässt (preset oder ein Schlüssel eines Links wie h oder seed)',
  notPacked: (most) => `ist keine Kurve, die „Teilen“ gepackt hat (höchstens ${most} Buchstaben)`,
  notALesson: (known) => `ist keine Lektion (${list(known)})`,
  notADrawnCurve: (most) => `ist keine gezeichnete Kurve (2 bis ${most} Punkte wie 100:2.1,140:1.5, in der Reihenfolge ihrer Schritte)`,
  noStepOfLesson: (first) => `benennt keinen Schritt der Lektion (${first} ist der erste)`,

  growsTooLate: (grow, last) => `legt das Wachstum (Schritt ${grow}) hinter den letzten Schritt (${last})`,
  tooManyExamples: (task, most) => `verlangt mehr Beispiele, als ${task} hat (${limit(most)})`,
  tooManyProbes: (task, most) => `verlangt mehr Probebeispiele, als ${task} zurückhält (${limit(most)})`,
  batchTooLarge: (batch, examples) => `macht den Batch (${batch}) größer als die Trainingsmenge (${examples})`,
  probeInVain: 'hat keine Wirkung bei batch=full: Dort ist die Probemenge die Trainingsmenge',
  textInVain: (corpus, task) => `nennt einen Text (corpus=${corpus}) für task=${task}, und diese Aufgabe liest keinen`,
  planWithoutIt: 'der Plan ohne ihn',
  wordsOfTheWorld: 'kennt die Wörter der kleinen Welt und keine anderen',
  memoryOfSize: (gigabytes) => `ergibt mit dem, wozu es verschmolzen wird, Modell und Batch von etwa ${gigabytes} GB (höchstens 2 GB)`,
  sizeOfThePreset: 'die Größe der Vorlage',
  memoryOf: (gigabytes) => `ergibt mit den anderen Größen Modell und Batch von etwa ${gigabytes} GB (höchstens 2 GB)`,
  planWithoutTasks: 'der Plan ohne eigene Aufgaben',
  besideAPlan: 'hat neben einem Plan keine Wirkung',
  besideThisPlan: 'hat neben diesem Plan keine Wirkung',
  thePlan: 'der Plan',
  noPlanFor: (operator, why) => `ist kein Plan für op=${operator}: ${why}`,
  edgeNotOfLoss: (holding, instead) =>
    `Seine Stabilitätsgrenze ist eine der vorkonditionierten Krümmung, nicht des λmax des Verlusts (das halten ${list(holding)}; hier geht eine Schrittweite wie h=${instead})`,
  notHeldWith: (optimizer, why) => `wird mit opt=${optimizer} nicht gehalten: ${why}`,
  holdsNone: (held, why) => `hält keine Schrittweite an der Schärfe (${held}): ${why}`,
  weightsAreCopies: (operator) => `hat keine Bedeutung für ${operator}: Dessen hinzugefügte Gewichte sind Kopien`,
  keepsOneNorm: (operator) => `hat keine Bedeutung für op=${operator}: Es bleibt bei einer Norm`,
  releaseTooLong: (steps) => `dauert noch an, wenn das nächste Wachstum kommt (${steps} Schritte nach dem vorigen)`,

  fileNotJson: (why) => `Die Datei ist kein JSON (${why})`,
  fileHolds: (what) => `Die Datei enthält ${what}; sie muss ein Objekt mit den Einstellungen eines Experiments enthalten`,
  theFile: (why) => `Die Datei: ${why}`,
  ofKey: (key, complaint) => `${key}: ${complaint}`,
  cantBeUsed: (value, why) => `${value} ist nicht verwendbar (${why})`,

  mustBe: {
    number: 'es muss eine Zahl sein',
    int: 'es muss eine ganze Zahl sein',
    string: 'es muss ein Text sein',
    boolean: 'es muss true oder false sein',
    array: 'es muss eine Liste sein',
    tuple: 'es muss eine Liste sein',
    object: 'es muss ein Objekt sein',
  },
  mustBeAtLeast: (least) => `es muss mindestens ${least} sein`,
  mustBeAtMost: (most) => `es darf höchstens ${most} sein`,
  mustHaveAtLeast: (least) => `die Länge muss mindestens ${least} sein`,
  mustHaveAtMost: (most) => `die Länge darf höchstens ${most} sein`,
  mustBeOneOf: (right) => `es muss ${right.length === 1 ? '' : 'eines von '}${list(right)} sein`,
  notKnown: (keys) => `${list(keys)} ${keys.length === 1 ? 'ist' : 'sind'} dort nicht bekannt`,
  orElse: (complaints) => complaints.join(', oder '),
  notValid: 'es ist nicht gültig',
  tableSteps: 'die Schritte einer Tabelle von Schrittweiten müssen steigen',
};

export const stepSize: Words['stepSize'] = {
  tableOf: (values) => `eine Tabelle mit ${values} Werten`,
  fromStep: (size, step) => `${size} ab Schritt ${step}`,
};

export const sentence: Words['sentence'] = {
  learnTo: 'Aufgabe: ',
  thenTo: ', dann ',
  gapsOf: (text) => `die Lücken in ${text} füllen`,
  with: '; mit ',
  smallNetworks: (networks) => (networks === 1 ? '1 kleinem T5' : `${networks} kleinen T5`),
  networksOfWidth: (networks, width) => `${networks} T5 der Breite ${width}`,
  fusedOnce: 'einmal verschmolzen',
  fusedInPlaces: (places) => `an ${places} Stellen verschmolzen`,
  within: (steps) => ` innerhalb von ${steps}. `,
  whenYouSaySo: 'auf Wunsch verschmolzen',
  after: ' nach ',
  steps: (steps, one) => `${steps} ${one ? 'Schritt' : 'Schritten'}`,
  stepSize: 'Schrittweite',
  thenStepSize: ', dann ',
  batch: 'Batch',
  seed: 'Startwert',
};
