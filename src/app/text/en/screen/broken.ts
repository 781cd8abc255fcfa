/** The notice in the place of a part that cannot be drawn. */
import { spoken } from '../../language.ts';

export const say = spoken('broken', {
  in: (components: string) => `In:\n${components}`,
  experiment: (link: string) => `Experiment: ${link}`,
  browser: (browser: string) => `Browser: ${browser}`,
  trainingGoesOnBesideIt: (missing: boolean, whyMissing: string) =>
    ` ${missing ? whyMissing : 'That is a mistake in this page.'} Training goes on beside it.`,
  tryAgain: 'Try again',
  copied: 'Copied',
  copyDetails: 'Copy details',
  reload: 'Reload',
  close: 'Close',
  details: 'Details',
  itsCodeCantBeFetchedThe: 'Its code can’t be fetched: the server that this page came from does not answer.',
  itsCodeCantBeFetchedThis: 'Its code can’t be fetched: this device is offline. It appears once the network is back.',
  cantBeShown: (name: string) => `${name} can’t be shown.`,
  thePageCantBeShown: 'The page can’t be shown.',
});
