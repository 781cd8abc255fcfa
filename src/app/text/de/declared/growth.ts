/** Optimizers, growth operators, norms, moments and new weights, in German. */
import type { Words } from '../../en.ts';

const OURS = 'eigene Idee, keine Arbeit dazu';
const CONTROL = 'eine Kontrolle, keine Arbeit dazu';
const DEEP_FUSION = 'Mazzawi et al., Deep Fusion, arXiv 2306.11903';
const BERT2BERT = 'Chen et al., bert2BERT, arXiv 2110.07143';

export const optimizers: Words['optimizers'] = {
  gd: { words: 'Gradientenabstieg', note: 'Bei vollem Batch vorhergesagt.' },
  momentum: { words: 'Impuls', note: 'Schwere Kugel. Bei vollem Batch vorhergesagt.' },
  adam: { words: 'Adam', note: 'Lernt am schnellsten und braucht Schrittweiten um 0,001.' },
  adamw: { words: 'AdamW', note: 'Adam mit einem Zerfall der Gewichte neben dem Gradienten. Braucht Schrittweiten um 0,001.' },
  adafactor: {
    words: 'Adafactor',
    note: 'Merkt sich zweite Momente nach Zeilen und Spalten. Seine Schrittweite ist relativ zu den Gewichten. Nicht vorhergesagt.',
  },
  rmsprop: {
    words: 'RMSProp',
    note: 'Teilt durch die Wurzel aus dem mittleren Quadrat der Gradienten, einem Mittel, das bei null beginnt: Die ersten Schritte sind lang. Braucht Schrittweiten um 0,001.',
  },
};

export const operators: Words['operators'] = {
  fuse: {
    title: 'Deep Fusion',
    verb: 'verschmolzen',
    explanation:
      'Die Schichten mehrerer Netze stehen nebeneinander als Blöcke eines größeren Netzes, und was sie sagen, wird gemittelt: genau, wenn jeder Block seine eigene Norm behält, und nur beinahe unter der einen Norm eines üblichen T5 (die Verschmelzungslücke). Die Blöcke dazwischen sind neu, und wie sie beginnen, legt diese Seite fest.',
    source: DEEP_FUSION,
  },
  self: {
    title: 'Selbstverschmelzung',
    verb: 'mit sich selbst verschmolzen',
    explanation:
      'Kopien eines Netzes stehen nebeneinander: Ohne Rauschen berechnet das größere Netz genau dasselbe wie das kleine, die Kopien bleiben Zwillinge, und es trainiert wie das kleine Netz mit anderen Schrittweiten für Einbettung und Ausgabekopf. Rauschen zwischen den Kopien, hier die Voreinstellung, ändert sofort, was es berechnet, und lässt sie sich trennen.',
    source: DEEP_FUSION,
  },
  stack: {
    title: 'Stapeln',
    verb: 'auf sich selbst gestapelt',
    explanation:
      'Alle Schichten werden noch einmal auf sich selbst gesetzt; das Netz wird tiefer und bleibt gleich breit. Was es berechnet, ändert sich sofort.',
    source: 'Gong et al., Efficient training of BERT by progressively stacking, ICML 2019',
  },
  net2net: {
    title: 'Net2Net',
    verb: 'durch Net2Net verbreitert',
    explanation:
      'Einheiten werden zufällig kopiert und ihre ausgehenden Gewichte unter den Kopien aufgeteilt; das breitere Netz berechnet also dasselbe. Mit Rauschen unterscheiden sich die Kopien von Anfang an.',
    source: 'Chen, Goodfellow & Shlens, Net2Net, arXiv 1511.05641',
  },
  'bert2bert-fpi': {
    title: 'bert2BERT, funktionserhaltend',
    verb: 'durch bert2BERT verbreitert',
    explanation:
      'Ganze Köpfe und Einheiten werden kopiert und ihre ausgehenden Gewichte aufgeteilt; das breitere Netz berechnet also dasselbe. Es ist Net2Net für Transformer.',
    source: BERT2BERT,
  },
  'bert2bert-aki': {
    title: 'bert2BERT, vorausgreifend',
    verb: 'durch bert2BERT mit Gewichten der Schicht darüber verbreitert',
    explanation:
      'Wie die funktionserhaltende Art, doch kommen die hinzugefügten Einheiten einer Schicht aus der Schicht darüber. Die Funktion bleibt nicht erhalten; dafür sind die Kopien keine Zwillinge.',
    source: BERT2BERT,
  },
  random: {
    title: 'Ecke eines zufälligen Netzes',
    verb: 'in eine Ecke eines großen gesetzt',
    explanation:
      'Das kleine Netz ist eine Ecke eines großen, dessen übrige Gewichte zufällig sind. Das ist Wachstum ohne Sorgfalt: Was gelernt war, geht zunächst unter.',
    source: CONTROL,
  },
  scratch: {
    title: 'von Grund auf',
    verb: 'durch ein großes von Grund auf ersetzt',
    explanation: 'Ein großes Netz beginnt mit zufälligen Gewichten und übernimmt nichts. Das muss jedes Wachstum übertreffen.',
    source: CONTROL,
  },
};

export const norms: Words['norms'] = {
  shared: {
    title: 'gemeinsam',
    explanation:
      'Ein RMS über die gesamte Breite teilt alle Blöcke gleich, wie in jedem üblichen T5. Verschiedene Netze haben verschiedene RMS; darum ist das verschmolzene nicht ihr Mittel: Das ist die Verschmelzungslücke.',
    source: OURS,
  },
  grouped: {
    title: 'getrennt',
    explanation:
      'Jeder Block behält seinen eigenen RMS; darum ist das verschmolzene Netz genau das Mittel seiner Quellnetze. Es ist kein übliches T5, bis es in eine gemeinsame Norm gelöst ist.',
    source: OURS,
  },
  compensated: {
    title: 'gemeinsam, ausgeglichen',
    explanation:
      'Ein RMS, und der Maßstab jedes Blocks mal einer Konstanten, die auf der Probemenge angepasst wird. Die Lücke schließen kann das nicht, da der RMS von Token zu Token streut, aber es hilft, wo sich die Maßstäbe der Quellnetze stark unterscheiden.',
    source: OURS,
  },
};

export const moments: Words['moments'] = {
  reset: {
    title: 'zurücksetzen',
    explanation:
      'Alle Momente und Schrittzähler beginnen bei null, als hätte das Training gerade begonnen. Was der Optimierer von den alten Gewichten wusste, ist verloren.',
    source: 'der einfachste Weg, keine Arbeit dazu',
  },
  transfer: {
    title: 'übertragen',
    explanation:
      'Momente werden nach derselben Regel verschmolzen wie ihre Gewichte, mit den Faktoren, um die sich die Gradienten ändern. Neue Gewichte beginnen mit einem eigenen Schrittzähler, damit ihre ersten Schritte nicht größer sind als die Schrittweite.',
    source: OURS,
  },
  fill: {
    title: 'auffüllen',
    explanation:
      'Wie übertragen, und neue Gewichte bekommen die Momente der Blöcke daneben. Nach einer Selbstverschmelzung sind es die, die sie gehabt hätten.',
    source: OURS,
  },
  naive: {
    title: 'naive Nullen',
    explanation:
      'Neue Gewichte bekommen Momente null und den alten Schrittzähler; ihre Verzerrung wird also nicht berichtigt: Spät im Training ergeben ihre ersten hundert Änderungen zusammen ein Mehrfaches dessen, was sie sollten. Eine Kontrolle, um zu sehen, wozu das Übertragen gut ist.',
    source: CONTROL,
  },
};

export const offDiagonals: Words['offDiagonals'] = {
  zero: {
    title: 'null',
    explanation:
      'Die neuen Blöcke beginnen bei null; zunächst geht also nichts zwischen den Netzen hin und her. Sie lernen vom ersten Schritt an.',
    source: OURS,
  },
  noise: {
    title: 'Rauschen',
    explanation:
      'Kleine zufällige Werte, σ-mal der RMS der Blöcke auf der Diagonale. Nach einer Selbstverschmelzung unterscheiden sie die Kopien.',
    source: OURS,
  },
  random: {
    title: 'zufällig, wie eine neue Schicht',
    explanation: 'Der übliche Anfang der Schicht, mal σ. Was die Netze berechneten, wird von Anfang an gestört.',
    source: OURS,
  },
};
