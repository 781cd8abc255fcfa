/**
 * A reference case on disk (the format of the goldens) and what comparing with it gives: checks, each an error
 * with its tolerance, and notes on what was left out.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Device } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import type { T5Config } from '../../model/config.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import { readCheckpoint } from '../../storage/checkpoint/read-checkpoint.ts';
import { readSafetensors } from '../../storage/checkpoint/read-safetensors.ts';
import { Json } from './json.ts';

export interface Check {
  readonly what: string;
  readonly error: number;
  readonly tolerance: number;
}

export interface CaseResult {
  readonly checks: readonly Check[];
  /** The parts of the case that are not compared, and why. */
  readonly notes: readonly string[];
}

/** Collects the checks of a case. */
export class Comparison implements CaseResult {
  readonly checks: Check[] = [];
  readonly notes: string[] = [];

  /** An error that was measured elsewhere. */
  check(what: string, error: number, tolerance: number): void {
    this.checks.push({ what, error, tolerance });
  }

  /** max|ours − golden| / max|golden|, the measure of all goldens unless they say otherwise. */
  arrays(what: string, ours: ArrayLike<number>, golden: ArrayLike<number>, tolerance: number): void {
    this.check(what, relativeError(ours, golden), tolerance);
  }

  /** Tensor by tensor, under the names of `golden`. */
  tensors(what: string, ours: NamedTensors, golden: NamedTensors, tolerance: number): void {
    for (const [name, { shape, data }] of golden) {
      const own = ours.get(name);
      if (own === undefined || own.shape.join() !== shape.join())
        this.check(`${what} ${name} (shape)`, Number.POSITIVE_INFINITY, tolerance);
      else this.arrays(`${what} ${name}`, own.data, data, tolerance);
    }
  }

  /** |ours − golden| / |golden| */
  number(what: string, ours: number, golden: number, tolerance: number): void {
    this.check(what, golden === 0 ? Math.abs(ours) : Math.abs(ours - golden) / Math.abs(golden), tolerance);
  }

  /** Must be the same: the error is the number of places that differ. */
  same(what: string, ours: readonly unknown[], golden: readonly unknown[]): void {
    const length = Math.max(ours.length, golden.length);
    let different = 0;
    for (let i = 0; i < length; i++) if (!Object.is(ours[i], golden[i])) different++;
    this.check(what, different, 0);
  }

  note(text: string): void {
    this.notes.push(text);
  }
}

function relativeError(ours: ArrayLike<number>, golden: ArrayLike<number>): number {
  if (ours.length !== golden.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < golden.length; i++) {
    const reference = golden[i] ?? 0;
    const error = Math.abs((ours[i] ?? Number.NaN) - reference);
    // Written so that NaN counts as an error.
    if (!(error <= difference)) difference = error;
    largest = Math.max(largest, Math.abs(reference));
  }
  return largest === 0 ? difference : difference / largest;
}

/** ‖a − b‖ over two arrays. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)) ** 2;
  return Math.sqrt(sum);
}

/**
 * Name of the file that makes a folder with these entries a case: `case.json`, or `expected.json` beside the model that
 * it is of.
 */
export const caseFile = (files: ReadonlySet<string>): string | undefined => ['case.json', 'expected.json'].find((name) => files.has(name));

/** A case: a folder, or a single JSON file. */
export class GoldenCase {
  readonly path: string;
  readonly name: string;
  readonly files: ReadonlySet<string>;
  readonly json: Json;

  /** @param files names of the folder's entries; empty for a single file */
  constructor(path: string, files: ReadonlySet<string>) {
    this.path = path;
    this.name = basename(path).replace(/\.json$/, '');
    this.files = files;
    const file = files.size === 0 ? path : join(path, caseFile(files) ?? 'case.json');
    this.json = new Json(JSON.parse(readFileSync(file, 'utf8')), basename(file));
  }

  /** A model of the case: the folder itself, or one below it. */
  model(folder = '.'): Checkpoint {
    return readCheckpoint(
      readFileSync(join(this.path, folder, 'config.json'), 'utf8'),
      new Uint8Array(readFileSync(join(this.path, folder, 'model.safetensors'))),
    );
  }

  private read: NamedTensors | undefined;
  /** `tensors.safetensors` */
  get tensors(): NamedTensors {
    this.read ??= readSafetensors(new Uint8Array(readFileSync(join(this.path, 'tensors.safetensors')))).tensors;
    return this.read;
  }

  tensor(name: string): Float32Array {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new Error(`tensors.safetensors has no ${name}`);
    return tensor.data;
  }

  /** Tensors whose names start with `prefix`, without it. */
  tensorsBelow(prefix: string): NamedTensors {
    return new Map(
      [...this.tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    );
  }

  /** @param otherwise where the case gives none by this name */
  tolerance(name: string, otherwise?: number): number {
    const tolerance = this.json.get('tolerance');
    return otherwise !== undefined && !tolerance.has(name) ? otherwise : tolerance.get(name).number();
  }

  /**
   * `inputs` (or the file `probe.json`, or the case itself) as a batch: without a mask everything is attended to;
   * without decoder inputs the labels are shifted right.
   */
  batch(config: Pick<T5Config, 'vocab_size' | 'pad_token_id' | 'decoder_start_token_id'>): TokenBatch {
    const inputs = this.files.has('probe.json')
      ? new Json(JSON.parse(readFileSync(join(this.path, 'probe.json'), 'utf8')), 'probe.json')
      : this.json.has('input_ids')
        ? this.json
        : this.json.get('inputs');
    const ids = inputs.get('input_ids').matrix();
    const labels = inputs.get('labels').matrix();
    const mask = inputs.maybe('attention_mask')?.matrix();
    const given = (this.json.maybe('decoder_input_ids') ?? inputs.maybe('decoder_input_ids'))?.matrix();
    const shifted = labels.map((row) => [
      config.decoder_start_token_id,
      ...row.slice(0, -1).map((label) => (label < 0 ? config.pad_token_id : label)),
    ]);
    const batch: TokenBatch = {
      batch: ids.length,
      sourceLength: ids[0]?.length ?? 0,
      targetLength: labels[0]?.length ?? 0,
      inputIds: Int32Array.from(ids.flat()),
      attentionMask: mask === undefined ? new Int32Array(ids.flat().length).fill(1) : Int32Array.from(mask.flat()),
      labels: Int32Array.from(labels.flat()),
      decoderInputIds: Int32Array.from((given ?? shifted).flat()),
    };
    for (const [what, list] of [
      ['input_ids', batch.inputIds],
      ['decoder_input_ids', batch.decoderInputIds],
      ['labels', batch.labels],
    ] as const) {
      const bad = list.find((id) => id >= config.vocab_size || (id < 0 && what !== 'labels'));
      if (bad !== undefined) throw new Error(`${what} holds ${bad}; the vocabulary has ids 0 to ${config.vocab_size - 1}`);
    }
    return batch;
  }
}

/** Compares one kind of case. */
export interface CaseKind {
  readonly name: string;
  /** Whether a case is of this kind, by its files and keys. */
  matches(golden: GoldenCase): boolean;
  compare(golden: GoldenCase, device: Device): Promise<CaseResult>;
}
