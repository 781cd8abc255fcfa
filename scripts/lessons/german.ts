/**
 * Prints the pages of paper.ts in German, as JSON. What speaks is English once it is loaded, so another language is a
 * process of its own, which chooses it before.
 */
import { chooseLanguage } from '../../src/experiment/messages/language.ts';
import { GERMAN } from '../../src/app/text/de/index.ts';
import { languageOf } from '../../src/app/text/languages/language-of.ts';

await chooseLanguage(languageOf('de', GERMAN, async () => (await import('../../src/app/text/de/messages.ts')).MESSAGES));
const { paperPages } = await import('./paper.ts');
process.stdout.write(JSON.stringify([...(await paperPages())]));
