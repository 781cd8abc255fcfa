/** The language of the page: what the words of its features are made with (experiment/messages/language.ts). */
export { languageTag, otherMessages, spoken } from '../../experiment/messages/language.ts';
