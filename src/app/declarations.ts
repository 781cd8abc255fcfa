/**
 * What the page is about, without the page: settings, presets, links, in a chunk of their own (vite.config.ts): they
 * run in a task before the page's own code.
 */
import '../experiment/link/link.ts';
import '../experiment/describe.ts';
