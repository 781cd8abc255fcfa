/** The messages of a run, by code, in German. Loaded after the language is chosen: it speaks of declared tables. */
import { FLOW_ROWS } from '../../../experiment/declared/flows.ts';
import { asItIs, exactFigures, fixed, gigabytes, spellLoss } from '../../../experiment/messages/numbers.ts';
import type { Messages } from '../../../experiment/messages/say.ts';
import { FAULTS } from './faults.ts';
import { FILES } from './files.ts';

const listed = (names: readonly string[]): string => names.join(' und ');
const flowIn = (flow: keyof typeof FLOW_ROWS): string => `„${FLOW_ROWS[flow].words}“`;

export const MESSAGES: Messages = {
  ...FAULTS,
  ...FILES,
  error: ({ text }) => text,

  'prediction-stopped': ({ why }) => `Die Vorhersage ist abgebrochen: ${why}`,
  'prediction-not-made': ({ why }) => `Die Vorhersage ist nicht möglich: ${why}`,
  'map-stopped': ({ why }) => `Die Karte ist abgebrochen: ${why}`,
  'map-not-shown': ({ why }) => `Die Karte kann nicht gezeigt werden: ${why}`,
  'looks-stopped': ({ why }) => `Wie die Netze aussehen, wird nicht mehr gezeigt: ${why}`,
  'sharpness-not-measured': ({ why }) => `Die Schärfe wird nicht gemessen: ${why}`,
  'ensemble-not-measured': ({ why }) => `Das Ensemble wird nicht gemessen: ${why}`,
  'answers-not-measured': ({ why }) => `Wie gut die Antworten sind, wird nicht gemessen: ${why}`,
  'samples-not-shown': ({ why }) => `Beispiele werden nicht gezeigt: ${why}`,
  'growth-not-looked-at': ({ why }) => `Das Wachstum wird nicht untersucht: ${why}`,

  'kept-not-opened': ({ why }) => `Der gespeicherte Lauf kann nicht weitergehen: ${why}`,
  'kept-elsewhere': () => 'Dieser Lauf geht auch in einem anderen Tab weiter: Was hier trainiert wird, wird als seine Kopie gespeichert.',
  'kept-gone': () => 'er ist auf diesem Gerät nicht mehr gespeichert',
  'kept-by-other-version': ({ newer }) =>
    `er wurde von einer ${newer ? 'neueren' : 'älteren'} Version dieser Seite gespeichert, deren Schritte andere Bits haben; seine Kurven können gezeigt und er kann neu begonnen werden`,
  'kept-curves-only': () => 'von ihm sind nur die Kurven hier',
  'kept-without-newest': () => 'sein neuester Zustand fehlt',
  'kept-without-curves': () => 'seine Kurven fehlen',
  'not-kept-bytes': ({ why }) => `das ist kein gespeicherter Lauf: ${why}`,
  'kept-without-mark': ({ mark }) => `seine ersten Bytes sind nicht ${mark}`,
  'kept-text-too-long': ({ bytes, all }) => `er gibt für seinen Text ${bytes} Bytes an und hat insgesamt ${all}`,
  'kept-text-unreadable': () => 'sein Text lässt sich nicht lesen',
  'kept-no-place': ({ place }) => `${place} ist kein Platz eines Feldes`,
  'kept-cut-off': () => 'er endet vor dem Ende seines letzten Feldes',
  'kept-overlapping': () => 'seine Felder brauchen mehr Bytes, als es hat',
  'kept-no-map': () => 'eine seiner Zuordnungen ist keine',
  'file-not-of-runs': ({ schema, right }) => `diese Datei ist keine Sammlung von Läufen: Ihr Schema ist ${schema}; es muss ${right} sein`,
  'file-of-runs-changed': () => 'die Datei wurde verändert oder abgeschnitten, seit sie geschrieben wurde; bitte das Original nehmen',
  'file-run-not-whole': () => 'diese Datei ist keine Sammlung von Läufen: Einer davon ist unvollständig',
  'not-done': ({ command, why }) => `${command} war nicht möglich: ${why}`,
  'nothing-loaded': ({ command }) => `Noch ist nichts geladen: ${command} muss warten.`,
  'do-this-instead': ({ refused, instead }) => `${refused} ${instead}`,
  'held-in-mid-run': () => 'Eine gehaltene Schärfe kann sich mitten im Lauf nicht ändern: Kein Link könnte diesen Lauf wiedergeben.',
  'run-a-branch': () => 'Stattdessen als Zweig rechnen.',
  'press-run-first': () => 'Zuerst „Start“ drücken: Noch gibt es nichts zu verschmelzen.',
  'nothing-to-fuse': () => 'Bei diesem Schritt lässt sich nichts verschmelzen: Kein Netz der nächsten Verschmelzung trainiert.',
  'number-out-of-range': ({ name, value, min, max }) => `${name} ist ${value}; es muss eine ganze Zahl von ${min} bis ${max} sein`,
  'too-much-memory': ({ bytes, most }) =>
    `Diese Netze und ihr Batch brauchen etwa ${gigabytes(bytes, 1024 ** 3)} GB; ${gigabytes(most, 1024 ** 3)} GB sind das Höchste`,

  'network-with-tokens': ({ model, name }) => `${model} beginnt mit ${name}, dessen Token die der Aufgabe sind.`,
  'network-without-tokens': ({ model, name, task }) =>
    `${model} beginnt mit ${name}. Daneben liegt keine tokenizer.json: Seine Token gelten als die von ${task}, Nummer für Nummer.`,
  'network-other-tokens': ({ model, name, task, id, own, other }) =>
    `${model} beginnt mit ${name}, das andere Token hat als ${task}: Nummer ${id} ist ${JSON.stringify(own)} in der Datei und ${JSON.stringify(other)} in der Aufgabe. Es bekommt die Nummern der Aufgabe und muss neu lernen, was sie bedeuten.`,

  'memory-needed': ({ bytes }) =>
    `Diese Netze brauchen etwa ${gigabytes(bytes, 1e9)} GB Speicher. Sie werden angelegt, wenn „Start“ gedrückt wird.`,
  'step-size-changed': ({ after }) => `Die Schrittweite ${after ? 'nach' : 'vor'} dem Wachstum wurde geändert.`,
  'on-from': ({ step }) => `Weiter ab Schritt ${step}.`,
  'held-as-in-version-1': ({ optimizer }) =>
    `Die Schrittweite wird an λmax des Verlusts gehalten, wie in Version 1 der Links: Dort liegt die Grenze von ${optimizer} nicht`,
  'norms-are-one': ({ model }) => `Die Normen von ${model} sind jetzt eine: Es ist ein übliches T5.`,
  grew: ({ sources, target, fused, average }) =>
    `Aus ${listed(sources)} wurde ${target}: Verlust ${spellLoss(fused, 3)}, der ihrer gemittelten Ausgaben ${spellLoss(average, 3)}`,
  'beside-unread': () => 'Das Netz ohne Lesen',
  'beside-scratch': () => 'Das Netz von Grund auf',
  'beside-alone': () => 'Das kleine Netz allein',
  'beside-alone-of': ({ model }) => `Das kleine Netz ${model} allein`,
  'left-out-diverged': ({ loss }) => `es ist divergiert, mit einem Verlust von ${exactFigures(loss, 3)}`,
  'left-out-not-held': ({ lambda }) => `an seiner Schärfe von ${asItIs(lambda)} lässt sich keine Schrittweite halten`,
  'left-out-loss': ({ loss }) => `sein Verlust ist ${asItIs(loss)}`,
  'left-out': ({ who, step, why }) => `${who} endet bei Schritt ${step}: ${why}. Die anderen Netze gehen weiter wie ohne es`,
  'step-size-bounded': ({ models, most, step }) =>
    `Die Schrittweite von ${listed(models)} ist ab Schritt ${step} ${asItIs(most)}, die größte, die es gibt: An der Schärfe gehalten wäre sie größer`,
  'step-size-held-again': ({ models, step }) =>
    `Die Schrittweite von ${listed(models)} wird ab Schritt ${step} wieder an der Schärfe gehalten`,

  'gpu-lost': ({ why, where }) => `GPU verloren (${why}): ${where}`,
  'goes-back': ({ why, where }) => `${why}: ${where}`,
  'in-one-worker': ({ why }) => `${why}: Alle Quellnetze trainieren in einem Worker`,
  'in-one-worker-from': ({ why, where }) => `${why}: Alle Quellnetze trainieren in einem Worker, ${where}`,
  'back-paused': ({ step }) => `zurück bei Schritt ${step}, angehalten`,
  'continuing-from': ({ step, wasm }) => `weiter ab Schritt ${step}${wasm ? ' mit WebAssembly' : ''}`,
  'not-loaded': () => 'es lässt sich nicht laden',
  'loading-again': ({ wasm }) => `lädt noch einmal${wasm ? ' mit WebAssembly' : ''}`,
  'no-way-back': ({ step, why }) => `Zu Schritt ${step} führt kein Weg zurück: ${why}`,

  'composite-for-fusions': ({ operator }) =>
    `Die Verkettung wird nicht gezeichnet: Sie ist für Verschmelzungen bekannt, nicht für op=${operator}.`,
  'composite-beyond-window': ({ time }) =>
    `Die Verkettung wird nicht gezeichnet: n·h·λ ist ${fixed(time, 1)} mit einem Schritt auf jeder Seite des Wachstums, oder die Schrittweiten ändern sich dort.`,

  'full-batch-flow': ({ flow }) =>
    `${flowIn(flow)} ist nur für den Gradientenabstieg mit vollem Batch bekannt und wird hier nicht gezeichnet.`,
  'not-for-mini-batches': ({ flow }) =>
    `${flowIn(flow)} gehört zum Gradientenabstieg mit vollem Batch und wird für Mini-Batches nicht gezeichnet.`,
  'not-for-optimizer': ({ flow, optimizer }) => `${flowIn(flow)} gehört zum Gradientenabstieg und wird für ${optimizer} nicht gezeichnet.`,
  'self-held-needs-held': () =>
    'Die Prognose mit eigener Schärfe ist für eine Schrittweite, die an der Schärfe gehalten wird: Mit einer gegebenen wäre sie der modifizierte Fluss.',
  'central-needs-constant': () =>
    'Der zentrale Fluss ist für eine konstante Schrittweite: Er wird nicht gezeichnet, wo sie sich ändert oder an der Schärfe gehalten wird.',
  'principal-window': ({ window }) =>
    `Der Hauptrichtungsfluss ist auf einer quadratischen Funktion genau, solange h · λmax unter ${asItIs(window)} liegt. Darüber springt ein Schritt über das Tal, und das tut kein Fluss.`,
  'in-the-mean': ({ runs }) =>
    `Flüsse von Mini-Batches gelten im Mittel über Mischungen: Sie werden mit dem Mittel von ${runs} Läufen anderer Mischungen vom selben Anfang verglichen, deren Streuung das Band ist. Gradienten sind in vollen Batches gezählt.`,
  'after-warm-up': ({ start, growth, warmUp, steps, optimizer }) => {
    const begins = [...(start ? [`ab Schritt ${warmUp}`] : []), ...(growth ? [`ab ${warmUp} Schritten nach dem Wachstum`] : [])];
    return `Gezeichnet ${listed(begins)}, wenn die Mittelwerte aufgewärmt sind, für ${steps} Schritte: So lange galt der Fluss von ${optimizer}, soweit gemessen.`;
  },

  'unpredicted-adafactor': () =>
    'Für Adafactor nicht vorhergesagt, weil sein Schritt vom RMS jedes Tensors und von Mitteln über Zeilen und Spalten abhängt und dafür kein korrigierter Fluss bekannt ist.',
  'unpredicted-clipped': ({ norm }) =>
    `Nicht vorhergesagt, wenn Gradienten auf eine Norm von ${asItIs(norm)} gekürzt werden: Manche Schritte werden kürzer, andere nicht, und dafür ist kein korrigierter Fluss bekannt. Ohne Kürzung kann es einen geben.`,
  'unpredicted-outside': ({ optimizer, reasons }) =>
    `Für ${optimizer} nicht vorhergesagt: ${reasons}. Außerhalb dieser Grenzen läuft der korrigierte Fluss dem Lauf davon.`,
  'outside-beta1': ({ value, from }) => `β1 ist ${asItIs(value)} (der Fluss gilt bei 0 und ab ${asItIs(from)})`,
  'outside-beta2': ({ value, most }) => `β2 ist ${asItIs(value)} (der Fluss gilt bis ${asItIs(most)})`,
  'outside-epsilon': ({ value, least, most }) => `ε ist ${asItIs(value)} (der Fluss gilt von ${asItIs(least)} bis ${asItIs(most)})`,
  'outside-decay': ({ value }) => `die Gewichte zerfallen um ${asItIs(value)}, was der Fluss nicht kennt`,
  'outside-step-size': ({ value, most }) => `die Schrittweite ist ${asItIs(value)} (der Fluss gilt bis ${asItIs(most)})`,
  'outside-warm-up': ({ value, least }) => `die Mittelwerte hatten ${value} Schritte (der Fluss gilt nach ${least})`,
  also: ({ first, next }) => `${first}; ${next}`,
  'unpredicted-stage-options': () => 'Nicht vorhergesagt, wo Etappen eigene Aufgaben oder Schrittweiten haben.',
  'unpredicted-drawn-anew': () =>
    'Nicht vorhergesagt, wo Beispiele bei jedem Durchgang neu gezogen werden; beim vollen Batch bleibt eine Ziehung bestehen.',
  'unpredicted-held': ({ optimizer }) =>
    `Für ${optimizer} nicht vorhergesagt, wenn die Schrittweite an der Schärfe gehalten wird, die über seine Schritte nichts sagt; eine konstante wählen.`,
  'unpredicted-mini-batches': ({ optimizer }) =>
    `Für ${optimizer} mit Mini-Batches nicht vorhergesagt: Ein Fluss dafür ist nur beim Gradientenabstieg bekannt; den vollen Batch wählen.`,
  'unpredicted-uneven': ({ batch, examples }) =>
    `Nicht vorhergesagt mit Batches von ${batch}, die eine Epoche von ${examples} Beispielen nicht gleichmäßig teilen.`,
  'unpredicted-many-batches': ({ batches, most }) =>
    `Nicht vorhergesagt mit ${batches} Batches je Epoche, weil jede Auswertung des Flusses von jedem zwei Gradienten nimmt (bis zu ${most} werden integriert).`,
  'unpredicted-release': () =>
    'Nicht vorhergesagt, während getrennte Normen in eine gelöst werden: Der Verlust selbst ändert sich von Schritt zu Schritt.',
  'unpredicted-at-once': () => 'Nicht vorhergesagt, wo ein Netz wächst, sobald es begonnen hat.',
  'unpredicted-moved-on': ({ model }) => `Nicht vorhergesagt, wo ${model} aus einem Netz wächst, das inzwischen weitertrainiert hat.`,
  'map-mini-batches': () =>
    'Mit Mini-Batches nicht vorhergesagt, deren Flüsse mehr kosten als die Läufe einer Karte; den vollen Batch wählen.',
  'map-no-forecast': ({ optimizer }) =>
    `Der Gradientenfluss ist keine Prognose für ${optimizer}: Die Zellen werden gemessen, nicht vorhergesagt.`,
  'map-needs-table': () =>
    'Die Schrittweite wird an der Schärfe gehalten: Nach einem ersten Lauf ist ihre Tabelle bekannt, und die Karte lässt sich füllen.',
};
