import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { lessonPages } from './scripts/lessons/plugin.ts';
import { licences } from './scripts/licences.ts';
import { CONTENT_SECURITY_POLICY, DEVELOPMENT_HEADERS, headers, headersFile } from './scripts/headers.mjs';

/**
 * The policy as a meta element for hosts that set no headers, and as `_headers` for those that read it. The worker
 * obeys only the header.
 */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

/** The scripts that src/app/opening.ts imports once the first screen is painted. */
const EARLY = ['/src/app/libraries.ts', '/src/app/declarations.ts', '/src/app/main.tsx'];

/**
 * The code and the styles of the page itself are fetched while its first screen is painted (src/app/opening.ts), not
 * after; and nothing is painted before the small script that knows the reader's colours has run, in browsers that can
 * wait for it.
 */
function fetchedEarly(): Plugin {
  return {
    name: 'fetched-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        const names = new Set<string>();
        const add = (fileName: string): void => {
          const chunk = chunks.find((file) => file.fileName === fileName);
          if (!chunk || chunk.isEntry || names.has(fileName)) return;
          names.add(fileName);
          chunk.imports.forEach(add);
        };
        const isEarly = (id: string): boolean => EARLY.some((file) => id.endsWith(file));
        for (const { fileName, moduleIds } of chunks) if (moduleIds.some(isEarly)) add(fileName);
        const styles = chunks
          .filter(({ fileName }) => names.has(fileName))
          .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        const link = (attrs: Readonly<Record<string, string>>, name: string) => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true, href: `./${name}` },
          injectTo: 'head' as const,
        });
        return {
          html: html.replace('<script type="module"', '<script type="module" blocking="render"'),
          tags: [
            ...[...names].filter((name) => !html.includes(name)).map((name) => link({ rel: 'modulepreload' }, name)),
            ...styles.map((name) => link({ rel: 'preload', as: 'style' }, name)),
          ],
        };
      },
    },
  };
}

/**
 * In the browser `@tensorflow/tfjs` is our lean entry (see src/engine/tfjs.ts); exactly this name, not the packages it
 * is made of.
 */
export const LEAN_TFJS = { find: /^@tensorflow\/tfjs$/, replacement: fileURLToPath(new URL('src/engine/tfjs.ts', import.meta.url)) };

/** Address of the published source, if package.json names one: a link on the page. */
function sourceRepository(): string {
  const { repository } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
    repository?: string | { readonly url?: string };
  };
  const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
  return /^(git\+)?https:/.test(url) ? url.replace(/^git\+/, '').replace(/\.git$/, '') : '';
}

const licenceFile = licences();

/**
 * The modules of the first script, which is small and waits for nothing else; and those that another language imports,
 * loaded before the page: from the page's own chunk it would bring all English with it.
 */
const FIRST_SCRIPT =
  /preload-helper|src\/app\/(state\/(scheme|browser-storage)|ui\/(network|next-task)|text\/languages\/languages)|src\/experiment\/(messages\/(language|numbers)|link\/languages|declared\/sources)/;

/**
 * Packages that the page begins with. One that is imported by name, as Mantine is, would come whole: such stay where
 * they are used.
 */
const LIBRARIES = /node_modules\/(react|react-dom|scheduler|zod)\//;
/** The part of our own code that knows nothing of a page; the repository may itself lie in a folder `src`. */
const BELOW_THE_PAGE = /\/src\/(?!app\/|.*\/src\/)/;
/** Of packages, what the page begins with and later parts use, too. */
const SHARED_PACKAGES = /clsx|get-floating-position/;

/**
 * All that src/app/main.tsx imports before it can run, in three pieces: they compress better than ten, and parts that
 * are fetched later import from them. Libraries are one and what lies below the page is one, so that no task is as long
 * as all take to run (src/app/libraries.ts, src/app/declarations.ts).
 */
function pageGroup(): { name: (id: string, modules: Modules) => string | null } {
  let page: ReadonlySet<string> | null = null;
  const reached = (modules: Modules): ReadonlySet<string> => {
    const found = new Set([fileURLToPath(new URL('src/app/main.tsx', import.meta.url))]);
    for (const id of found) modules.getModuleInfo(id)?.importedIds.forEach((imported) => found.add(imported));
    return found;
  };
  return {
    name: (id, modules) => {
      page ??= reached(modules);
      if (LIBRARIES.test(id)) return page.has(id) ? 'libraries' : null;
      if (id.includes('node_modules')) return SHARED_PACKAGES.test(id) ? 'page' : null;
      if (!page.has(id)) return null;
      return BELOW_THE_PAGE.test(id) ? 'declarations' : 'page';
    },
  };
}

/** Asks the bundler for a module. */
type Modules = { readonly getModuleInfo: Rolldown.GetModuleInfo };

export default defineConfig({
  // Relative, so that the folder works from any host and under a sub-path.
  base: './',
  define: { SOURCE_REPOSITORY: JSON.stringify(sourceRepository()) },
  plugins: [react(), contentSecurityPolicy(), fetchedEarly(), lessonPages(), licenceFile.page],
  resolve: { alias: [LEAN_TFJS] },
  build: {
    target: 'es2023',
    // An inlined wasm would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        comments: { legal: false },
        codeSplitting: { groups: [{ name: 'opening', test: FIRST_SCRIPT, priority: 1 }, pageGroup()] },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [licenceFile.worker],
    // Licences stand in one file, licenses.txt; in the worker's chunk they would weigh 46 KB gzipped.
    rolldownOptions: { output: { comments: { legal: false } } },
  },
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-core/dist/register_all_gradients',
      '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
  },
  server: { headers: { ...DEVELOPMENT_HEADERS } },
  preview: { headers: { ...headers() } },
});
