/** The bar above the page, in German: examples, transport, Fuse. */
import type { Words } from '../../en.ts';

export const say: Words['bar'] = {
  fuseAtStep: (step) => `Bei Schritt ${step} verschmelzen`,
  fuseThemAtStep: (networks, step) => `${networks} bei Schritt ${step} verschmelzen`,
  pressRunFirstThereIs: 'Zuerst „Start“ drücken: Noch gibt es nichts zu verschmelzen.',
  theSourcesBecomeTheBlocks: 'Die Quellnetze werden zu Blöcken eines größeren Netzes.',
  fusingOf: (done, total) => `Verschmilzt ${done} von ${total}`,
  fusing: 'Verschmilzt',
  fuseAgain: 'Erneut',
  fuseNow: 'Verschmelzen',
  backToStepAndFuseThere: (step) =>
    `Zurück zu Schritt ${step} und dort neu verschmelzen. Was davor liegt, wird nicht noch einmal trainiert.`,
  nothingCanBeFusedAtThis: 'Bei diesem Schritt lässt sich nichts verschmelzen.',
  fuseWithItselfAtStepA: (network, step, copies) =>
    `${network} bei Schritt ${step} mit sich selbst verschmelzen: ein Netz, das ${copies === 2 ? 'doppelt' : `${copies}-mal`} so breit ist.`,
  fuseSeveralAtStep: (networks, step) => `${networks} bei Schritt ${step} verschmelzen.`,
  predictedLossAtStep: (step, loss) => `Vorhergesagter Verlust bei Schritt ${step}: ${loss}`,
  thisPresetAsksForNo: 'Diese Vorlage verlangt keine Vorhersage.',
  predictingWhereTheLossWill: (progress) => `Vorhersage des weiteren Verlusts${progress === null ? ' …' : `: ${progress}`}`,
  aFusionHereAndNowIs:
    'Eine Verschmelzung hier und jetzt wird für diesen Optimierer nicht vorhergesagt: Sein Fluss beginnt erst nach einer Aufwärmphase.',
  more: 'Mehr',
  theMenu: 'Das Menü',
  lessons: 'Lektionen',
  version: (title, version) => `${title} (Version ${version})`,
  preset: 'Vorlage',
  seed: (seed) => `Startwert ${seed}`,
  step: 'Schritt ',
  ofSteps: (steps) => ` von ${steps}`,
  deepFusionPlayground: 'Deep Fusion Playground',
  transport: 'Ablauf',
  share: 'Teilen',
  leavePresenting: 'Vorführung verlassen',
  pause: 'Pause',
  run: 'Start',
  restartWithChanges: 'Mit Änderungen neu starten',
};
