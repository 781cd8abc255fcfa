/** Settings that change no number of a run. */
export const SILENT: ReadonlySet<string> = new Set(['pace', 'adapter', 'predict', 'from']);
