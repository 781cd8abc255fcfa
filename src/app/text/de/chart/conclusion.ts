/** Experiments to try after a run, in German. */
import type { Words } from '../../en.ts';

export const say: Words['conclusion'] = {
  whatHappened: 'Was geschehen ist',
  tryNext: 'Als Nächstes: ',
  closeWhatHappened: 'Was geschehen ist: schließen',
  fuseItWithItselfAtStep: (half) => `bei Schritt ${half} mit sich selbst verschmelzen`,
  fuseThemAtStep: (half) => `bei Schritt ${half} verschmelzen`,
  theSameWithNoiseBetweenThe: 'dasselbe mit Rauschen zwischen den Kopien',
  theSameBesideALargeNetwork: 'dasselbe neben einem großen Netz von Grund auf',
  theNextExample: (title) => `die nächste Vorlage, „${title}“`,
  atStepInsteadOf: (fusion, step, planned) => `${fusion ? 'verschmelzen' : 'wachsen'} bei Schritt ${step} statt ${planned}`,
  theSameWithAnotherSeed: 'dasselbe mit einem anderen Startwert',
  theFirstExampleAgain: 'noch einmal die erste Vorlage',
  endedAt: (model, one, loss) => `${model} endete bei ${one ? 'einem Verlust von ' : ''}${loss}`,
  afterSteps: (steps, one, told) => `nach ${steps} ${one ? 'Schritt' : 'Schritten'}: ${told}`,
  afterReaching: (told, sources, losses) =>
    `${told}; ${sources} ${sources.includes(' und ') ? 'hatten' : 'hatte'} zuvor ${losses} erreicht`,
  lowestOnTheWay: (loss, lowest) => `${loss} (unterwegs am niedrigsten ${lowest})`,
  answered: (model, share, task) => `${model} antwortete zu ${share} richtig (Aufgabe: ${task})`,
  bestAnswered: (share, step) => ` (am besten ${share} bei Schritt ${step})`,
  besideAnswered: (who, share) => `${who} zu ${share}`,
  aGuess: (share) => `Raten zu ${share}`,
  against: (others) => (others === '' ? '' : `, dagegen ${others}`),
  besideEndedAt: (who, loss) => `${who} endete bei ${loss}`,
  theSmallNetworkAlone: 'das kleine Netz allein',
  theLargeOneFromScratch: 'das große von Grund auf',
  theLargeOneWithoutReading: 'das große ohne Lesen',
  controlBy: (flow, error) => ` („${flow}“ um ${error})`,
  wasOffBy: (flow, error, control) => `die Vorhersage „${flow}“ lag im Mittel um ${error} daneben${control}`,
  asMuchCompute: (loss) => `einen Verlust von ${loss} zu erreichen, kostete etwa so viel Rechenaufwand wie von Grund auf`,
  lessCompute: (loss, percent) =>
    `einen Verlust von ${loss} zu erreichen, kostete mit diesem Startwert ${percent} % weniger Rechenaufwand als von Grund auf`,
  moreCompute: (loss, times) =>
    `einen Verlust von ${loss} zu erreichen, kostete mit diesem Startwert das ${times}-Fache des Rechenaufwands von Grund auf`,
};
