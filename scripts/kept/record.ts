/**
 * What a proof prints, which `--record` also writes to docs/keeping.md: a section for each proof, under the command
 * that it came from.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/keeping.md';
const HEAD = `# What was found of keeping

Runs are kept on the device as they train (ARCHITECTURE.md, “What is kept of a run”). Three commands prove it on the
built page in a real Chromium; with \`--record\` each writes its section here.
`;

export class Printed {
  private readonly lines: string[] = [];

  /** To be read now, and kept for the record. */
  print(line: string): void {
    console.log(line);
    this.lines.push(line);
  }

  /** A paragraph of its own: Markdown would draw it into the table above. */
  paragraph(line: string): void {
    this.print('');
    this.print(line);
  }

  /** Replaces the section of this title. @param command with which it was printed */
  record(title: string, command: string): void {
    const sections = (existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD).split(/\n(?=## )/);
    const [, ...others] = sections;
    const kept = others.filter((section) => !section.startsWith(`## ${title}\n`)).map((section) => section.trimEnd());
    const section = `## ${title}\n\n\`${command}\`\n\n${this.lines.join('\n')}`;
    writeFileSync(FILE, `${[HEAD.trimEnd(), ...[...kept, section].toSorted()].join('\n\n')}\n`);
  }
}

/** The command that runs, as it was called, but for what names no part of the proof. */
export function commandOf(script: string): string {
  const given = process.argv.slice(2).filter((each, i, all) => ![each, all[i - 1]].includes('--address') && !each.startsWith('--address='));
  return ['npm run', script, ...(given.length > 0 ? ['--', ...given] : [])].join(' ');
}
