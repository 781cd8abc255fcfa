/**
 * Vite plugin that writes the pages of paper.ts beside the built page, at lessons/NAME/, and in German at
 * lessons/de/NAME/.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { paperPages, TEACHERS_SCRIPT } from './paper.ts';

/** The pages in German, made by a process of its own. @param root of the project */
async function germanPages(root: string): Promise<readonly (readonly [fileName: string, source: string])[]> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'scripts/lessons/german.ts'], { cwd: root, maxBuffer: 2 ** 25 });
  return JSON.parse(stdout) as [string, string][];
}

export function lessonPages(): Plugin {
  let root = process.cwd();
  return {
    name: 'lesson-pages',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(root, 'src/app/teachers.ts'), fileName: TEACHERS_SCRIPT });
    },
    async generateBundle() {
      const pages = new Map([...(await paperPages()), ...(await germanPages(root))]);
      for (const [fileName, source] of pages) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
