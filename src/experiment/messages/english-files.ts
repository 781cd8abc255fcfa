/**
 * The English of what is wrong with a file that was opened, by code: a zip, a checkpoint or a part of one. The worker
 * fetches it with the code that reads them (of-file.ts).
 */
import { gigabytes } from './numbers.ts';

interface Why {
  readonly why: string;
}
/** A file of a zip. */
interface In {
  readonly path: string;
}
/** A tensor of a checkpoint. */
interface Of {
  readonly name: string;
}
/** How far a list of several files was read. */
interface Place {
  readonly file: number;
  readonly count: number;
}

export const ENGLISH_FILES = {
  'file-no-text': () => 'it is no text in UTF-8',

  // A zip.
  'zip-cut-off': () => 'its list of files is missing; the file is cut off, or no zip',
  'zip-name-no-text': () => 'the name of a file is no text in UTF-8',
  'zip-leaves-folder': ({ path }: In) => `${path} would leave the folder it is unpacked in`,
  'zip-64': () => 'it is of the 64-bit form, which is for more than 4 GB and is not read',
  'zip-many-files': ({ count, most }: { readonly count: number; readonly most: number }) => `it has ${count} files; ${most} is the most`,
  'zip-list-elsewhere': ({ length, start, end }: { readonly length: number; readonly start: number; readonly end: number }) =>
    `its list of files is said to be ${length} bytes from ${start}; it must end at ${end}`,
  'zip-not-in-list': ({ file, count }: Place) => `file ${file} of ${count} is not in its list`,
  'zip-not-whole-in-list': ({ file, count }: Place) => `file ${file} of ${count} is not whole in its list`,
  'zip-encrypted': ({ path }: In) => `${path} is encrypted; only zips without a password are read`,
  'zip-list-too-long': ({ bytes }: { readonly bytes: number }) => `its list of files has ${bytes} bytes too many`,
  'zip-begins-elsewhere': ({ path }: In) => `${path} does not begin where the list says`,
  'zip-ends-before': ({ path, packed }: In & { readonly packed: number }) => `${path} is said to have ${packed} bytes; the zip ends before`,
  'zip-method': ({ path, method, stored, deflated }: In & Readonly<Record<'method' | 'stored' | 'deflated', number>>) =>
    `${path} is packed by method ${method}; ${stored} (stored) and ${deflated} (deflate) are read`,
  'zip-not-unpacked': ({ path, why }: In & Why) => `${path} can't be unpacked (${why})`,
  'zip-other-size': ({ path, bytes, right }: In & { readonly bytes: number; readonly right: number }) =>
    `${path} has ${bytes} bytes; the list says ${right}`,
  'zip-damaged': ({ path }: In) => `${path} is damaged: its checksum is not the one in the list`,
  'zip-twice': ({ path }: In) => `${path} is in it twice`,
  'zip-too-tight': ({ path, packed, size }: In & { readonly packed: number; readonly size: number }) =>
    `${path} is said to unpack from ${packed} to ${size} bytes, which nothing does`,
  'zip-too-large': ({ bytes, most }: { readonly bytes: number; readonly most: number }) =>
    `its files take ${gigabytes(bytes, 1024 ** 3)} GB unpacked; ${gigabytes(most, 1024 ** 3)} GB is the most`,

  // The folder of a checkpoint.
  'checkpoint-in-parts': () => 'the weights are in several files; save_pretrained(…, max_shard_size="100GB") writes one',
  'checkpoint-pickled': () => 'weights in Python’s pickle format are not read; save_pretrained(…) of transformers writes model.safetensors',
  'checkpoint-other-form': () => 'only weights in model.safetensors are read; save_pretrained(…) of transformers writes it',
  'checkpoint-grouped': () => 'its norms are taken over groups, which no standard T5 has; a run with release=N ends as a standard T5',
  'checkpoint-alone': ({ file, missing, tokenizer }: Readonly<Record<'file' | 'missing' | 'tokenizer', string>>) =>
    `${file} has no ${missing} beside it; both are needed, and ${tokenizer} where there is one`,
  'checkpoint-none': ({ config, weights }: Readonly<Record<'config' | 'weights', string>>) =>
    `there is no checkpoint; one has ${config} and ${weights}`,

  // Weights.
  'tensors-short': ({ bytes }: { readonly bytes: number }) => `the file has ${bytes} bytes; it starts with 8 bytes of header length`,
  'tensors-header-length': ({ length, bytes }: { readonly length: string; readonly bytes: number }) =>
    `the header is said to have ${length} bytes; the file has ${bytes}`,
  'tensors-header-no-json': ({ why }: Why) => `the header is not JSON (${why})`,
  'tensors-header-no-object': () => 'the header is not a JSON object',
  'tensors-not-whole': ({ field }: { readonly field: string }) =>
    `${field} holds a number with a point, an exponent or a sign; it must hold whole numbers`,
  'tensors-field-twice': ({ field }: { readonly field: string }) => `${field} is there twice in the header`,
  'tensor-no-object': ({ name, value }: Of & { readonly value: string }) => `${name} is described by ${value}; it must be an object`,
  'tensor-dtype': ({ name, dtype, right }: Of & { readonly dtype: string; readonly right: readonly string[] }) =>
    `${name} has dtype ${dtype}; ${right.join(', ')} can be read`,
  'tensor-shape': ({ name, shape }: Of & { readonly shape: string }) => `${name} has shape ${shape}; it must be a list of whole numbers`,
  'tensor-offsets': ({ name, offsets }: Of & { readonly offsets: string }) =>
    `${name} has data_offsets ${offsets}; it must be [start, end]`,
  'tensor-bytes': ({ name, shape, bytes, right }: Of & { readonly shape: string; readonly bytes: number; readonly right: number }) =>
    `${name} of shape ${shape} has ${bytes} bytes; it must have ${right}`,
  'tensors-metadata': ({ value }: { readonly value: string }) => `__metadata__ is ${value}; it must be an object of texts`,
  'tensors-metadata-text': ({ key, value }: { readonly key: string; readonly value: string }) =>
    `__metadata__.${key} is ${value}; it must be a text`,
  'tensors-overlap': ({ name, before, at }: Of & { readonly before: string; readonly at: number }) =>
    `${name} and ${before} overlap at byte ${at}`,
  'tensors-gap': ({ name, from, to }: Of & { readonly from: number; readonly to: number }) =>
    `bytes ${from} to ${to} before ${name} belong to no tensor`,
  'tensors-total': ({ taken, held }: { readonly taken: number; readonly held: number }) =>
    `the tensors take ${taken} bytes; the file holds ${held}`,
  'weights-half': ({ name, dtype }: Of & { readonly dtype: string }) =>
    `${name} has dtype ${dtype}; it can be read as float32 where config.json says "dtype": "float32"`,
  'norms-in-groups': ({ widths }: { readonly widths: readonly string[] }) =>
    `its norms are taken over ${widths.length} groups (${widths.join(' + ')}) and a standard T5 has one; with release=N they become one over N steps`,
  'weight-not-finite': ({ name, value, at }: Of & { readonly value: string; readonly at: number }) =>
    `${name} holds ${value} at place ${at}; every weight must be a finite number`,

  // Tokens.
  'json-unreadable': ({ why }: Why) => `it is not JSON (${why})`,
  'json-no-object': () => 'it must hold an object',
  'tokenizer-no-tokens': () => 'model.vocab is missing; it must hold the tokens',
  'tokenizer-id': ({ token, id, most }: { readonly token: string; readonly id: string; readonly most: number }) =>
    `${token} has id ${id}; it must be a whole number below ${most}`,

  // A configuration: the value of a field, and what would be right.
  'field-is': ({ field, value, right }: Readonly<Record<'field' | 'value' | 'right', string>>) => `${field} is ${value}; ${right}`,
  'right-whole': ({ least }: { readonly least: number }) => `it must be a whole number of at least ${least}`,
  'right-whole-form': () => 'it must be a whole number without point or exponent',
  'right-decimal-form': ({ digits }: { readonly digits: string }) => `it must be a decimal number (${digits}.0)`,
  'right-not-negative': () => 'it must be a number of at least 0',
  'right-number': () => 'it must be a number',
  'right-truth': () => 'it must be true or false',
  'right-true': () => 'it must be true',
  'right-id': ({ last }: { readonly last: number }) => `the vocabulary has ids 0 to ${last}`,
  'right-ids': () => 'it must be a token id or a list of them',
  'right-types': ({ types }: { readonly types: readonly string[] }) => `${types.join(' and ')} can be read`,
  'right-feed-forward': ({ names }: { readonly names: readonly string[] }) =>
    `it must be an activation or gated-, such as ${names.join(', ')}`,
  'right-activation': ({ names }: { readonly names: readonly string[] }) => `of the activations ${names.join(', ')} can be read`,
  'right-groups': ({ width }: { readonly width: number }) => `it must be a list of whole numbers that add up to d_model, ${width}`,
  'right-precision': () => 'float32 is the precision that is computed in',
  'right-without': () => 'only models without it can be read',
  'right-distance': ({ buckets, exact }: { readonly buckets: number; readonly exact: number }) =>
    `with ${buckets} buckets distances below ${exact} have one each, so it must be more`,
};
