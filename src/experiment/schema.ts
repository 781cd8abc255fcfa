/**
 * The one schema of an experiment (zod). The link (link.ts), the JSON file and the command line are three
 * spellings of the value it accepts; `jsonSchema()` prints it for programs outside.
 */
import { en } from 'zod/locales';
import * as z from 'zod/mini';
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

// zod probes `Function('')` otherwise, which the content security policy reports as a violation. `zod/mini` is the part
// of zod that a page can carry, and brings no words of its own: English is all it needs.
z.config({ jitless: true, ...en() });

const between = ({ min, max }: Range): z.ZodMiniNumber => z.number().check(z.minimum(min), z.maximum(max));
const whole = ({ min, max }: Range, text: string): z.ZodMiniInt => z.int().check(z.minimum(min), z.maximum(max), z.describe(text));
const size = between(LIMITS.stepSize);

const table = z.readonly(
  z.array(z.readonly(z.tuple([z.int().check(z.minimum(0), z.maximum(LIMITS.steps.max)), between(TABLE_SIZES)]))).check(
    z.minLength(1),
    z.maxLength(LIMITS.steps.max + 1),
    z.refine((rows) => rows.every((row, i) => i === 0 || row[0] > (rows[i - 1]?.[0] ?? 0)), {
      error: 'the steps of a step-size table must rise',
    }),
  ),
);

export const StepSizeSchema = z.discriminatedUnion('kind', [
  z.readonly(z.strictObject({ kind: z.literal('constant'), value: size })),
  z.readonly(
    z.strictObject({
      kind: z.literal('table'),
      table: table.check(z.describe('[step, size] pairs; each size holds from its step on')),
    }),
  ),
  z.readonly(
    z.strictObject({
      kind: z.literal('edge'),
      edge: between(LIMITS.edge).check(z.describe('step size = edge / largest eigenvalue of the Hessian')),
    }),
  ),
]);

export const ModelSizeSchema = z.readonly(
  z.strictObject({
    d: whole(LIMITS.d, 'd_model of one source'),
    ff: whole(LIMITS.ff, 'd_ff of one source'),
    heads: whole(LIMITS.heads, 'attention heads of one source'),
    dkv: whole(LIMITS.dkv, 'd_kv: width of one head'),
    layers: whole(LIMITS.layers, 'layers of the encoder, and of the decoder'),
  }),
);

/** Why stages are no plan; `null` if they are one. */
function planProblem(stages: readonly PlanStage[]): string | null {
  try {
    schedule(stages);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const modelName = z.string().check(z.maxLength(8));

export const PlanSchema = z.readonly(
  z
    .array(
      z.readonly(
        z.strictObject({
          model: modelName.check(z.describe('name of the model this stage trains')),
          steps: z.int().check(z.minimum(0), z.maximum(LIMITS.steps.max)),
          sources: z
            .readonly(z.array(modelName).check(z.maxLength(LIMITS.k.max)))
            .check(z.describe('models it is grown from; twice the same: a self-fusion')),
        }),
      ),
    )
    .check(
      z.minLength(1),
      z.maxLength(32),
      z.superRefine((stages, context) => {
        const problem = planProblem(stages);
        if (problem !== null) context.addIssue({ code: 'custom', message: problem });
      }),
    ),
);

/** Each setting's own schema, by its name. */
export const SETTING_SCHEMAS = {
  v: z
    .literal(GRAMMARS)
    .check(
      z.describe('version of the grammar: which presets and recorded step sizes hold. A link or file without it is read in the newest'),
    ),
  preset: z.string().check(z.minLength(1), z.maxLength(64), z.describe('the named defaults this experiment started from')),
  task: z.enum(TASKS).check(z.describe('data set and task')),
  examples: whole(LIMITS.examples, 'size of the training set'),
  probe: whole(
    { min: LIMITS.probe.min, max: LIMITS.examples.max },
    'size of the probe set; with a full batch the probe set is the training set',
  ),
  model: ModelSizeSchema,
  seed: whole(LIMITS.seed, 'every random draw follows from it; the n-th source uses seed + n'),
  optimizer: z.enum(OPTIMIZERS),
  beta1: between(LIMITS.beta1).check(z.describe('decay of the average of gradients: momentum, Adam, AdamW')),
  beta2: between(LIMITS.beta2).check(z.describe('decay of the average of squared gradients: Adam, AdamW')),
  epsilon: between(LIMITS.epsilon).check(z.describe('what Adam and AdamW add to the root')),
  h: StepSizeSchema.check(z.describe('step size before the growth')),
  h2: z.nullable(StepSizeSchema).check(z.describe('step size after the growth; null: as before it')),
  batch: z.union([z.literal('full'), whole(LIMITS.batch, 'examples a step')]),
  grow: z.nullable(whole(LIMITS.grow, 'sources train to this step, then fuse')).check(z.describe('growth step; null: never')),
  steps: whole(LIMITS.steps, 'last step, counted from 0 through the growth'),
  plan: z.exactOptional(PlanSchema).check(z.describe('a general training graph, in place of grow, steps and k')),
  operator: z.enum(OPERATORS).check(z.describe('growth operator')),
  k: whole(LIMITS.k, 'number of sources (copies, for self)'),
  offDiagonal: z.enum(OFF_DIAGONALS).check(z.describe('init of the off-diagonal blocks')),
  sigma: between(LIMITS.sigma).check(z.describe('scale of the off-diagonal init')),
  diagonal: between(LIMITS.sigma).check(z.describe('scale of the noise on the copies of a self-fusion')),
  norm: z.enum(NORMS).check(z.describe('RMS norm after fusion')),
  release: whole(LIMITS.release, 'steps after a growth over which grouped norms become one; 0: never'),
  moments: z.enum(MOMENTS).check(z.describe('optimizer state after fusion')),
  predict: z.readonly(z.array(z.enum(PREDICTIONS)).check(z.maxLength(PREDICTIONS.length))),
  from: z.readonly(z.array(z.enum(PREDICTION_STARTS)).check(z.minLength(1), z.maxLength(PREDICTION_STARTS.length))),
  wait: z.exactOptional(z.boolean()).check(z.describe('wait at a growth until what is past it is predicted; absent: go on')),
  baseline: z
    .readonly(z.array(z.enum(BASELINES)).check(z.maxLength(BASELINES.length)))
    .check(
      z.describe(
        'what trains beside it: the large model from random init; the first source alone, beyond the growth; all sources alone, their logits averaged',
      ),
    ),
  adapter: z.enum(ADAPTERS),
  pace: z.union([z.literal('max'), between(LIMITS.pace)]).check(z.describe('steps a second')),
} satisfies Readonly<Record<keyof Experiment, z.ZodMiniType>>;

export const ExperimentSchema = z.readonly(z.strictObject(SETTING_SCHEMAS));

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
