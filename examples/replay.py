"""Replays a run in PyTorch with Hugging Face's T5, from its files alone, and prints how far the losses are apart.

    npm run experiment -- "#preset=first-fusion&h=0.05&adapter=wasm" --out run --trace
    pip install torch transformers safetensors
    python examples/replay.py run

Every stage is begun from its own checkpoint (right after a growth that brings the optimizer's state with it), takes the
step sizes of result.json, and is compared with the measured curve, in float32 and in float64. The difference between
these two is how well the run is determined at all: Hugging Face disagrees with itself by as much. Full batches; norms
that are grouped are no part of Hugging Face's T5 and are left out.
"""
import json
import os
import sys

import torch
from safetensors import safe_open
from transformers import T5ForConditionalGeneration
from transformers.optimization import Adafactor

torch.set_num_threads(1)
MOST_STEPS = 50


def optimizer_for(experiment, model):
    kind, parameters = experiment["optimizer"], list(model.parameters())
    betas = (experiment["beta1"], experiment["beta2"])
    if kind == "gd":
        return torch.optim.SGD(parameters, lr=1.0)
    if kind == "momentum":
        return torch.optim.SGD(parameters, lr=1.0, momentum=experiment["beta1"])
    if kind == "adam":
        return torch.optim.Adam(parameters, lr=1.0, betas=betas, eps=experiment["epsilon"])
    if kind == "adamw":
        return torch.optim.AdamW(parameters, lr=1.0, betas=betas, eps=experiment["epsilon"], weight_decay=0.01)
    if kind == "rmsprop":
        return torch.optim.RMSprop(parameters, lr=1.0, alpha=experiment["beta2"], eps=experiment["epsilon"])
    return Adafactor(parameters, lr=1.0, scale_parameter=True, relative_step=False, warmup_init=False)


def carried_over(folder, optimizer, model, kind):
    """The state of an optimizer whose elements all have one step count; others would need an optimizer of their own."""
    path = os.path.join(folder, "optimizer.safetensors")
    if not os.path.exists(path):
        return True
    with safe_open(path, "pt") as file:
        counts = [int(count) for count in file.metadata()["counts"].split(",")]
        if counts == [0]:
            return True  # as new
        if kind != "momentum" and len(counts) > 1:
            return False
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    for name, parameter in model.named_parameters():
        first, second = tensors.get(f"moment1.{name}"), tensors.get(f"moment2.{name}")
        if kind == "momentum" and first is not None:
            optimizer.state[parameter]["momentum_buffer"] = first.to(parameter.dtype)
        elif kind in ("adam", "adamw") and first is not None and second is not None:
            state = {"step": torch.tensor(float(counts[0])), "exp_avg": first, "exp_avg_sq": second}
            optimizer.state[parameter].update({key: value.to(parameter.dtype) for key, value in state.items()})
        elif kind == "rmsprop" and second is not None:
            optimizer.state[parameter].update({"step": torch.tensor(float(counts[0])), "square_avg": second.to(parameter.dtype)})
        elif kind == "adafactor":
            return False
    return True


def replay(out, result, model_id, curve, table, batch, dtype):
    first = curve["step"][0]
    folder = os.path.join(out, "checkpoints", f"{model_id}-{first}")
    if not os.path.exists(folder):
        return None
    model = T5ForConditionalGeneration.from_pretrained(folder).to(dtype)
    experiment = result["experiment"]
    optimizer = optimizer_for(experiment, model)
    if not carried_over(folder, optimizer, model, experiment["optimizer"]):
        return None
    losses = []
    for step in curve["step"][: MOST_STEPS + 1]:
        optimizer.zero_grad()
        loss = model(**batch).loss
        losses.append(loss.item())
        sizes = [size for at, size in table if at <= step]
        for group in optimizer.param_groups:
            group["lr"] = sizes[-1]
        loss.backward()
        if "clip" in experiment:
            torch.nn.utils.clip_grad_norm_(model.parameters(), experiment["clip"])
        optimizer.step()
    return losses


def apart(a, b):
    return max(abs(x - y) / abs(y) for x, y in zip(a, b))


def main(out):
    result = json.load(open(os.path.join(out, "result.json")))
    if result["experiment"]["batch"] != "full":
        sys.exit("a run with mini-batches is not replayed here")
    data = json.load(open(os.path.join(out, "data.json")))["probe"]
    batch = {name: torch.tensor(rows) for name, rows in data.items()}
    print(f"{'model':6} {'steps':>6} {'float32':>9} {'float64':>9} {'HF32/HF64':>10}   largest relative difference of the loss")
    for curve in result["curves"]:
        if curve["kind"] != "measured":
            continue
        model_id, table = curve["model"], result["stepSize"][curve["model"]]
        single = replay(out, result, model_id, curve, table, batch, torch.float32)
        double = replay(out, result, model_id, curve, table, batch, torch.float64)
        if single is None or double is None:
            print(f"{model_id:6} {'not replayed: its norms, or the step counts of its optimizer, are no part of Hugging Face':}")
            continue
        ours = curve["loss"][: len(single)]
        print(f"{model_id:6} {len(ours) - 1:6} {apart(single, ours):9.1e} {apart(double, ours):9.1e} {apart(single, double):10.1e}")


if __name__ == "__main__":
    main(sys.argv[1])
