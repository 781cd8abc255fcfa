/** Vite plugin that writes the pages of paper.ts beside the built page, at lessons/NAME/. */
import type { Plugin } from 'vite';
import { paperPages } from './paper.ts';

export function lessonPages(): Plugin {
  return {
    name: 'lesson-pages',
    apply: 'build',
    async generateBundle() {
      for (const [fileName, source] of await paperPages()) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
