/** The worker of one cell: imports the contestant, times it, answers once. */
import { time, type Cell, type Contestant } from './stopwatch.ts';

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: Cell }) => void) | null;
  postMessage(message: unknown): void;
};

scope.onmessage = ({ data: cell }) => {
  void (async () => {
    const loaded = (await import(cell.module)) as Contestant & { readonly default?: Contestant };
    return time(loaded.default ?? loaded, cell);
  })().then(
    (result) => scope.postMessage({ result }),
    (error: unknown) => scope.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
};
