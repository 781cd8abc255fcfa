/**
 * The languages that a link can ask for: English, and one that is made of it, in which tests find what is not
 * translated.
 */
export const LANGUAGE_TAGS = ['en', 'en-XA'] as const;
export type LanguageTag = (typeof LANGUAGE_TAGS)[number];
