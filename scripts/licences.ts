/**
 * Vite plugins that write `licenses.txt`: the licences of every package in the page's and the worker's bundle, of the
 * WebAssembly runtime, and of the prepared data. (Vite's own `build.license` sees the page's bundle only.)
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from './install.mjs';

const FILE = 'licenses.txt';
/**
 * In the bundle without a module of their own: the wasm files are assets, and the bundler brings helpers (of `using`,
 * for one).
 */
const BESIDES = ['assemblyscript', '@tensorflow/tfjs-backend-wasm', 'rolldown'];
/** A package with the plain text of the licence that some packages only name. */
const STANDARD_TEXT: Readonly<Record<string, string>> = { 'Apache-2.0': 'typescript' };

interface Description {
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

const ownLicence = (): string => readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim();

/** The MIT licence for a package that states it and names its author, but ships no text. */
function mitOf(author: Description['author']): string | undefined {
  const name = typeof author === 'object' ? author.name : author;
  const terms = ownLicence().split(/^Copyright.*$/m)[1];
  return name === undefined || terms === undefined ? undefined : `Copyright (c) ${name}\n\n${terms.trim()}`;
}

function licenceOf(name: string): string {
  const folder = join(ROOT, 'node_modules', name);
  const { version, license = 'no licence named', author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Description;
  const textIn = (place: string): string | undefined => {
    const file = readdirSync(place).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
    return file === undefined ? undefined : readFileSync(join(place, file), 'utf8').trim();
  };
  const standard = STANDARD_TEXT[license];
  const text =
    textIn(folder) ??
    (standard === undefined ? undefined : textIn(join(ROOT, 'node_modules', standard))) ??
    (license === 'MIT' ? mitOf(author) : undefined);
  return `${name} ${version}\n${license}\n\n${text ?? `The package states the licence ${license} without its text.`}\n`;
}

function dataNotices(): string[] {
  const path = join(ROOT, 'public/data/manifest.json');
  if (!existsSync(path)) return [];
  const { files } = JSON.parse(readFileSync(path, 'utf8')) as {
    files: { title: string; package: string; licence: string; notice: string }[];
  };
  return files.map((file) => `${file.title} (data, from ${file.package})\n${file.licence}\n\n${file.notice}\n`);
}

/** The list of everyday words carries its notice at its head. */
function listNotice(): string {
  const text = readFileSync(join(ROOT, 'src/data/everyday-words.data.ts'), 'utf8');
  const head = text.slice(0, text.indexOf('*/')).replaceAll(/^\/?[ *]+/gm, '');
  return `Everyday words (data, picked from SCOWL)\n\n${head.trim()}\n`;
}

/** `page` goes with the page's plugins, `worker` with the worker's. */
export function licences(): { page: Plugin; worker: Plugin } {
  const packages = new Set<string>(BESIDES);
  const collect = (modules: Iterable<string>): void => {
    for (const id of modules) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
      // A nested copy (a/node_modules/b) has the same licence as the one beside it; one that is only nested is named by
      // its parent.
      if (name !== undefined && existsSync(join(ROOT, 'node_modules', name, 'package.json'))) packages.add(name);
    }
  };
  return {
    worker: {
      name: 'licences-of-the-worker',
      apply: 'build',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') collect(Object.keys(chunk.modules));
      },
    },
    page: {
      name: 'licences',
      apply: 'build',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') collect(Object.keys(chunk.modules));
        const own = `Deep Fusion Playground\nMIT\n\n${ownLicence()}\n`;
        const parts = [own, ...[...packages].sort().map(licenceOf), ...new Set(dataNotices()), listNotice()];
        this.emitFile({ type: 'asset', fileName: FILE, source: parts.join(`\n${'-'.repeat(100)}\n\n`) });
      },
    },
  };
}
