/** When to look at a run: samples, weight picture, symmetry, sharpness and gradient norm, each at its own pace. */
import type { AttentionChoice } from '../../run/reports.ts';
import type { ModelId } from '../../experiment/experiment.ts';
import { Aside } from '../../run/beside/aside.ts';
import { Observer } from './observer.ts';
import type { Event } from '../protocol.ts';
import type { Run } from '../../run/run.ts';
import { Throttle } from '../../predict/throttle.ts';

/** First samples after so many steps, as the page's words say. */
const FIRST_SAMPLES = 20;

export class Watcher {
  private readonly run: Run;
  private readonly emit: (event: Event) => void;
  private readonly observer: Observer;
  private weightsName = '';
  private weightsModel: ModelId | undefined;
  private readonly samplesThrottle = new Throttle(2000);
  private readonly weightsThrottle = new Throttle(600);
  private samplesAt = -1;
  private samplesAsked = false;
  private weightsAt = -1;
  private weightsAsked = true;
  private attention: AttentionChoice | null;
  private readonly attentionThrottle = new Throttle(1000);
  private attentionAt = -1;
  private resting = false;
  private readonly shown: Aside;

  /** @param looks what the reader has typed under the samples so far, and at which attention they look */
  constructor(
    run: Run,
    emit: (event: Event) => void,
    { ownWord = '', attention = null }: { readonly ownWord?: string; readonly attention?: AttentionChoice | null } = {},
  ) {
    this.run = run;
    this.emit = emit;
    this.shown = new Aside('samples-not-shown', emit);
    this.observer = new Observer(run, (model, position, token) => emit({ type: 'own-token', model, position, token }));
    this.observer.tryWord(ownWord);
    this.attention = attention;
  }

  showWeights(name: string, model?: ModelId): void {
    this.weightsName = name;
    this.weightsModel = model;
    this.weightsAsked = true;
  }

  /** Comes at once, and anew while the run goes on; null: no more. */
  showAttention(choice: AttentionChoice | null): void {
    this.attention = choice;
    this.attentionAt = -1;
  }

  /** Shown with the next samples, which come at once. */
  tryWord(text: string): void {
    this.observer.tryWord(text);
    this.attentionAt = -1;
    this.samplesAsked = true;
  }

  /** @param still nothing trains: what is shown should be of exactly this step */
  async advance(still: boolean): Promise<boolean> {
    const { run } = this;
    if (this.resting) return false;
    if (this.weightsAsked || (run.step !== this.weightsAt && (still || this.weightsThrottle.ready()))) {
      this.weightsAsked = false;
      this.weightsAt = run.step;
      await this.weights();
      return true;
    }
    const due = run.step >= FIRST_SAMPLES && run.step !== this.samplesAt && (still || this.samplesThrottle.ready());
    if (due || this.samplesAsked) {
      this.samplesAsked = false;
      this.samplesAt = run.step;
      await this.samples('now');
      return true;
    }
    const { attention } = this;
    const fresh = this.attentionAt < 0;
    if (attention && run.step !== this.attentionAt && (fresh || still || this.attentionThrottle.ready())) {
      this.attentionAt = run.step;
      const report = await this.shown.make(() => this.observer.attention(attention));
      if (report) this.emit({ type: 'attention', report });
      return true;
    }
    return false;
  }

  async samples(moment: 'now' | 'before-growth'): Promise<void> {
    const samples = await this.shown.make(() => this.observer.samples());
    if (samples) this.emit({ type: 'samples', ...samples, step: this.run.step, moment });
  }

  private async weights(): Promise<void> {
    const { picture, symmetry } = await this.observer.weights(this.weightsName, this.weightsModel);
    this.emit({ type: 'weights', picture, step: this.run.step });
    if (symmetry) this.emit({ type: 'symmetry', step: this.run.step, ...symmetry });
  }

  /** The model whose gradient norm is shown. */
  get leading(): ModelId {
    return this.run.newest ?? '';
  }

  /** Looks no more: it could not be done. */
  rest(): void {
    this.resting = true;
  }

  /** Models were retired. */
  release(): void {
    this.attentionAt = -1;
    this.observer.release();
    this.weightsAsked = true;
  }

  dispose(): void {
    this.observer.dispose();
  }
}
