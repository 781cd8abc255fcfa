/** The languages that a link can ask for; one is made of English, and in it tests find what is not translated. */
export const LANGUAGE_TAGS = ['en', 'de', 'en-XA'] as const;
export type LanguageTag = (typeof LANGUAGE_TAGS)[number];
