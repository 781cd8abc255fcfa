/**
 * The part of the language's explicit resource management that `using` needs: the two symbols, and no more. Its
 * `DisposableStack` is not declared, since neither Node 20 nor every browser has it (src/engine/jobs/resources.ts is in
 * its place). Node's own types bring the same.
 */
interface SymbolConstructor {
  readonly dispose: unique symbol;
  readonly asyncDispose: unique symbol;
}

interface Disposable {
  [Symbol.dispose](): void;
}

interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}
