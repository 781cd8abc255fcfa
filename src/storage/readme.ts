/**
 * Files that go with a downloaded result: a README that says what each file is, and a program that loads a checkpoint
 * in PyTorch.
 */
import { isBaseline } from '../experiment/experiment.ts';
import { type OptimizerName, optimizerRow } from '../experiment/declared/optimizers.ts';
import { type OutputFile, textFile } from './files.ts';
import { CHECKPOINTS, CURVES_FILE, GROUPED_NORMS, LOADER_FILE, README_FILE, RESULT_FILE, TRACE_FILE } from './result-names.ts';

export interface ReadmeOf {
  readonly link: string;
  /** The experiment as a sentence. */
  readonly sentence: string;
  /** An example of the task: what a model is given, and what it should say. */
  readonly example: { readonly source: string; readonly target: string };
  readonly optimizer: OptimizerName;
  /** Paths of the other files. */
  readonly paths: readonly string[];
}

/** Folders of models, the last one trained at the end. */
function foldersIn(paths: readonly string[], parent: string): readonly string[] {
  return [...new Set(paths.flatMap((path) => (path.startsWith(`${parent}/`) ? [path.split('/').slice(0, 2).join('/')] : [])))];
}

/** `checkpoints/M-300`: model M at step 300. */
const modelOf = (folder: string): string => folder.slice(folder.lastIndexOf('/') + 1, folder.lastIndexOf('-'));

const WHAT: readonly (readonly [file: string, what: string])[] = [
  [RESULT_FILE, 'the run as data: its link and settings, curves, growth, step sizes, cost, and what was measured along the way'],
  [CURVES_FILE, 'the curves, a row a point, with the step size, the sharpness and the operations of that step'],
  [TRACE_FILE, 'the examples as token ids, and the order of the batches: with them the run can be replayed elsewhere'],
  [`${CHECKPOINTS}/`, 'models at the start and at the end of every stage, in the layout of Hugging Face T5'],
  [`${GROUPED_NORMS}/`, 'models whose norms are taken over groups, see below'],
  [LOADER_FILE, 'loads a checkpoint in PyTorch'],
];

const GROUPED = `
## Models with grouped norms
Those in \`${GROUPED_NORMS}/\` are no standard T5s. Where T5 divides by one root mean square over the whole width, they
divide each of the groups in \`norm_groups\` of \`config.json\` by its own; all else is the same. The weights in
\`parameters.safetensors\` have T5's names. \`norm_release\` says over which steps the norms become one: each is then
w · (grouped) + (1 − w) · (one), and w falls evenly from 1 to 0.
`;

export function readmeFiles({ link, sentence, example, optimizer, paths }: ReadmeOf): readonly OutputFile[] {
  const { replay } = optimizerRow(optimizer);
  const folders = foldersIn(paths, CHECKPOINTS);
  const folder = folders.findLast((path) => !isBaseline(modelOf(path))) ?? folders.at(-1);
  const all = [...paths, ...(folder === undefined ? [] : [LOADER_FILE])];
  const there = (name: string): boolean => all.some((path) => path === name || path.startsWith(name));
  const rows = WHAT.filter(([name]) => there(name)).map(([name, what]) => `| \`${name}\` | ${what} |`);
  const readme = `# A run of Deep Fusion Playground

${sentence}

Whoever opens the page with this link behind its address sees the same run again:

    ${link}

| file | what it is |
|---|---|
${rows.join('\n')}

In a folder of a model that has just grown, \`optimizer.safetensors\` is the state of its optimizer, if that has one: with
the weights beside it the training can go on elsewhere, whatever was drawn at the growth.
${replay === undefined ? '' : `\n${replay}\n`}${folder === undefined ? '' : loading(folder, example)}${there(`${GROUPED_NORMS}/`) ? GROUPED : ''}`;
  return [textFile(README_FILE, readme), ...(folder === undefined ? [] : [textFile(LOADER_FILE, loader(folder, example.source))])];
}

function loading(folder: string, { source, target }: ReadmeOf['example']): string {
  return `
## Load a checkpoint
With Python and \`pip install torch transformers\`:

    python ${LOADER_FILE} ${folder} ${source}

prints what that model makes of \`${source}\` (the data say \`${target}\`). In short:

    from transformers import AutoTokenizer, T5ForConditionalGeneration

    tokenizer = AutoTokenizer.from_pretrained("${folder}")
    model = T5ForConditionalGeneration.from_pretrained("${folder}")
    output = model.generate(**tokenizer("${source}", return_tensors="pt"), max_new_tokens=16)
    print(tokenizer.decode(output[0], skip_special_tokens=True))
`;
}

const loader = (
  folder: string,
  source: string,
): string => `"""Loads a checkpoint of this folder and lets it answer: python ${LOADER_FILE} [FOLDER] [WORD]

Needs PyTorch and transformers: pip install torch transformers
"""
import json
import os
import sys

import torch
from transformers import AutoTokenizer, T5ForConditionalGeneration

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, sys.argv[1] if len(sys.argv) > 1 else "${folder}")
word = sys.argv[2] if len(sys.argv) > 2 else "${source}"

tokenizer = AutoTokenizer.from_pretrained(folder)
model = T5ForConditionalGeneration.from_pretrained(folder).eval()
with torch.no_grad():
    output = model.generate(**tokenizer(word, return_tensors="pt"), max_new_tokens=16)
print(f"{word}: {tokenizer.decode(output[0], skip_special_tokens=True)}")

# With the data (npm run experiment -- ... --trace) the loss can be compared with ${CURVES_FILE}.
data = os.path.join(here, "${TRACE_FILE}")
if os.path.exists(data):
    with open(data) as file:
        probe = {name: torch.tensor(rows) for name, rows in json.load(file)["probe"].items()}
    with torch.no_grad():
        print(f"loss on the probe set: {model(**probe).loss.item():.6f}")
`;
