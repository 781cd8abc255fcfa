/** The presets, in German. */
import type { Words } from '../../en.ts';

export const presets: Words['presets'] = {
  'first-fusion': {
    title: 'Erste Verschmelzung',
    sentence: 'Aus zwei kleinen Netzen wird eines. Der beste Anfang.',
    doesNotShow:
      'Sie zeigt nicht, dass Verschmelzen billig ist. In jedem von 16 Startwerten kommt ein großes Netz von Grund auf für weniger ebenso niedrig: Die Verschmelzung braucht das 2,2-Fache seines Rechenaufwands (Median; von 1,1 bis 3,9).',
  },
  'see-the-theory': {
    title: 'Die Theorie sehen',
    sentence: 'Ein Netz lernt sortieren. Eine Vorhersage bleibt auf seiner Kurve, die andere treibt davon.',
    doesNotShow:
      'Sie zeigt keine Prognose im Voraus: Die Schrittweiten sind die, zu denen der Lauf gekommen ist, und die Vorhersagen brauchen mehr Gradienten als das Training.',
  },
  edge: {
    title: 'Über die Grenze',
    sentence: 'Eine feste Schrittweite, und eine Kurve, die zu steil für sie wird: Welche Vorhersage hält noch?',
    doesNotShow:
      'Sie zeigt nicht, dass die Theorie die Grenze kommen sieht: Der zentrale Fluss hält jenseits davon, mit vielen Gradienten je Schritt, sagt aber weder, wann sie erreicht wird, noch wie hoch eine einzelne Spitze geht.',
  },
  'self-fusion': {
    title: 'Die Symmetriefalle',
    sentence:
      'Ein Netz mit sich selbst verschmolzen: Die Kopien bleiben Zwillinge und trainieren wie das kleine Netz mit anderen Schrittweiten für Einbettung und Ausgabekopf.',
    doesNotShow:
      'Sie zeigt nicht, dass sich nichts ändert. Die anderen Schrittweiten sind hier die besseren: Die Kopien enden um 0,080 niedriger als das kleine Netz allein (Median von 16 Startwerten; von 0,054 bis 0,138).',
  },
  'broken-symmetry': {
    title: 'Die Falle, gebrochen',
    sentence: 'Dieselbe Selbstverschmelzung mit Rauschen von 0,3 zwischen den Kopien: Sie trennen sich und können Verschiedenes lernen.',
    doesNotShow:
      'Sie zeigt nicht, dass sich das Trennen immer lohnt. Hier endet Rauschen um 0,192 niedriger als genaue Kopien (Median von 16 Startwerten; von 0,060 bis 0,627); wo aber ein Netz mit fester Schrittweite sortiert, liegen ein Rauschen von 0,3 und keines gleichauf (0,253 ± 0,032 und 0,263 ± 0,068; drei Startwerte).',
  },
  'four-to-one': {
    title: 'Aus vier wird eins',
    sentence:
      'Wachstum nach Plan: Aus vier kleinen Netzen werden zwei, und aus den zweien eines. Die Vorhersage geht durch beide Verschmelzungen.',
    doesNotShow:
      'Sie zeigt nicht, dass sich Wachstum in Etappen lohnt: Nichts trainiert daneben. Verglichen wird das in „Growth as a schedule“ unter „Was gemessen wurde“.',
  },
  'fusing-wins': {
    title: 'Wenn Verschmelzen gewinnt',
    sentence:
      'Bei wenigen Wörtern haben die kleinen Netze gelernt, was sie können. Verschmolzen, mit einer Schrittweite, die dann abklingt, kommen sie niedriger als eines von ihnen oder ein großes von Grund auf bei gleichem Rechenaufwand.',
    doesNotShow:
      'Sie zeigt nicht, dass Verschmelzen besser ist, als die kleinen Netze gemeinsam zu befragen. Mit derselben Wahl der Schrittweiten und ihres Abklingens liegen drei von ihnen, gemittelt, bei einem Rechenaufwand von 1.100 Schritten des großen Netzes gleichauf (0,347 ± 0,008 gegen 0,343 ± 0,004) und bei 1.300 niedriger (0,330 ± 0,009 gegen 0,342 ± 0,005; drei Startwerte).',
  },
  'fusing-fast': {
    title: 'Wenn Verschmelzen schnell ist',
    sentence: 'Zwei kleine Netze nebeneinander, dann ein großes: ein kürzerer Weg, als das große von Anfang an zu trainieren.',
    doesNotShow: 'Sie zeigt nicht den kürzesten Weg: Das kleine Netz allein kommt früher ebenso niedrig, und mit weniger Rechenaufwand.',
  },
  'naive-moments': {
    title: 'Momente aus dem Nichts',
    sentence: 'Adam, spät im Training: Neue Gewichte beginnen ohne Momente, aber mit dem Schrittzähler der alten, und springen.',
    doesNotShow:
      'Sie zeigt keinen dauernden Schaden: 300 Schritte später liegen die Arten, mit den Momenten umzugehen, wieder dicht beieinander.',
  },
  pronounce: {
    title: 'Englisch aussprechen',
    sentence: 'Von der Schreibung zum Laut mit 27.000 Wörtern des Wörterbuchs. Dauert Minuten, nicht Sekunden.',
    doesNotShow: 'Sie zeigt keinen Vergleich: Nichts trainiert daneben, und nichts wird vorhergesagt.',
  },
  'read-then-answer': {
    title: 'Erst lesen, dann antworten',
    sentence:
      'Zwei kleine Netze füllen die Lücken von Geschichten, werden verschmolzen und lesen weiter. Dann lernt das große aus 200 Beispielen, wer was hat, neben einem, das nie gelesen hat.',
    doesNotShow: 'Sie zeigt nicht, dass es am Verschmelzen liegt: Kein großes Netz, das von Grund auf liest, trainiert daneben.',
  },
  'two-libraries': {
    title: 'Zwei Bibliotheken',
    sentence:
      'Ein kleines Netz liest Moby Dick, ein anderes, was Präsidenten dem Kongress sagten. Verschmolzen lesen sie in dem einen weiter, dann in dem anderen. Dauert Minuten, nicht Sekunden.',
    doesNotShow:
      'Sie zeigt nicht, dass zwei Bibliotheken besser sind als eine: Kein Netz, das beide Texte las, trainiert daneben, und gemessen ist sie über keine Startwerte. Wie gut beide Texte bei der Verschmelzung und an jedem Ende bekannt sind, steht in den Ergebnisdateien.',
  },
  moby: {
    title: 'Nennt mich Ismael',
    sentence:
      'Zwei kleine Netze füllen die Lücken in Moby Dick, Buchstabe für Buchstabe, werden verschmolzen und lesen weiter. Dauert Minuten, nicht Sekunden.',
    doesNotShow:
      'Sie zeigt keinen Vergleich: Nichts trainiert daneben, nichts wird vorhergesagt, und gemessen ist sie über keine Startwerte.',
  },
  'which-first': {
    title: 'Was zuerst?',
    sentence: 'Dieselben zwei Aufgaben in beiden Reihenfolgen: Ein Netz lernt erst übersetzen und dann beurteilen, das andere umgekehrt.',
    doesNotShow:
      'Sie zeigt nicht, welche Reihenfolge besser ist: Die beiden Netze beginnen mit verschiedenen zufälligen Gewichten, und es ist ein Startwert und eine Schrittweite. Nichts wird vorhergesagt.',
  },
};
