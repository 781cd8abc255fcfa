/** Training while nobody sees the page, and the screen that is kept on, in German. */
import type { Words } from '../../en.ts';

export const say: Words['background'] = {
  slowerOutOfSight: 'Solange dieser Tab verborgen war, wurde langsamer trainiert.',
  bothSpeeds: (seconds, hidden, seen) =>
    `${hidden} Schritte pro Sekunde über ${seconds} s im Verborgenen, ${seen}, solange er zu sehen war.`,
  whatBrowsersDo:
    'Browser bremsen Tabs, die niemand sieht, frieren manche ein, um den Akku zu schonen, und ein Telefon hält sie an, wenn sein Bildschirm dunkel wird. Keine Zahl des Laufs ändert sich dadurch.',
  background: 'Im Hintergrund',
  itTrainsOn: 'Ein Lauf trainiert weiter, während ein anderer Tab vorn ist.',
  keepTheScreenOn: 'Den Bildschirm beim Training anlassen',
  endsWithTheTraining:
    'Ein Telefon, dessen Bildschirm dunkel wird, hält das Training an. Bei einer Pause und am Ende darf der Bildschirm wieder dunkel werden.',
  noScreenOverHttp: 'Von hier aus lässt sich der Bildschirm nicht anlassen: Browser erlauben das nur über https.',
  noScreenInThisBrowser: 'Dieser Browser kann den Bildschirm für eine Seite nicht anlassen; die Einstellungen des Geräts können es.',
};
