/** The progress bar on stderr: redrawn in place on a terminal, a line at every tenth elsewhere. */
const WIDTH = 24;

export class Progress {
  private readonly quiet: boolean;
  private readonly terminal = process.stderr.isTTY;
  private last = -1;
  private drawnAt = 0;
  private dirty = false;

  constructor(quiet: boolean) {
    this.quiet = quiet;
  }

  /** @param share 0…1 */
  show(share: number, text: string): void {
    if (this.quiet) return;
    const tenth = Math.floor(share * 10);
    if (!this.terminal) {
      if (tenth > this.last) process.stderr.write(`${String(tenth * 10).padStart(3)} % ${text}\n`);
      this.last = tenth;
      return;
    }
    const now = performance.now();
    if (share < 1 && now - this.drawnAt < 100) return;
    this.drawnAt = now;
    const full = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH);
    process.stderr.write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
    this.dirty = true;
  }

  /** Starts a new line if the bar stands on this one. */
  clear(): void {
    if (this.dirty) process.stderr.write('\n');
    this.dirty = false;
    this.last = -1;
  }

  note(text: string): void {
    if (this.quiet) return;
    this.clear();
    process.stderr.write(`${text}\n`);
  }
}
