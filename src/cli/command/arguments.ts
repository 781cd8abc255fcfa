/**
 * The part that all commands share: arguments, exit codes (2 for a bad argument, 1 for a failed run), one line for what
 * went wrong.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A bad argument: one line that names it and what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Values<O> = { readonly [K in keyof O]?: string | boolean | readonly (string | boolean)[] };

/**
 * Node's parseArgs, with its complaints on one line. An option that takes one value is refused where it is given twice:
 * the last would win without a word.
 */
export function parseArguments<const O extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: O,
  usage: string,
): { values: Values<O>; positionals: readonly string[] } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    // Node adds advice on how to pass a dash; the usage says what there is.
    throw new UsageError(`${reason.replace(/\. To specify a positional argument.*$/s, '')}; ${usage}`);
  }
  const given = new Map<string, string>();
  for (const token of parsed.tokens) {
    if (token.kind !== 'option' || token.value === undefined || options[token.name]?.multiple === true) continue;
    const before = given.get(token.name);
    if (before !== undefined) throw new UsageError(`--${token.name} is given twice (${before} and ${token.value}); ${usage}`);
    given.set(token.name, token.value);
  }
  return { values: parsed.values as Values<O>, positionals: parsed.positionals };
}

/** For what takes no arguments, or no more than were taken. @throws UsageError that names the first of `rest` */
export function refuseMore(rest: readonly string[], usage: string): void {
  const [extra] = rest;
  if (extra !== undefined)
    throw new UsageError(`${extra} is one argument too many${/[#=&]/.test(extra) ? ' (is the link in quotes?)' : ''}; ${usage}`);
}

/** A value of `parseArguments` that takes a text, given once. */
export function textOf(value: string | boolean | readonly (string | boolean)[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A value of `parseArguments` that takes a text, given any number of times. */
export function textsOf(value: string | boolean | readonly (string | boolean)[] | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
}

/** Runs `main` if this module is the program, and ends with its exit code. */
export function runMain(url: string, main: (argv: readonly string[]) => Promise<number>): void {
  const program = process.argv[1];
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
      // Devices may hold threads open; everything is written by now.
      process.stdout.write('', () => process.exit(code));
    },
    (error: unknown) => {
      const bad = error instanceof UsageError;
      console.error(error instanceof Error ? error.message.split('\n')[0] : String(error));
      process.exit(bad ? 2 : 1);
    },
  );
}
