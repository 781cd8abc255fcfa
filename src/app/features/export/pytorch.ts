/** A program for PyTorch that loads a checkpoint of the run and goes on training it, to lie beside the run's files. */

export const CONTINUE_FILE = 'continue.py';

/**
 * @param folder of the checkpoint it begins with unless told otherwise, e.g. `checkpoints/M-300`. @param link of the
 * run
 */
export const continueProgram = (
  folder: string,
  link: string,
): string => `"""Loads a checkpoint of this folder in PyTorch and goes on training it: python ${CONTINUE_FILE} [FOLDER] [STEPS] [STEP SIZE]

The run: ${link}
Needs PyTorch and transformers: pip install torch transformers
Takes the run's optimizer, as new, and its last step size, and prints the loss on the probe set: the first is where the run
stood. With mini-batches it draws its own order.
"""
import json
import os
import sys

import torch
from transformers import T5ForConditionalGeneration
from transformers.optimization import Adafactor

here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1] if len(sys.argv) > 1 else "${folder}"
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 20

result = json.load(open(os.path.join(here, "result.json")))
data = json.load(open(os.path.join(here, "data.json")))
experiment = result["experiment"]
name, step = os.path.basename(os.path.normpath(folder)).rsplit("-", 1)
# Where stages have examples of their own, it goes on with those of the stage that it stood in.
stages = [stage for stage in data.get("stages", []) if stage["model"] == name and stage["from"] <= int(step)]
given = stages[-1] if stages else data
train, probe = ({key: torch.tensor(rows) for key, rows in given[part].items()} for part in ("train", "probe"))
table = [size for at, size in result["stepSize"].get(name, []) if at <= int(step)] or [0.01]
h = float(sys.argv[3]) if len(sys.argv) > 3 else table[-1]

model = T5ForConditionalGeneration.from_pretrained(os.path.join(here, folder))
parameters, betas, eps = list(model.parameters()), (experiment["beta1"], experiment["beta2"]), experiment["epsilon"]
optimizer = {
    "gd": lambda: torch.optim.SGD(parameters, lr=h),
    "momentum": lambda: torch.optim.SGD(parameters, lr=h, momentum=betas[0]),
    "adam": lambda: torch.optim.Adam(parameters, lr=h, betas=betas, eps=eps),
    "adamw": lambda: torch.optim.AdamW(parameters, lr=h, betas=betas, eps=eps, weight_decay=0.01),
    "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=h, alpha=betas[1], eps=eps),
    "adafactor": lambda: Adafactor(parameters, lr=h, scale_parameter=True, relative_step=False, warmup_init=False),
}[experiment["optimizer"]]()

generator = torch.Generator().manual_seed(experiment["seed"])


def batch():
    if experiment["batch"] == "full":
        return train
    rows = torch.randint(len(train["labels"]), (experiment["batch"],), generator=generator)
    return {name: values[rows] for name, values in train.items()}


for done in range(steps + 1):
    with torch.no_grad():
        print(f"{name} step {int(step) + done}: loss {round(model(**probe).loss.item(), 6)}")
    if done < steps:
        optimizer.zero_grad()
        model(**batch()).loss.backward()
        if "clip" in experiment:
            torch.nn.utils.clip_grad_norm_(parameters, experiment["clip"])
        optimizer.step()
`;

/**
 * The network that the plan ended with, of the paths of a run's files; `null` where there is no standard checkpoint.
 */
export function newestCheckpoint(paths: readonly string[], isPlanned: (model: string) => boolean): string | null {
  const found = paths.flatMap((path) => {
    const [, folder, model = '', step] = /^(checkpoints\/([A-Za-z][\w-]*)-(\d+))\/model\.safetensors$/.exec(path) ?? [];
    return folder !== undefined && isPlanned(model) ? [{ folder, step: Number(step) }] : [];
  });
  return (
    found.reduce<{ readonly folder: string; readonly step: number } | null>(
      (best, each) => (best && best.step > each.step ? best : each),
      null,
    )?.folder ?? null
  );
}
