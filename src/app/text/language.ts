/** The language of the page: what the words of its features are made with (experiment/messages/language.ts). */
export { languageAlone, otherMessages, spoken } from '../../experiment/messages/language.ts';
