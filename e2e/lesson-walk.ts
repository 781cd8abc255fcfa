/**
 * A lesson as its reader walks through it, by keys alone: each step answered wrongly and rightly, done, and gone on
 * from. Which answer is right is not known here: it is what the page says of it, that of all answers it calls one
 * right.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { Playground } from './playground.ts';

/** What became of an answer; `null` where the run does not decide it. */
type Told = boolean | null;

/** A step, as it was walked through. */
export interface Walked {
  readonly step: string;
  /** What was said of each answer that was given. */
  readonly answers: readonly (readonly [answer: string, told: Told])[];
  /** What the step found in the run, with the last answer. */
  readonly facts: Readonly<Record<string, number>>;
}

export interface WalkOptions {
  /** Each step again until it was told right and wrong; else once, with the first answer. */
  readonly bothAnswers: boolean;
  /** Axe looks at each step before and after it is done. */
  readonly axe: boolean;
  /** Called before a step is answered and after it is done. */
  readonly look?: (moment: string) => Promise<void>;
}

/**
 * What a lesson's last step lets its reader change: the row of Setup that opens the field, if it is not in the panel
 * itself, the field, and a value that is not the lesson's.
 */
const OWN_CHANGES: Readonly<Record<string, readonly [row: string | null, field: string, value: string]>> = {
  'bigger-steps': ['Step size', 'Step size', '0.09'],
  'over-the-edge': ['Step size', 'Step size', '0.025'],
  twins: [null, 'Scale of the off-diagonal', '0.6'],
  'does-it-pay': ['Growth', 'Growth step', '80'],
  'read-then-answer': ['Seed', 'Seed', '5'],
};

/** Most presses of Tab until something is reached. */
const MOST_TABS = 150;

/** Milliseconds for a step: on a busy machine the longest run of the lessons takes minutes. */
const PATIENCE = 400_000;

interface Now {
  readonly done: boolean;
  /** What the button of the step does, where it can be pressed. */
  readonly does: string | null;
  readonly blocked: boolean;
  readonly handsIn: boolean;
}

export class LessonWalk {
  readonly page: Page;
  readonly playground: Playground;
  /** What axe complained of. */
  readonly violations: string[] = [];
  private readonly name: string;
  private readonly lesson: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    this.playground = new Playground(page);
    this.lesson = page.getByRole('complementary');
  }

  /** Opens the lesson at its first step. Runs go as fast as they can: a class watches them, a test need not. */
  async open(more = ''): Promise<void> {
    await this.page.addInitScript(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
        const { type, experiment } = message as { type?: string; experiment?: object };
        const sent = type === 'load' ? { ...(message as object), experiment: { ...experiment, pace: 'max' } } : message;
        Reflect.apply(postMessage, this, [sent, ...rest]);
      };
    });
    await this.playground.open(`#lesson=${this.name}${more}`);
    await expect(this.lesson.getByRole('heading')).toBeVisible();
  }

  async walk(options: WalkOptions): Promise<readonly Walked[]> {
    const walked: Walked[] = [];
    for (let i = 1; ; i++) {
      const before = new Set(Object.keys(await this.entries()));
      await options.look?.(`${i} asked`);
      if (options.axe) await this.isAccessible(`step ${i}`);
      const answers = await this.answered(options.bothAnswers);
      const entries = await this.entries();
      const step = Object.keys(entries).find((id) => !before.has(id)) ?? '?';
      walked.push({ step, answers, facts: entries[step]?.facts ?? {} });
      await options.look?.(`${i} done`);
      if (options.axe) await this.isAccessible(`step ${i}, done`);
      const next = this.lesson.locator('[data-part="next"]');
      if ((await next.count()) === 0) return walked;
      await this.press(next);
      await expect(this.page).toHaveURL(new RegExp(`lesson=${this.name}:${i + 1}`));
    }
  }

  /** Does the step with one answer after another, until one was told right and one wrong, or all were given. */
  private async answered(both: boolean): Promise<Walked['answers']> {
    const told: (readonly [string, Told])[] = [];
    const again = async (): Promise<void> => this.press(this.lesson.locator('[data-part="again"]'));
    const has = (right: Told): boolean => told.some(([, is]) => is === right);
    const options = await this.lesson.locator('input[type=radio]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    if (options.length > 0) {
      for (const [i, option] of options.entries()) {
        if (i > 0) await again();
        await this.choose(i);
        await this.complete();
        told.push([option, await this.verdict()]);
        if (!both || (has(true) && has(false))) break;
      }
      if (both && !has(null))
        expect(
          told.filter(([, is]) => is === true),
          `one answer of step ${told.join(' ')}`,
        ).toHaveLength(1);
      return told;
    }
    const amount = this.lesson.getByRole('group').getByRole('textbox');
    if ((await amount.count()) > 0) {
      // As the field begins; then as far from it as the page says that it was off.
      const first = Number(await amount.inputValue());
      await this.complete();
      told.push([String(first), await this.verdict()]);
      if (!both) return told;
      const off = Number(/([\d.]+)\D*$/.exec(this.said)?.[1]);
      await again();
      await this.type(amount, String(Math.round(first + off)));
      await this.complete();
      told.push([String(Math.round(first + off)), await this.verdict()]);
      expect(told.map(([, right]) => right)).toEqual([false, true]);
      return told;
    }
    const points = this.page.locator('[data-part="lesson"] [role=slider]');
    if (both && (await points.count()) > 0) {
      // Flat, as it begins; then falling.
      await this.complete();
      const flat = await this.distance();
      await again();
      for (const [i, presses] of [0, 2, 3, 4, 4, 5].entries())
        for (let n = 0; n < presses; n++) await points.nth(i).press('Shift+ArrowDown');
      await this.complete();
      const falling = await this.distance();
      expect(falling, 'a curve that is nearer is said to be nearer').toBeLessThan(flat);
      return [
        [`flat, ${flat} off`, false],
        [`falling, ${falling} off`, true],
      ];
    }
    await this.complete();
    return told;
  }

  private said = '';

  private async verdict(): Promise<Told> {
    const verdict = this.lesson.locator('p:has(> span[aria-hidden])').last();
    await expect(verdict).toBeVisible();
    this.said = (await verdict.textContent()) ?? '';
    const right = await verdict.getAttribute('data-right');
    return right === null ? null : right === 'true';
  }

  /** The reader's own mean distance on the score card. */
  private async distance(): Promise<number> {
    const own = this.lesson.locator('[data-part="score"] tr[data-you] td');
    await expect(own).toBeVisible();
    await expect(this.lesson.locator('[data-part="score"] tbody tr')).toHaveCount(4);
    return Number(await own.textContent());
  }

  /** Chooses an answer, by its place. */
  private async choose(place: number): Promise<void> {
    const radios = this.lesson.locator('input[type=radio]');
    await this.tabTo(radios.first());
    await this.page.keyboard.press('Space');
    for (let n = 0; n < place; n++) await this.page.keyboard.press('ArrowDown');
    await expect(radios.nth(place)).toBeChecked();
  }

  private async type(field: Locator, value: string): Promise<void> {
    await this.tabTo(field);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(value);
    await this.page.keyboard.press('Enter');
  }

  /** Does what the step asks for, one thing after the other, until it is done. */
  private async complete(): Promise<void> {
    const patience = Date.now() + PATIENCE;
    for (let changed = false; ; ) {
      expect(Date.now(), `${this.page.url()} is done in time`).toBeLessThan(patience);
      const now = await this.now();
      if (now.done) return;
      if (now.handsIn) await this.press(this.lesson.locator('[data-part="hand-in"]'));
      else if (now.does !== null && now.does !== 'pause' && !now.blocked) {
        await this.press(this.lesson.locator('[data-part="act"]'));
        // Until the run answers, the button is still there.
        await this.page.waitForTimeout(150);
      } else if (!changed && (now.does === 'own' || now.does === 'branch')) {
        changed = true;
        if (now.does === 'own') await this.changeASetting();
        else await this.dragTheGrowthLine();
      } else await this.page.waitForTimeout(100);
    }
  }

  private now(): Promise<Now> {
    return this.lesson.evaluate((lesson) => {
      const enabled = (part: string): boolean => lesson.querySelector(`[data-part="${part}"][aria-disabled="true"]`) === null;
      const act = lesson.querySelector('[data-part="act"]');
      return {
        done: lesson.querySelector('[data-part="again"]') !== null,
        does: act?.getAttribute('data-does') ?? null,
        blocked: !enabled('act'),
        handsIn: lesson.querySelector('[data-part="hand-in"]') !== null && enabled('hand-in'),
      };
    });
  }

  private async changeASetting(): Promise<void> {
    const [row, field, value] = OWN_CHANGES[this.name] ?? ['Seed', 'Seed', '5'];
    if (row === null) {
      await this.type(this.page.getByRole('textbox', { name: field }), value);
      return;
    }
    await this.press(this.page.getByRole('button', { name: new RegExp(`^${row}:`) }).last());
    const editor = this.page.getByRole('dialog');
    await this.type(editor.getByRole('textbox', { name: field }).first(), value);
    await this.page.keyboard.press('Escape');
    await expect(editor).toBeHidden();
  }

  private async dragTheGrowthLine(): Promise<void> {
    await this.tabTo(this.playground.growthStep);
    for (let n = 0; n < 2; n++) await this.page.keyboard.press('Shift+ArrowLeft');
  }

  private async press(control: Locator): Promise<void> {
    await this.tabTo(control);
    await this.page.keyboard.press('Enter');
  }

  private async tabTo(control: Locator): Promise<void> {
    await control.waitFor();
    for (let n = 0; n <= MOST_TABS; n++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${control} is not reached by Tab.`);
  }

  /** What is kept of the lesson in this browser, by step. */
  private entries(): Promise<Readonly<Record<string, { readonly facts?: Readonly<Record<string, number>> }>>> {
    return this.page.evaluate((name) => JSON.parse(localStorage.getItem('deep-fusion.lessons') ?? '{}')[name] ?? {}, this.name);
  }

  /** What axe finds is kept, so that one walk finds all of it. */
  private async isAccessible(where: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    for (const { id, nodes } of violations) this.violations.push(`${this.name}, ${where}: ${id}: ${nodes[0]?.html}`);
  }
}
