/** Runs that are kept on this device, in German. */
import type { Words } from '../../en.ts';

export const say: Words['kept'] = {
  yourRunIsKept: 'Ihr Lauf ist auf diesem Gerät gespeichert.',
  wasLeftAt: (what, step, end) => `${what} wurde bei Schritt ${step} von ${end} verlassen.`,
  goOnAt: (step) => `Weiter bei Schritt ${step}`,
  unnamed: (preset, seed) => `${preset}, Startwert ${seed}`,
  noRoom: 'Auf diesem Gerät ist kein Platz, um diesen Lauf zu speichern.',
  trainingGoesOn: 'Das Training geht weiter, und was davon schon gespeichert ist, bleibt.',
  couldBeDeleted: (runs, megabytes) =>
    runs === 1 ? `Ein älterer Lauf belegt ${megabytes} MB.` : `${runs} ältere Läufe belegen ${megabytes} MB.`,
  deleteThem: (runs) => (runs === 1 ? 'Ihn löschen' : `Diese ${runs} Läufe löschen`),
  freeSome: 'Andere Daten dieses Browsers müssten weichen, um Platz zu schaffen.',
  notWritten: 'Dieser Lauf konnte auf diesem Gerät nicht gespeichert werden.',
  itIsTriedAgain: 'Das Training geht weiter, und in einer halben Minute wird es erneut versucht.',
  newer: 'Eine neuere Version dieser Seite speichert die Läufe auf diesem Gerät.',
  reloadForIt: 'Diese hier trainiert und speichert nichts. Die Seite neu laden, um die neuere Version zu bekommen.',
  tooLarge: 'Dieser Lauf ist zu groß, um auf diesem Gerät gespeichert zu werden.',
  itsStateIs: (megabytes, most) =>
    `Sein Zustand belegt ${megabytes} MB, und gespeichert werden höchstens ${most} MB. Seine Checkpoints lassen sich mit „Teilen“ sichern, bevor die Seite verlassen wird.`,
};
