/**
 * The one schema of an experiment (zod), from the settings' declarations. The link (link.ts), the JSON file and the
 * command line are three spellings of the value it accepts; `jsonSchema()` prints it for programs outside.
 */
import * as z from 'zod/mini';
import { type Experiment, GRAMMARS, type PlanStage } from './experiment.ts';
import { LIMITS, type Range, TABLE_SIZES } from './limits.ts';
import { say } from './link/complaints.ts';
import { schedule } from './plan/plan.ts';
import { SETTING_LIST, SIZES } from './settings/registry.ts';
import type { NumberType, Setting } from './settings/setting.ts';
import { MOST, TASKS } from './declared/tasks.ts';
import { CORPORA } from './declared/texts.ts';

// zod probes `Function('')` otherwise, which the content security policy reports as a violation. `zod/mini` is the part
// of zod that a page can carry, and brings no words of its own.
z.config({ jitless: true, localeError: wordsOfIssue });

/** The complaint about a value, as a sentence. */
function wordsOfIssue(issue: z.core.$ZodRawIssue): string {
  const counted = 'origin' in issue && issue.origin !== 'number' && issue.origin !== 'int';
  switch (issue.code) {
    case 'invalid_type':
      return Object.hasOwn(say.mustBe, issue.expected) ? say.mustBe[issue.expected as keyof typeof say.mustBe] : say.notValid;
    case 'too_small':
      return counted ? say.mustHaveAtLeast(String(issue.minimum)) : say.mustBeAtLeast(String(issue.minimum));
    case 'too_big':
      return counted ? say.mustHaveAtMost(String(issue.maximum)) : say.mustBeAtMost(String(issue.maximum));
    case 'invalid_value':
      return say.mustBeOneOf(issue.values.map(String));
    case 'unrecognized_keys':
      return say.notKnown(issue.keys);
    case 'invalid_union':
      return say.orElse([...new Set(issue.errors.flatMap(([first]) => first?.message ?? []))]) || say.notValid;
    default:
      return say.notValid;
  }
}

const between = ({ min, max }: Range): z.ZodMiniNumber => z.number().check(z.minimum(min), z.maximum(max));
const number = (range: Range, whole: boolean): z.ZodMiniType<number> =>
  whole ? z.int().check(z.minimum(range.min), z.maximum(range.max)) : between(range);

/**
 * A schema that is built when it is first asked for: most addresses say no setting, and a phone would build all of them
 * for a quarter of the time in which the page opens.
 */
function whenAsked<S>(build: () => S): () => S {
  let built: S | undefined;
  return () => (built ??= build());
}

const size = whenAsked(() => between(LIMITS.stepSize));

const table = whenAsked(() =>
  z.readonly(
    z.array(z.readonly(z.tuple([z.int().check(z.minimum(0), z.maximum(LIMITS.steps.max)), between(TABLE_SIZES)]))).check(
      z.minLength(1),
      z.maxLength(LIMITS.steps.max + 1),
      z.refine((rows) => rows.every((row, i) => i === 0 || row[0] > (rows[i - 1]?.[0] ?? 0)), {
        error: say.tableSteps,
      }),
    ),
  ),
);

const stepSizeSchema = whenAsked(() =>
  z.discriminatedUnion('kind', [
    z.readonly(z.strictObject({ kind: z.literal('constant'), value: size() })),
    z.readonly(
      z.strictObject({
        kind: z.literal('table'),
        table: table().check(z.describe('[step, size] pairs; each size holds from its step on')),
      }),
    ),
    z.readonly(
      z.strictObject({
        kind: z.literal('edge'),
        edge: between(LIMITS.edge).check(z.describe('step size = edge / largest eigenvalue of the Hessian')),
      }),
    ),
  ]),
);

const modelSizeSchema = whenAsked(() =>
  z.readonly(
    z.strictObject(
      Object.fromEntries(Object.entries(SIZES).map(([key, { help, ...range }]) => [key, number(range, true).check(z.describe(help))])),
    ),
  ),
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

/** A plan's stages, as a file may give them. */
export const planSchema = whenAsked(() => {
  const modelName = z.string().check(z.maxLength(8));
  return z.readonly(
    z
      .array(
        z.readonly(
          z.strictObject({
            model: modelName.check(z.describe('name of the model this stage trains')),
            steps: z.int().check(z.minimum(0), z.maximum(LIMITS.steps.max)),
            sources: z
              .readonly(z.array(modelName).check(z.maxLength(LIMITS.k.max)))
              .check(z.describe('models it is grown from; twice the same: a self-fusion')),
            task: z.exactOptional(z.enum(TASKS)).check(z.describe('its own task, in place of the experiment’s')),
            corpus: z.exactOptional(z.enum(CORPORA)).check(z.describe('its own text to read, in place of the experiment’s')),
            examples: z.exactOptional(number({ min: 1, max: MOST.examples }, true)).check(z.describe('size of its own training set')),
            h: z.exactOptional(size()).check(z.describe('its own step size')),
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
});

function numberSchema(type: NumberType, range: Range): z.ZodMiniType {
  const value = number(range, type.whole);
  const word = type.instead?.value;
  if (word === undefined) return value;
  return word === null ? z.nullable(value) : z.union([z.literal(word), value]);
}

function valueSchema({ type, holds }: Setting): z.ZodMiniType {
  switch (type.is) {
    case 'number':
      return numberSchema(type, holds ?? type);
    case 'choice':
      return z.enum(type.words);
    case 'list':
      return z.readonly(z.array(z.enum(type.words)).check(z.minLength(type.mayBeEmpty ? 0 : 1), z.maxLength(type.words.length)));
    case 'flag':
      return z.boolean();
    case 'text':
      return z.string().check(z.maxLength(1_000), z.regex(type.form));
    case 'step-size':
      return type.same ? z.nullable(stepSizeSchema()) : stepSizeSchema();
    case 'sizes':
      return modelSizeSchema();
    case 'plan':
      return planSchema();
  }
}

function schemaOf(setting: Setting): z.ZodMiniType {
  const value = valueSchema(setting);
  return (setting.optional === true ? z.exactOptional(value) : value).check(z.describe(setting.help));
}

/** Each setting's own schema, by its name. */
export const settingSchemas = whenAsked(
  () =>
    ({
      v: z
        .literal(GRAMMARS)
        .check(
          z.describe('version of the grammar: which presets and recorded step sizes hold. A link or file without it is read in the newest'),
        ),
      preset: z.string().check(z.minLength(1), z.maxLength(64), z.describe('the named defaults this experiment started from')),
      ...(Object.fromEntries(SETTING_LIST.map(([name, setting]) => [name, schemaOf(setting)])) as Readonly<
        Record<Exclude<keyof Experiment, 'v' | 'preset'>, z.ZodMiniType>
      >),
    }) satisfies Readonly<Record<keyof Experiment, z.ZodMiniType>>,
);

// The type of an experiment comes from the same declarations as its schema, where zod can't follow.
export const experimentSchema = whenAsked(() => z.readonly(z.strictObject(settingSchemas())) as unknown as z.ZodMiniType<Experiment>);

/** The experiment's JSON Schema (draft 2020-12), for `npm run experiment -- --schema`. */
export function jsonSchema(): Record<string, unknown> {
  return { title: 'Deep Fusion Playground experiment', ...z.toJSONSchema(experimentSchema(), { io: 'input' }) };
}

/** First reason why a value is no experiment, as `path: message`; `null` if it is one. */
export function whyNot(value: unknown): string | null {
  const result = experimentSchema().safeParse(value);
  if (result.success) return null;
  const issue = result.error.issues[0];
  return issue === undefined ? say.notValid : say.ofKey(issue.path.join('.') || 'experiment', issue.message);
}
