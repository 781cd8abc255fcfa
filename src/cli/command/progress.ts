/** The progress bar on stderr: redrawn in place on a terminal, a line at every tenth elsewhere. It never goes back. */
const WIDTH = 24;

export class Progress {
  private readonly quiet: boolean;
  private readonly terminal = process.stderr.isTTY;
  /** The largest share that was shown, and its tenth where that was written. */
  private share = 0;
  private tenth = -1;
  private drawnAt = 0;
  private dirty = false;

  constructor(quiet: boolean) {
    this.quiet = quiet;
  }

  /** @param share 0…1; one that is smaller than the last is taken for the last */
  show(share: number, text: string): void {
    if (this.quiet) return;
    this.share = Math.max(this.share, Math.min(share, 1));
    if (!this.terminal) {
      const tenth = Math.floor(this.share * 10);
      if (tenth > this.tenth) process.stderr.write(`${String(tenth * 10).padStart(3)} % ${text}\n`);
      this.tenth = Math.max(this.tenth, tenth);
      return;
    }
    const now = performance.now();
    if (this.share < 1 && now - this.drawnAt < 100) return;
    this.drawnAt = now;
    const full = Math.round(this.share * WIDTH);
    process.stderr.write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
    this.dirty = true;
  }

  /** Starts a new line if the bar stands on this one. */
  clear(): void {
    if (this.dirty) process.stderr.write('\n');
    this.dirty = false;
  }

  note(text: string): void {
    if (this.quiet) return;
    this.clear();
    process.stderr.write(`${text}\n`);
  }
}
