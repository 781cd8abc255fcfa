/**
 * Where texts and pairs of the reader's own are read from, each by its mark: by whoever reads prepared files as well.
 */
export const OWN_FOLDER = 'own/';
