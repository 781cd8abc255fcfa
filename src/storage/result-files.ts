/**
 * The files of a result: `result.json`, `curves.csv`, and `data.json` with which anyone can replay a run elsewhere.
 * Page and command line write the same content.
 */
import type { ModelId } from '../experiment/experiment.ts';
import { curvesCsv } from './curves-csv.ts';
import { type OutputFile, textFile } from './files.ts';
import { readmeFiles, type ReadmeOf } from './readme.ts';
import { CURVES_FILE, RESULT_FILE, TRACE_FILE } from './result-names.ts';
import { type Result, resultJson, type Trace } from './results.ts';

/**
 * `result.json`, `curves.csv`, `data.json` if a trace is wanted, and what else belongs to the result.
 * @param flopsAt operations that brought a model to a step, with all that it has grown from; undefined where they are
 * not counted
 */
export function resultFiles(
  result: Omit<Result, 'files'>,
  flopsAt: (model: ModelId, step: number) => number | undefined,
  {
    trace,
    more = [],
    readme,
  }: {
    readonly trace?: Trace | undefined;
    readonly more?: readonly OutputFile[];
    readonly readme?: Pick<ReadmeOf, 'sentence' | 'example'> | undefined;
  } = {},
): readonly OutputFile[] {
  const others = [
    textFile(CURVES_FILE, curvesCsv(result, flopsAt)),
    ...(trace === undefined ? [] : [textFile(TRACE_FILE, `${JSON.stringify(trace)}\n`)]),
    ...more,
  ];
  if (readme)
    others.push(
      ...readmeFiles({
        ...readme,
        link: result.link,
        optimizer: result.experiment.optimizer,
        paths: [RESULT_FILE, ...others.map(({ path }) => path)],
      }),
    );
  const files = [RESULT_FILE, ...others.map(({ path }) => path)];
  return [textFile(RESULT_FILE, resultJson({ ...result, files })), ...others];
}
