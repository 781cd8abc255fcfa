/**
 * `Symbol.dispose` and `Symbol.asyncDispose`, where an engine lacks them (Safari). `using` itself is compiled away by
 * the build, whose helpers then look for these registered symbols. Import it before a class is declared with one of
 * them.
 */
for (const name of ['dispose', 'asyncDispose'] as const)
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
