/**
 * Where the pages on paper stand in the built page: English in the folder itself, another language in one of its own.
 */
export const paperFolder = (language: string): string => (language === 'en' ? 'lessons' : `lessons/${language}`);
