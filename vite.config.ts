import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './scripts/licences.ts';
import { CONTENT_SECURITY_POLICY, DEVELOPMENT_HEADERS, headers, headersFile } from './scripts/headers.mjs';

/** The policy as a meta element for hosts that set no headers, and as `_headers` for those that read it. The worker obeys only the header. */
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

/** In the browser `@tensorflow/tfjs` is our lean entry (see src/engine/tfjs.ts); exactly this name, not the packages it is made of. */
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

/** Modules that the page begins with and that parts which are fetched later import as well. The styles of Mantine are among them: ours, which change them, must come later. */
const SHARED =
  /@mantine\/core\/styles|clsx|get-floating-position|preload-helper|src\/(curves\/|experiment\/(flows|cost|link\/)|app\/(ui\/(Term|icons|later|ErrorBoundary|ui\.module)|text\/(language|words|format|en\/words)|look\/|state\/(store|slices|derived|heard)|plot\/(curves|plan)))/;

export default defineConfig({
  // Relative, so that the folder works from any host and under a sub-path.
  base: './',
  define: { SOURCE_REPOSITORY: JSON.stringify(sourceRepository()) },
  plugins: [react(), contentSecurityPolicy(), licenceFile.page],
  resolve: { alias: [LEAN_TFJS] },
  build: {
    target: 'es2023',
    // An inlined wasm would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        comments: { legal: false },
        // What the page begins with and later parts use, too: in one piece it compresses better than in ten.
        codeSplitting: { groups: [{ name: 'shared', test: SHARED }] },
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
