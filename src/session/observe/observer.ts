/**
 * Observations along a run that never change it: samples, weight pictures, symmetry. Programs are compiled once a
 * model.
 */
import { isFusion } from '../../experiment/declared/operators.ts';
import type { Program } from '../../engine/device.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { makeBatch, type Batch } from '../../data/batch.ts';
import type { EncodedExample } from '../../data/example.ts';
import { isMember, type ModelId, type TaskId } from '../../experiment/experiment.ts';
import { twinDistance } from '../../fusion/look/symmetry.ts';
import { Looks, weightsPicture } from '../../fusion/look/weights-picture.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { countExact, generateGreedily, generationOf, likeliest } from '../../model/generation.ts';
import { FORWARD_INPUTS, setInputs } from '../../model/t5-model.ts';
import { meterOf } from '../../model/work-meter.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { type AskedWord, askWord } from './own-word.ts';
import { attentionOutput, headOrigins, weightsOfRow, wordsOfAttention } from './attention.ts';
import type {
  AttentionChoice,
  AttentionReport,
  BlockReport,
  GrowthReport,
  OwnToken,
  OwnWord,
  SampleRow,
  WeightChange,
  WeightPicture,
} from '../../run/reports.ts';
import type { Run } from '../../run/run.ts';
import type { StageData } from '../../run/setup/setup.ts';

/** Rows of the samples table, the reader's own word left out. */
const SAMPLES = 4;

interface Programs {
  readonly trainer: ModelTrainer;
  readonly samples: Program;
  readonly probe: Program;
  readonly own: Resources;
  /** The input that the samples program was given last, and the measures of the other. */
  given: Batch;
  readonly data: StageData;
}

export interface SamplesReport {
  readonly task: TaskId;
  readonly rows: readonly SampleRow[];
  readonly own: OwnWord | null;
  readonly exact: Readonly<Record<ModelId, number>>;
  readonly of: number;
}

/** Tokens that are told beside the one that was chosen. */
const RIVALS = 4;

function ownToken(logits: Float32Array, tokens: readonly string[]): OwnToken {
  const [chosen, ...rivals] = likeliest(logits, RIVALS + 1).map(({ id, probability }) => ({ text: tokens[id] ?? '', probability }));
  return { text: chosen?.text ?? '', probability: chosen?.probability ?? Number.NaN, rivals };
}

/** The sources to answer: the samples, and behind them the reader's own word, or any other in its place. */
interface Shown {
  readonly examples: readonly EncodedExample[];
  readonly batch: Batch;
}

export class Observer {
  private readonly run: Run;
  private readonly tellToken: (model: ModelId, position: number, token: OwnToken) => void;
  private shown: Shown | null = null;
  private own: AskedWord | null = null;
  private text = '';
  /** The task that was trained on when this was last looked at. */
  private data: StageData | null = null;
  private readonly programs = new Map<ModelId, Programs>();
  private readonly looks = new Looks();

  /** @param tellToken told of every token of an answer to what the reader typed, when it is chosen */
  constructor(run: Run, tellToken: Observer['tellToken'] = () => {}) {
    this.run = run;
    this.tellToken = tellToken;
  }

  /** The reader's own word from now on; an empty text takes it away. */
  tryWord(text: string): void {
    this.text = text;
    this.data = null;
  }

  /** The task that is trained on now; programs for another are made anew. */
  private whatIsTrained(): StageData {
    const { current } = this.run.trained;
    if (this.data !== current) {
      this.data = current;
      this.own = askWord(this.text, current.task);
      this.shown = null;
    }
    return current;
  }

  private async whatIsShown({ task }: StageData): Promise<Shown> {
    if (this.shown) return this.shown;
    const examples = (await task.samples()).slice(0, SAMPLES);
    // The batch keeps its size with a word and without, so that programs are compiled once.
    const last = this.own?.example ?? task.probe[0];
    this.shown = { examples, batch: makeBatch(last ? [...examples, last] : examples, task) };
    return this.shown;
  }

  private async programsOf(id: ModelId, { batch }: Shown, data: StageData): Promise<Programs> {
    const trainer = this.run.trainer(id);
    const known = this.programs.get(id);
    const vocabulary = trainer.config.vocab_size;
    const give = (samples: Program): void => setInputs(samples, batchInputs(batch, vocabulary), FORWARD_INPUTS);
    // Programs are of the model here; a trainer apart brings its parameters with it.
    const model = await trainer.local();
    if (known && (known.trainer !== trainer || known.data !== data)) {
      this.programs.delete(id);
      known.own.dispose();
    } else if (known) {
      if (known.given !== batch) give(known.samples);
      known.given = batch;
      return known;
    }
    using own = new Resources();
    const samples = own.use(await model.compileForward(batch));
    const probe = own.use(await model.compileForward(data.probe));
    give(samples);
    setInputs(probe, batchInputs(data.probe, vocabulary), FORWARD_INPUTS);
    const made = { trainer, samples, probe, given: batch, data, own: own.move() };
    this.programs.set(id, made);
    return made;
  }

  /** The answers of the models in training, and the share they get exactly right on the probe set. */
  samples(): Promise<SamplesReport> {
    return meterOf(this.run.device).during('probe', () => this.sampled());
  }

  private async sampled(): Promise<SamplesReport> {
    const data = this.whatIsTrained();
    const { task, probe } = data;
    const ids = [...this.run.trainers.keys()].filter((id) => !isMember(id));
    const { own } = this;
    const shown = await this.whatIsShown(data);
    const { examples, batch } = shown;
    const outputs: Record<ModelId, string>[] = Array.from({ length: batch.batch }, () => ({}));
    const exact: Record<ModelId, number> = {};
    for (const id of ids) {
      const programs = await this.programsOf(id, shown, data);
      const { config } = programs.trainer;
      // The reader's own text stands behind the samples.
      const onToken = (row: number, position: number, _id: number, logits: Float32Array): void => {
        if (own?.example && row === examples.length) this.tellToken(id, position, ownToken(logits, task.tokens));
      };
      const rows = await generateGreedily(programs.samples, generationOf(batch, config), onToken);
      rows.forEach((tokens, row) => {
        const output = outputs[row];
        if (output) output[id] = task.decode(tokens);
      });
      programs.probe.run();
      exact[id] = countExact(await programs.probe.read('logits'), probe.labels, task.targetLength, config.vocab_size);
    }
    const rows = examples.map(({ source, target }, i): SampleRow => ({ source, target, outputs: outputs[i] ?? {} }));
    const said = own?.example ? (outputs[examples.length] ?? {}) : {};
    return { task: task.task, rows, own: own && { ...own.report, outputs: said }, exact, of: probe.batch };
  }

  /** Which words a network looks at while it answers one of the samples, or what the reader typed behind them. */
  attention(choice: AttentionChoice): Promise<AttentionReport | null> {
    return meterOf(this.run.device).during('probe', () => this.attended(choice));
  }

  private async attended({ model = '', row, kind, layer: asked }: AttentionChoice): Promise<AttentionReport | null> {
    const { run } = this;
    const data = this.whatIsTrained();
    const shown = await this.whatIsShown(data);
    const { batch } = shown;
    const id = run.trainers.has(model) ? model : run.newest;
    if (id === undefined || row >= batch.batch) return null;
    const { samples: program, trainer } = await this.programsOf(id, shown, data);
    const { config } = trainer;
    const layers = kind === 'encoder' ? config.num_layers : config.num_decoder_layers;
    const layer = Math.min(asked, layers - 1);
    const { task } = data;
    // The last pass of a generation has before it all that was said.
    const answer = (await generateGreedily(program, generationOf(batch, config)))[row] ?? [];
    const from = row * batch.sourceLength;
    const source = [...batch.inputIds.subarray(from, from + batch.sourceLength)].filter((_, i) => batch.attentionMask[from + i] === 1);
    const words = (ids: readonly number[]): readonly string[] => ids.map((token) => task.tokens[token] ?? '');
    const { queries, keys } = wordsOfAttention(kind, words(source), words(answer));
    const { num_heads: heads, d_kv: dkv } = config;
    const lengths = {
      heads,
      queryLength: kind === 'encoder' ? batch.sourceLength : batch.targetLength,
      keyLength: kind === 'decoder' ? batch.targetLength : batch.sourceLength,
    };
    const weights = weightsOfRow(await program.read(attentionOutput(kind, layer)), row, lengths, queries.length, keys.length);
    const grown = run.growths.find(({ report }) => report.target === id);
    const origins = grown
      ? headOrigins(grown.provenance, grown.report.sources, { kind, layer, heads, dkv })
      : Array.from({ length: heads }, () => id);
    return { model: id, step: run.step, row, kind, layer, layers, queries, keys, origins, weights };
  }

  /**
   * The picture of a tensor of a fused model (the newest, unless another one that is in training is asked for), or of
   * the first model before a growth.
   */
  async weights(name: string, model = ''): Promise<{ picture: WeightPicture; symmetry: { total: number; offDiagonal: number } | null }> {
    const { run } = this;
    const fused = run.growths.filter(({ report }) => run.trainers.has(report.target));
    const grown = fused.find(({ report }) => report.target === model) ?? fused.at(-1);
    const id = grown?.report.target ?? [...run.trainers.keys()][0] ?? '';
    const parameters = await run.trainer(id).parameters();
    const names = [...parameters.keys()];
    const chosen = parameters.has(name) ? name : (names.find((each) => each.includes('wi_0')) ?? names[0] ?? name);
    const tensor = parameters.get(chosen);
    if (!tensor) throw new Error(`the model has no tensor ${name}; there are ${names.join(', ')}`);
    const provenance = grown?.provenance.get(chosen) ?? null;
    const picture = weightsPicture(tensor, provenance);
    this.looks.add({ model: id, step: run.step, parameters });
    const moved = this.looks.change(chosen);
    const change = moved && weightsPicture(moved.tensor, provenance);
    const blocks = picture.blocks.map(
      (block): BlockReport => ({ ...block, origin: block.origin === 'new' ? 'new' : (grown?.report.sources[block.origin] ?? id) }),
    );
    const distance = grown && hasTwins(grown.report) ? twinDistance(parameters, grown.parts) : null;
    return {
      picture: {
        model: id,
        name: chosen,
        names,
        height: picture.height,
        width: picture.width,
        cells: picture.cells,
        rows: picture.rows,
        columns: picture.columns,
        blocks,
        change:
          moved &&
          change &&
          ({
            steps: moved.steps,
            cells: change.cells,
            blocks: change.blocks.map(({ meanAbsolute }) => meanAbsolute),
          } satisfies WeightChange),
      },
      symmetry: distance ? { total: distance.total, offDiagonal: distance.offDiagonal } : null,
    };
  }

  /** Programs of models that are no longer in training. */
  release(): void {
    for (const [id, { trainer, own }] of this.programs) {
      if (this.run.trainers.get(id) === trainer) continue;
      own.dispose();
      this.programs.delete(id);
    }
  }

  dispose(): void {
    for (const { own } of this.programs.values()) own.dispose();
    this.programs.clear();
  }
}

/** Blocks can be compared where equally large networks stand side by side. */
const hasTwins = ({ operator, parameters }: GrowthReport): boolean =>
  isFusion(operator) && parameters.sources.every((count, _i, all) => count === all[0]);
