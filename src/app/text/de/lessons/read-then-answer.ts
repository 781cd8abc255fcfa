/** Read, then answer, in German: what reading with gaps brings to questions that come later. */
import type { Words } from '../../en.ts';

export const say: Words['lessonReadThenAnswer'] = {
  title: 'Erst lesen, dann antworten',
  idea: 'Ein Netz, das viele Geschichten gelesen hat, lernt aus wenigen Beispielen, Fragen dazu zu beantworten. Das Lesen allein beantwortet keine.',

  alone: 'Ohne Lesen',
  aloneText: [
    '{A} bekommt kleine englische Geschichten und wird gefragt, wer was hat. Zum Lernen hat es 200 Beispiele. Danach wird es nach Geschichten gefragt, die es nie gesehen hat.',
    'Einer von acht Namen ist richtig: Wer rät, hat bei 12,5 % der Fragen recht.',
  ],
  aloneAsk: 'Wie viele von hundert neuen Fragen beantwortet es nach 150 Schritten mit diesen Beispielen?',
  percent: 'Prozent richtig',
  aloneEnds: (exact) => `Es beantwortete ${exact} der Fragen zu neuen Geschichten.`,

  read: 'Lesen',
  readText: [
    'Nun beginnt {A} von vorn. Zuerst liest es: Geschichten mit Lücken darin, und es lernt, die Lücken zu füllen. Niemand fragt es etwas. Das dauert 800 Schritte, der längste Lauf dieser Lektion.',
    'Wie das Training von dort weitergeht, zeigt der nächste Schritt.',
  ],
  readAsk: 'Beantwortet es am Ende des Lesens irgendeine Frage?',
  readEnds: (loss, exact) =>
    `Das Lesen brachte den Verlust an Lücken auf ${loss}. Von den Fragen beantwortet es ${exact}: Was eine Frage ist, hat ihm noch niemand gesagt.`,

  learn: 'Und dann antworten',
  learnText: (exact) => [
    'Nun lernt es aus denselben 200 Beispielen, 150 Schritte lang.',
    exact === null ? 'Das Netz, das nicht gelesen hatte, lernte aus denselben.' : `Das Netz, das nicht gelesen hatte, kam auf ${exact}.`,
  ],
  learnAsk: 'Wie viele von hundert neuen Fragen beantwortet es jetzt?',
  learnEnds: (exact) => `Nach dem Lesen beantwortet es ${exact} der neuen Fragen.`,

  more: 'Oder mehr Beispiele?',
  moreText: (exact) => [
    'Beispiele mit einer Antwort sind teuer: Jemand muss sie schreiben. Hier ist ein Netz, das nichts gelesen hat und aus 800 von ihnen lernt, viermal so vielen.',
    exact === null ? 'Es macht ebenfalls 150 Schritte.' : `Das, welches gelesen hat, lernte aus 200 und kam auf ${exact}.`,
  ],
  moreAsk: 'Bringen viermal so viele Beispiele so viel wie das Lesen?',
  moreEnds: (exact, read) =>
    `Mit 800 Beispielen und ohne Lesen beantwortet es ${exact}${read === null ? '' : `, mit Lesen und 200 Beispielen ${read}`}.`,

  open: 'Jetzt Sie',
  openText: [
    'Ohne Lesen, 200 Beispiele. Ändern Sie im Bereich darunter, unter „Aufbau“, was Sie möchten (die Größe des Netzes, seinen Startwert, die Zahl der Schritte), und lassen Sie den Lauf rechnen.',
  ],
  openAsk: 'Wird Ihres auf so viel kommen wie das, welches gelesen hat?',
  openEnds: (exact, read) => `Ihres beantwortet ${exact}${read === null ? '' : `, das, welches gelesen hat, ${read}`}.`,
  openTask:
    'Eine offene Aufgabe: Öffnen Sie die Vorlage „Erst lesen, dann antworten“. Dort lesen zwei Netze, werden verschmolzen und lesen weiter.',

  further: [
    'Füllen Sie die Lücke: „Tom has the red ____.“ Was muss man wissen, um sie zu füllen? Was davon hilft bei der Frage „who has the red ball?“',
    'Ein Netz hat bei 50 % der Fragen recht, und einer von acht Namen ist richtig. Ist das mehr als Raten?',
    'Warum wird es nach Geschichten gefragt, die es nie gesehen hat?',
  ],
  misconceptions: [
    [
      'Ein Netz, das viel gelesen hat, kann antworten.',
      'Es kann Lücken füllen. Was eine Frage ist, lernt es aus Beispielen, und davon braucht es wenige.',
    ],
    [
      'Mehr Beispiele sind immer der bessere Weg.',
      'Sie kosten die Arbeit von Menschen. Text ohne Antworten ist billig und bringt vielleicht mehr.',
    ],
  ],
};
