/** Complaints about a file that was opened, or a network from one, by code, in German. */
import { gigabytes } from '../../../experiment/messages/numbers.ts';
import type { Messages } from '../../../experiment/messages/say.ts';
import type { ENGLISH_FILES } from '../../../experiment/messages/english-files.ts';
import type { ENGLISH_NETWORKS } from '../../../experiment/messages/english-networks.ts';

export const FILES: Pick<Messages, keyof typeof ENGLISH_FILES | keyof typeof ENGLISH_NETWORKS> = {
  'file-no-text': () => 'kein Text in UTF-8',

  'zip-cut-off': () => 'Das Verzeichnis der Dateien fehlt; die Datei ist abgeschnitten oder kein Zip',
  'zip-name-no-text': () => 'Der Name einer Datei ist kein Text in UTF-8',
  'zip-leaves-folder': ({ path }) => `${path} läge außerhalb des Ordners, in den entpackt wird`,
  'zip-64': () => 'Es hat die 64-Bit-Form, die für mehr als 4 GB ist und nicht gelesen wird',
  'zip-many-files': ({ count, most }) => `Es hat ${count} Dateien; ${most} sind das Höchste`,
  'zip-list-elsewhere': ({ length, start, end }) =>
    `Das Verzeichnis der Dateien soll ${length} Bytes ab ${start} haben; es muss bei ${end} enden`,
  'zip-not-in-list': ({ file, count }) => `Datei ${file} von ${count} steht nicht im Verzeichnis`,
  'zip-not-whole-in-list': ({ file, count }) => `Datei ${file} von ${count} steht unvollständig im Verzeichnis`,
  'zip-encrypted': ({ path }) => `${path} ist verschlüsselt; gelesen werden nur Zips ohne Passwort`,
  'zip-list-too-long': ({ bytes }) => `Das Verzeichnis der Dateien hat ${bytes} Bytes zu viel`,
  'zip-begins-elsewhere': ({ path }) => `${path} beginnt nicht, wo das Verzeichnis es angibt`,
  'zip-ends-before': ({ path, packed }) => `${path} soll ${packed} Bytes haben; das Zip endet vorher`,
  'zip-method': ({ path, method, stored, deflated }) =>
    `${path} ist mit Verfahren ${method} gepackt; gelesen werden ${stored} (ungepackt) und ${deflated} (Deflate)`,
  'zip-not-unpacked': ({ path, why }) => `${path} lässt sich nicht entpacken (${why})`,
  'zip-other-size': ({ path, bytes, right }) => `${path} hat ${bytes} Bytes; das Verzeichnis gibt ${right} an`,
  'zip-damaged': ({ path }) => `${path} ist beschädigt: Die Prüfsumme ist nicht die des Verzeichnisses`,
  'zip-twice': ({ path }) => `${path} kommt zweimal vor`,
  'zip-too-tight': ({ path, packed, size }) => `${path} soll sich von ${packed} auf ${size} Bytes entpacken, was es nicht gibt`,
  'zip-too-large': ({ bytes, most }) =>
    `Die Dateien haben entpackt ${gigabytes(bytes, 1024 ** 3)} GB; ${gigabytes(most, 1024 ** 3)} GB sind das Höchste`,

  'checkpoint-in-parts': () => 'Die Gewichte liegen in mehreren Dateien; save_pretrained(…, max_shard_size="100GB") schreibt eine',
  'checkpoint-pickled': () =>
    'Gewichte in Pythons Pickle-Format werden nicht gelesen; save_pretrained(…) von transformers schreibt model.safetensors',
  'checkpoint-other-form': () => 'Nur Gewichte in model.safetensors werden gelesen; save_pretrained(…) von transformers schreibt es',
  'checkpoint-grouped': () =>
    'Die Normen werden über Gruppen gebildet, die kein übliches T5 hat; ein Lauf mit release=N endet als übliches T5',
  'checkpoint-alone': ({ file, missing, tokenizer }) =>
    `Neben ${file} liegt kein ${missing}; beide sind nötig, und ${tokenizer}, wo es eines gibt`,
  'checkpoint-none': ({ config, weights }) => `Es gibt keinen Checkpoint; einer hat ${config} und ${weights}`,

  'tensors-short': ({ bytes }) => `Die Datei hat ${bytes} Bytes; sie beginnt mit 8 Bytes, der Länge ihres Kopfes`,
  'tensors-header-length': ({ length, bytes }) => `Der Kopf soll ${length} Bytes haben; die Datei hat ${bytes}`,
  'tensors-header-no-json': ({ why }) => `Der Kopf ist kein JSON (${why})`,
  'tensors-header-no-object': () => 'Der Kopf ist kein JSON-Objekt',
  'tensors-not-whole': ({ field }) => `${field} enthält eine Zahl mit Punkt, Exponent oder Vorzeichen; dort müssen ganze Zahlen stehen`,
  'tensors-field-twice': ({ field }) => `${field} steht zweimal im Kopf`,
  'tensor-no-object': ({ name, value }) => `${name} ist als ${value} beschrieben; es muss ein Objekt sein`,
  'tensor-dtype': ({ name, dtype, right }) => `${name} hat den dtype ${dtype}; gelesen werden ${right.join(', ')}`,
  'tensor-shape': ({ name, shape }) => `${name} hat die Form ${shape}; es muss eine Liste ganzer Zahlen sein`,
  'tensor-offsets': ({ name, offsets }) => `${name} hat data_offsets ${offsets}; es muss [Anfang, Ende] sein`,
  'tensor-bytes': ({ name, shape, bytes, right }) => `${name} von der Form ${shape} hat ${bytes} Bytes; es müssen ${right} sein`,
  'tensors-metadata': ({ value }) => `__metadata__ ist ${value}; es muss ein Objekt aus Texten sein`,
  'tensors-metadata-text': ({ key, value }) => `__metadata__.${key} ist ${value}; es muss ein Text sein`,
  'tensors-overlap': ({ name, before, at }) => `${name} und ${before} überschneiden sich bei Byte ${at}`,
  'tensors-gap': ({ name, from, to }) => `Die Bytes ${from} bis ${to} vor ${name} gehören zu keinem Tensor`,
  'tensors-total': ({ taken, held }) => `Die Tensoren nehmen ${taken} Bytes ein; die Datei enthält ${held}`,
  'weights-half': ({ name, dtype }) =>
    `${name} hat den dtype ${dtype}; als float32 wird es gelesen, wo config.json "dtype": "float32" angibt`,
  'norms-in-groups': ({ widths }) =>
    `Die Normen werden über ${widths.length} Gruppen gebildet (${widths.join(' + ')}), ein übliches T5 hat eine; mit release=N werden sie in N Schritten zu einer`,
  'weight-not-finite': ({ name, value, at }) => `${name} enthält ${value} an Stelle ${at}; jedes Gewicht muss eine endliche Zahl sein`,

  'json-unreadable': ({ why }) => `kein JSON (${why})`,
  'json-no-object': () => 'Es muss ein Objekt enthalten',
  'tokenizer-no-tokens': () => 'model.vocab fehlt; es muss die Token enthalten',
  'tokenizer-id': ({ token, id, most }) => `${token} hat die Nummer ${id}; es muss eine ganze Zahl unter ${most} sein`,

  'field-is': ({ field, value, right }) => `${field} ist ${value}; ${right}`,
  'right-whole': ({ least }) => `es muss eine ganze Zahl von mindestens ${least} sein`,
  'right-whole-form': () => 'es muss eine ganze Zahl ohne Punkt und Exponent sein',
  'right-decimal-form': ({ digits }) => `es muss eine Dezimalzahl sein (${digits}.0)`,
  'right-not-negative': () => 'es muss eine Zahl von mindestens 0 sein',
  'right-number': () => 'es muss eine Zahl sein',
  'right-truth': () => 'es muss true oder false sein',
  'right-true': () => 'es muss true sein',
  'right-id': ({ last }) => `das Vokabular hat die Nummern 0 bis ${last}`,
  'right-ids': () => 'es muss die Nummer eines Tokens oder eine Liste davon sein',
  'right-types': ({ types }) => `gelesen werden ${types.join(' und ')}`,
  'right-feed-forward': ({ names }) => `es muss eine Aktivierung oder gated- sein, etwa ${names.join(', ')}`,
  'right-activation': ({ names }) => `von den Aktivierungen werden ${names.join(', ')} gelesen`,
  'right-groups': ({ width }) => `es muss eine Liste ganzer Zahlen sein, die zusammen d_model ergeben, ${width}`,
  'right-precision': () => 'gerechnet wird in float32',
  'right-without': () => 'gelesen werden nur Modelle ohne es',
  'right-distance': ({ buckets, exact }) => `bei ${buckets} Fächern haben Abstände unter ${exact} je ein eigenes, also muss es mehr sein`,

  'in-file': ({ file, why }) => `${file}: ${why}`,
  'network-uneven': ({ name, own, other }) =>
    `${name}: num_layers ist ${own} und num_decoder_layers ${other}; Netze eines Laufs haben von beiden gleich viele`,
  'network-size-beyond': ({ name, key, value, min, max }) => `${name}: ${key} ist ${value}; ein Netz eines Laufs hat ${min} bis ${max}`,
  'network-not-starting': ({ model, starting }) =>
    `source: ${model} beginnt in diesem Plan nicht; mit einer Datei können ${starting.join(', ')} beginnen`,
  'network-not-open': ({ model, mark }) =>
    `Das Netz ${model} beginnt mit einer Datei mit dem Kennzeichen ${mark}, die hier nicht geöffnet ist: Ein Link und eine Datei mit Einstellungen enthalten keine Gewichte. Diese Datei öffnen, oder source weglassen und mit zufälligen Gewichten beginnen`,
  'network-other-size': ({ name, model, own, other }) =>
    `${name} an der Stelle von ${model} hat ${own}; die Netze dieses Experiments haben ${other}, und alle eines Laufs haben eine Größe`,
  'network-few-tokens': ({ name, task, own, other }) =>
    `${name} hat ${own} Token; die Aufgabe ${task} hat ${other}, und ein Netz muss so viele oder mehr haben`,
  'network-too-much-memory': ({ name, tokens, bytes, most }) =>
    `Mit den ${tokens} Token von ${name} brauchen diese Netze und ihr Batch etwa ${gigabytes(bytes, 1024 ** 3)} GB; ${gigabytes(most, 1024 ** 3)} GB sind das Höchste. Weniger braucht ein kleinerer Batch, oder ein Plan, der ein Netz trainiert und keines verschmilzt, etwa plan=A:100`,
  'network-pads': ({ name, own, other }) => `${name}: pad_token_id ist ${own}; die Aufgaben hier füllen mit ${other} auf`,
  'network-ends': ({ name, own, other }) => `${name}: eos_token_id ist ${own.join(', ') || 'null'}; die Aufgaben hier enden mit ${other}`,
  'network-begins': ({ name, own, other }) => `${name}: decoder_start_token_id ist ${own}; die Aufgaben hier beginnen mit ${other}`,
  'networks-not-alike': ({ first, second, field, own, other }) =>
    `${first} und ${second} lassen sich nicht verschmelzen. ${field} ist ${own} in ${first} und ${other} in ${second}; es muss gleich sein.`,
  'weight-missing': ({ name, shape }) => `${name} fehlt; config.json verlangt es mit der Form ${shape}`,
  'weight-missing-decoder': ({ name, shape, own, other }) =>
    `${name} fehlt; config.json verlangt es mit der Form ${shape} (num_hidden_layers ist ${own}; ohne num_decoder_layers hat der Decoder ${other} Schichten)`,
  'weight-other-shape': ({ name, shape, right }) => `${name} hat die Form ${shape}; config.json verlangt ${right}`,
  'weight-strange': ({ name }) => `${name} ist kein Parameter des T5, das config.json beschreibt`,
};
