/** Another task of the browser, so that what a visitor has pressed meanwhile is heard first. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
