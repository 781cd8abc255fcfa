/**
 * The one schema of an experiment (zod). The link (link.ts), the JSON file and the command line are three
 * spellings of the value it accepts; `jsonSchema()` prints it for programs outside.
 */
import * as z from 'zod';
import {
  ADAPTERS,
  BASELINES,
  type Experiment,
  GRAMMARS,
  MOMENTS,
  NORMS,
  OFF_DIAGONALS,
  OPERATORS,
  OPTIMIZERS,
  type PlanStage,
  PREDICTIONS,
  PREDICTION_STARTS,
  TASKS,
} from './experiment.ts';
import { LIMITS, type Range, TABLE_SIZES } from './limits.ts';
import { schedule } from './plan/plan.ts';

// zod probes `Function('')` otherwise, which the content security policy reports as a violation.
z.config({ jitless: true });

const whole = (range: Range, text: string): z.ZodInt => z.int().min(range.min).max(range.max).describe(text) as z.ZodInt;
const size = z.number().min(LIMITS.stepSize.min).max(LIMITS.stepSize.max);

const table = z
  .array(z.tuple([z.int().min(0).max(LIMITS.steps.max), z.number().min(TABLE_SIZES.min).max(TABLE_SIZES.max)]).readonly())
  .min(1)
  .max(LIMITS.steps.max + 1)
  .refine((rows) => rows.every((row, i) => i === 0 || row[0] > (rows[i - 1]?.[0] ?? 0)), {
    error: 'the steps of a step-size table must rise',
  })
  .readonly();

export const StepSizeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: size }).readonly(),
  z.strictObject({ kind: z.literal('table'), table: table.describe('[step, size] pairs; each size holds from its step on') }).readonly(),
  z
    .strictObject({
      kind: z.literal('edge'),
      edge: z.number().min(LIMITS.edge.min).max(LIMITS.edge.max).describe('step size = edge / largest eigenvalue of the Hessian'),
    })
    .readonly(),
]);

export const ModelSizeSchema = z
  .strictObject({
    d: whole(LIMITS.d, 'd_model of one source'),
    ff: whole(LIMITS.ff, 'd_ff of one source'),
    heads: whole(LIMITS.heads, 'attention heads of one source'),
    dkv: whole(LIMITS.dkv, 'd_kv: width of one head'),
    layers: whole(LIMITS.layers, 'layers of the encoder, and of the decoder'),
  })
  .readonly();

/** Why stages are no plan; `null` if they are one. */
function planProblem(stages: readonly PlanStage[]): string | null {
  try {
    schedule(stages);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const PlanSchema = z
  .array(
    z
      .strictObject({
        model: z.string().max(8).describe('name of the model this stage trains'),
        steps: z.int().min(0).max(LIMITS.steps.max),
        sources: z.array(z.string().max(8)).max(LIMITS.k.max).readonly().describe('models it is grown from; twice the same: a self-fusion'),
      })
      .readonly(),
  )
  .min(1)
  .max(32)
  .superRefine((stages, context) => {
    const problem = planProblem(stages);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .readonly();

export const ExperimentSchema = z
  .strictObject({
    v: z
      .literal(GRAMMARS)
      .describe('version of the grammar: which presets and recorded step sizes hold. A link or file without it is read in the newest'),
    preset: z.string().min(1).max(64).describe('the named defaults this experiment started from'),
    task: z.enum(TASKS).describe('data set and task'),
    examples: whole(LIMITS.examples, 'size of the training set'),
    probe: whole(
      { min: LIMITS.probe.min, max: LIMITS.examples.max },
      'size of the probe set; with a full batch the probe set is the training set',
    ),
    model: ModelSizeSchema,
    seed: whole(LIMITS.seed, 'every random draw follows from it; the n-th source uses seed + n'),
    optimizer: z.enum(OPTIMIZERS),
    beta1: z.number().min(LIMITS.beta1.min).max(LIMITS.beta1.max).describe('decay of the average of gradients: momentum, Adam, AdamW'),
    beta2: z.number().min(LIMITS.beta2.min).max(LIMITS.beta2.max).describe('decay of the average of squared gradients: Adam, AdamW'),
    epsilon: z.number().min(LIMITS.epsilon.min).max(LIMITS.epsilon.max).describe('what Adam and AdamW add to the root'),
    h: StepSizeSchema.describe('step size before the growth'),
    h2: StepSizeSchema.nullable().describe('step size after the growth; null: as before it'),
    batch: z.union([z.literal('full'), whole(LIMITS.batch, 'examples a step')]),
    grow: whole(LIMITS.grow, 'sources train to this step, then fuse').nullable().describe('growth step; null: never'),
    steps: whole(LIMITS.steps, 'last step, counted from 0 through the growth'),
    plan: PlanSchema.exactOptional().describe('a general training graph, in place of grow, steps and k'),
    operator: z.enum(OPERATORS).describe('growth operator'),
    k: whole(LIMITS.k, 'number of sources (copies, for self)'),
    offDiagonal: z.enum(OFF_DIAGONALS).describe('init of the off-diagonal blocks'),
    sigma: z.number().min(LIMITS.sigma.min).max(LIMITS.sigma.max).describe('scale of the off-diagonal init'),
    diagonal: z.number().min(LIMITS.sigma.min).max(LIMITS.sigma.max).describe('scale of the noise on the copies of a self-fusion'),
    norm: z.enum(NORMS).describe('RMS norm after fusion'),
    release: whole(LIMITS.release, 'steps after a growth over which grouped norms become one; 0: never'),
    moments: z.enum(MOMENTS).describe('optimizer state after fusion'),
    predict: z.array(z.enum(PREDICTIONS)).max(PREDICTIONS.length).readonly(),
    from: z.array(z.enum(PREDICTION_STARTS)).min(1).max(PREDICTION_STARTS.length).readonly(),
    wait: z.boolean().exactOptional().describe('wait at a growth until what is past it is predicted; absent: go on'),
    baseline: z
      .array(z.enum(BASELINES))
      .max(BASELINES.length)
      .readonly()
      .describe(
        'what trains beside it: the large model from random init; the first source alone, beyond the growth; all sources alone, their logits averaged',
      ),
    adapter: z.enum(ADAPTERS),
    pace: z.union([z.literal('max'), z.number().min(LIMITS.pace.min).max(LIMITS.pace.max)]).describe('steps a second'),
  })
  .readonly();

// The schema and the type must say the same: each is assignable to the other, or this file does not compile.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const sameAsType: Same<z.infer<typeof ExperimentSchema>, Experiment> = true;
void sameAsType;

/** The experiment's JSON Schema (draft 2020-12), for `npm run experiment -- --schema`. */
export function jsonSchema(): Record<string, unknown> {
  return { title: 'Deep Fusion Playground experiment', ...z.toJSONSchema(ExperimentSchema, { io: 'input' }) };
}

/** First reason why a value is no experiment, as `path: message`; `null` if it is one. */
export function whyNot(value: unknown): string | null {
  const result = ExperimentSchema.safeParse(value);
  if (result.success) return null;
  const issue = result.error.issues[0];
  return issue === undefined ? 'not an experiment' : `${issue.path.join('.') || 'experiment'}: ${issue.message}`;
}
