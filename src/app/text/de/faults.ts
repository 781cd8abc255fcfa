/**
 * The messages about an adapter, the prepared data or a typed word, by code, in German: why something is as it is, or
 * can't be.
 */
import { fixed } from '../../../experiment/messages/numbers.ts';
import type { Messages } from '../../../experiment/messages/say.ts';
import type { ENGLISH_FAULTS } from '../../../experiment/messages/english-faults.ts';

export const FAULTS: Pick<Messages, keyof typeof ENGLISH_FAULTS> = {
  'on-wasm': ({ why }) => `WebAssembly: ${why}`,
  'on-reference': ({ why, failure }) => `Einfaches JavaScript, viel langsamer: ${why}, und WebAssembly schlug fehl (${failure})`,
  'on-software-webgpu': () =>
    'WebGPU in Software: keine GPU gefunden, langsamer; Produkte in Kacheln von Registern, wie ein Prozessor sie mag',
  'on-webgpu': ({ adapter }) => `WebGPU · ${adapter}; Produkte in Kacheln im gemeinsamen Speicher, wie eine GPU sie mag`,
  'wasm-asked-for': () => 'wasm war verlangt',
  'reference-asked-for': () => 'war verlangt',
  'no-graphics-processor': () => 'kein Grafikprozessor gefunden',
  'no-webgpu-here': () => 'dieser Browser hat kein WebGPU',
  'no-webgpu-adapter': () => 'kein WebGPU-Adapter gefunden',
  'no-vulkan-loader': () => 'dieses Gerät hat keinen Vulkan-Lader (libvulkan.so.1)',
  'no-webgpu-package': () => 'das optionale Paket webgpu ist nicht installiert',
  'webgpu-failed': ({ why }) => `WebGPU schlug fehl (${why})`,
  'adapter-not-given': ({ why }) => `die Frage nach einem WebGPU-Adapter schlug fehl: ${why}`,
  'device-not-given': ({ adapter, why }) => `der WebGPU-Adapter ${adapter} gab kein Gerät: ${why}`,
  'browser-too-late': ({ device, seconds }) => `der Browser gab innerhalb von ${seconds} s ${device ? 'kein Gerät' : 'keine Antwort'}`,
  'webgpu-too-small': ({ why }) => `WebGPU hatte dafür keinen Speicher (${why})`,
  'webgpu-lost-often': ({ times, why }) => `WebGPU ging ${times}-mal verloren (${why})`,

  'device-was-lost': ({ kind, text }) => `das WebGPU-Gerät ging verloren (${kind}): ${text || 'keine Meldung'}`,
  'webgpu-error': ({ text }) => `WebGPU-Fehler: ${text}`,
  'no-memory': ({ bytes }) =>
    `wasm: kein Speicher für ${fixed(bytes / 2 ** 20, 0)} MB; ein kleineres Modell oder ein kleinerer Batch passt`,
  'buffer-too-large': ({ label, size, most }) =>
    `webgpu: ${label} braucht ${size} Bytes in einem Puffer; dieser Adapter erlaubt ${most}. Ein kleineres Modell oder ein kleinerer Batch passt`,
  'shader-refused': ({ shader, text }) => `webgpu: Der Shader ${shader} lässt sich nicht übersetzen: ${text}`,
  'source-worker-stopped': ({ why }) => `der eigene Worker eines Quellnetzes blieb stehen: ${why}`,
  'worker-ended': () => 'er wurde beendet',
  'worker-not-loaded': () => 'sein Skript konnte nicht geladen werden',
  'worker-unreadable': () => 'er hat etwas Unlesbares gesendet',
  'thread-ended': ({ code }) => `sein Thread endete mit dem Code ${code}`,
  'kernels-not-loaded': ({ status }) => `die wasm-Rechenkerne konnten nicht geladen werden: Der Server antwortete ${status}`,

  'file-offline': ({ path }) => `${path} konnte nicht geladen werden: Dieses Gerät ist offline`,
  'file-no-answer': ({ path }) => `${path} konnte nicht geladen werden: Der Server antwortet nicht`,
  'file-status': ({ path, status }) => `${path} konnte nicht geladen werden: Der Server antwortete ${status}`,
  'manifest-unreadable': ({ manifest }) => `${manifest} ist kein JSON; die Daten neu vorbereiten (npm run data)`,
  'manifest-incomplete': ({ manifest, path }) =>
    `${manifest} nennt Größe und Hash von ${path} nicht; die Daten neu vorbereiten (npm run data)`,
  'file-other-size': ({ path, bytes, lineEnds, right }) =>
    `${path} hat ${bytes} Bytes${lineEnds ? ', mit Zeilenenden aus zwei Zeichen' : ''}; vorbereitet wurde sie mit ${right}`,
  'file-changed': ({ path }) => `${path} wurde geändert: Ihr Hash ist nicht der der vorbereiteten Datei`,
  'file-bad-line': ({ path, line, text }) =>
    `${path}, Zeile ${line}: „${text}“ ist keine Eingabe mit ihrem Ziel, durch einen Tabulator getrennt; npm run data ausführen`,
  'too-many-words': ({ field, count, most, path }) => `${field}: ${count} ist mehr als die ${most} Wörter von ${path}; höchstens ${most}`,
  'too-many-sequences': ({ field, count, most, task }) =>
    `${field}: ${count} ist mehr als die ${most} verschiedenen Folgen von ${task}; höchstens ${most}`,

  'own-missing': ({ mark }) =>
    `dieser Lauf liest einen eigenen Text${mark === '' ? '' : ` mit dem Kennzeichen ${mark}`}, der hier nicht angegeben wurde; Texte bleiben auf dem Gerät, auf dem sie geöffnet wurden`,
  'own-none-of-kind': ({ pairs }) =>
    pairs
      ? 'task=own liest eigene Paare, je Zeile eine Eingabe und ihre Ausgabe mit einem Tabulator dazwischen; angegeben sind keine'
      : 'corpus=own liest einen eigenen Text ohne Tabulatoren; angegeben ist keiner',
  'own-too-short': ({ words, least }) =>
    `der eigene Text hat ${words} Wörter; nötig sind mindestens ${least}, weil zweimal ein Zehntel davon zurückgehalten wird`,
  'own-no-pair': ({ line, text }) =>
    `Zeile ${line} der eigenen Paare, „${text}“, ist nicht Eingabe und Ausgabe mit genau einem Tabulator dazwischen`,
  'own-few-pairs': ({ pairs, least }) =>
    `es sind ${pairs} eigene Paare; nötig sind mindestens ${least}, weil zweimal ein Zehntel davon zurückgehalten wird`,
  'own-long': ({ input, text, tokens, most }) =>
    `die ${input ? 'Eingabe' : 'Ausgabe'} „${text}“ der eigenen Paare hat ${tokens} Token; höchstens ${most} passen`,
  'own-too-many': ({ count, most }) =>
    `examples=${count} verlangt mehr eigene Paare, als zum Trainieren da sind; das sind ${most}, die anderen sind zurückgehalten`,

  'word-too-long': ({ text, letters, most }) => `„${text}“ hat ${letters} Buchstaben; dieses Experiment nimmt höchstens ${most}`,
  'sequence-too-long': ({ text, symbols, task, most }) => `„${text}“ hat ${symbols} Zeichen; ${task} nimmt höchstens ${most}`,
  'text-too-long': ({ tokens, of, task, most }) =>
    `dieser Text hat ${tokens} ${of === 'words' ? 'Wörter und Satzzeichen' : of === 'characters' ? 'Zeichen' : 'Stücke'}; ${task} nimmt höchstens ${most}`,
  'too-few-windows': ({ count, most }) =>
    `verlangt sind ${count} Teile dieses Textes; er hat ${most}, die mit einem Wort beginnen und lang genug sind`,
};
