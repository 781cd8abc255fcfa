/**
 * The lessons on paper: a page of worksheets in two levels with an answer key for each, and a page for teachers. Static
 * pages from the same source as the lessons; numbers are those of recorded runs (recorded.data.ts).
 */
import { paperFolder } from '../../src/app/features/lesson/list/paper-folder.ts';
import { LESSON_FILES } from '../../src/app/features/lesson/lessons/registry.ts';
import type { AllFacts, Ask, Lesson, LessonStep, Milestone } from '../../src/app/features/lesson/lesson.ts';
import { languageAlone } from '../../src/app/text/language.ts';
import { say } from '../../src/app/text/en/lessons/paper.ts';
import { escaped } from '../../src/app/text/escaped.ts';
import { formatError, count } from '../../src/app/text/numbers.ts';
import { type LessonName, LESSONS } from '../../src/experiment/link/lesson-keys.ts';
import { PRESETS } from '../../src/experiment/presets/presets.ts';
import { RECORDED } from './recorded.data.ts';

/** By their place in the built page. */
export type Pages = ReadonlyMap<string, string>;

const LANGUAGE = languageAlone();
const FOLDER = paperFolder(LANGUAGE);
/** Folders between the page for teachers and the top of the built page. */
const DEPTH = FOLDER.split('/').length;
const IN_LANGUAGE = LANGUAGE === 'en' ? '' : `&lang=${LANGUAGE}`;
/** The script of the page for teachers, in the built page: src/app/teachers.ts. */
export const TEACHERS_SCRIPT = 'lessons/teachers.js';
/** From the page for teachers to the top of the built page. */
const UP = '../'.repeat(DEPTH);

/**
 * The markup of lessons (RichText.tsx): networks and what stands on the page are bold, words of the glossary are plain.
 */
const rich = (text: string): string =>
  escaped(text)
    .replaceAll(/\{([A-Z])\}/g, '<b>$1</b>')
    .replaceAll(/\*([^*]+)\*/g, '<b>$1</b>')
    .replaceAll(/\[([^\]|]+)\|[^\]]+\]/g, '$1');

const tag = (name: string, inner: string, attributes = ''): string => `<${name}${attributes}>${inner}</${name}>`;
const paragraphs = (texts: readonly string[]): string => texts.map((text) => tag('p', rich(text))).join('\n');
const list = (items: readonly string[], name: 'ul' | 'ol' = 'ul', attributes = ''): string =>
  tag(name, items.map((item) => tag('li', item)).join('\n'), attributes);

/** @param depth folders between the page and the top of the built page */
function document(title: string, body: string, depth: number): string {
  const top = '../'.repeat(depth);
  return `<!doctype html>
<html lang="${LANGUAGE}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · ${escaped(say.page)}</title>
<link rel="icon" href="${top}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${top}lessons/paper.css">
</head>
<body>
${body}
</body>
</html>
`;
}

const DOES: { readonly [Kind in Milestone['kind']]: (milestone: Extract<Milestone, { kind: Kind }>) => string } = {
  step: ({ at }) => say.doRunTo(count(at)),
  fuse: () => say.doFuse,
  growth: () => say.doRun,
  end: () => say.doRun,
  branch: () => say.doBranch,
  own: () => say.doOwn,
  compute: () => say.doCompute,
};
const does = (milestone: Milestone): string => (DOES[milestone.kind] as (one: Milestone) => string)(milestone);

const LINES = '<p class="line"></p>';

function question(ask: Ask, all: AllFacts, level: 1 | 2): string {
  const asked = tag('p', rich(ask.question(all)), ' class="question"');
  if (ask.kind === 'choice' && level === 1)
    return (
      asked +
      list(
        ask.options.map(({ words }) => escaped(words)),
        'ul',
        ' class="boxes"',
      )
    );
  if (ask.kind === 'draw')
    return `${asked}${tag('p', escaped(say.drawHere))}<div class="plot"><span>${escaped(say.loss)}</span><span>${escaped(say.steps)} ${ask.from} – ${ask.to}</span></div>`;
  const label = ask.kind === 'number' ? `${escaped(ask.label)}: ` : '';
  return `${asked}<p class="line">${label}</p>${level === 2 ? `<p class="line">${escaped(say.yourReason)} </p>` : ''}`;
}

/** The tasks, each once. */
const toDo = ({ waitFor }: LessonStep): string =>
  waitFor.length > 0 ? tag('p', `<b>${escaped(say.toDo)}</b> ${[...new Set(waitFor.map(does))].map(escaped).join(' ')}`) : '';

function task(step: LessonStep, index: number, level: 1 | 2): string {
  // A sheet tells no number that the reader's run has still to show.
  const said = paragraphs(step.text({}));
  const ask = step.ask ? tag('p', escaped(say.sayFirst), ' class="note"') + question(step.ask, {}, level) : '';
  return `<section class="task">${tag('h3', escaped(say.task(index + 1, step.title)))}${said}${ask}${toDo(step)}${tag('p', escaped(say.whatHappened), ' class="note"')}${LINES}</section>`;
}

const FIELDS = `<p class="fields"><span>${escaped(say.name)}</span><span>${escaped(say.group)}</span><span>${escaped(say.date)}</span></p>`;

function sheet(lesson: Lesson, level: 1 | 2): string {
  const further =
    level === 2
      ? `<section class="task">${tag('h3', escaped(say.further))}${list(
          lesson.paper.further.map((text) => `${rich(text)}${LINES}`),
          'ol',
        )}</section>`
      : '';
  return `<article class="sheet">
<header>${tag('p', `${escaped(say.page)} · ${escaped(level === 1 ? say.levelOne : say.levelTwo)}`, ' class="note"')}${tag('h2', escaped(say.worksheet(lesson.title)))}${FIELDS}</header>
${tag('p', rich(lesson.idea))}
${tag('p', escaped(say.openIt(LESSONS.indexOf(lesson.name) + 1)))}
${lesson.steps.map((step, i) => task(step, i, level)).join('\n')}
${further}
</article>`;
}

/** The right answer by the recorded run, where there is one. */
function right({ ask }: LessonStep, facts: AllFacts[string], all: AllFacts): string {
  if (!ask || facts === undefined) return '';
  if (ask.kind === 'draw') {
    const { gradient, modified } = facts;
    return gradient === undefined || modified === undefined
      ? ''
      : tag('p', escaped(say.drawn(formatError(gradient), formatError(modified))));
  }
  const truth = ask.truth(facts, all);
  const words = ask.kind === 'choice' ? ask.options.find(({ id }) => id === truth)?.words : truth === null ? undefined : String(truth);
  return tag('p', `<b>${escaped(words === undefined ? say.noRightAnswer : say.rightAnswer(words.replace(/[.]$/, '')))}</b>`);
}

function key(lesson: Lesson): string {
  const all = RECORDED[lesson.name]?.facts ?? {};
  const steps = lesson.steps.map((step, i) => {
    const facts = all[step.id];
    const ask = step.ask ? tag('p', rich(step.ask.question(all)), ' class="question"') : '';
    const found = facts === undefined ? '' : paragraphs(step.reveal(facts, all));
    return `<section class="task">${tag('h3', escaped(say.task(i + 1, step.title)))}${toDo(step)}${ask}${right(step, facts, all)}${found}</section>`;
  });
  const thoughts = lesson.paper.misconceptions.map(([thought, help]) => `<dt>${escaped(thought)}</dt><dd>${rich(help)}</dd>`).join('\n');
  return `<article class="sheet">
<header>${tag('p', escaped(say.page), ' class="note"')}${tag('h2', escaped(say.answerKey(lesson.title)))}</header>
${tag('p', `<b>${escaped(say.theIdea)}:</b> ${rich(lesson.idea)}`)}
${tag('p', `<b>${escaped(say.time)}:</b> ${escaped(say.minutes(lesson.minutes))}`)}
${tag('p', escaped(say.recorded), ' class="note"')}
${steps.join('\n')}
<section class="task">${tag('h3', escaped(say.misconceptions))}<dl>${thoughts}</dl></section>
</article>`;
}

function lessonPage(lesson: Lesson): string {
  const ways = `<nav><a href="../index.html">${escaped(say.backToAll)}</a> <a href="${UP}../index.html#lesson=${lesson.name}${IN_LANGUAGE}">${escaped(say.openItHere)}</a></nav>`;
  return document(
    lesson.title,
    `${ways}<main>${tag('h1', escaped(lesson.title))}${sheet(lesson, 1)}${sheet(lesson, 2)}${key(lesson)}</main>`,
    DEPTH + 1,
  );
}

/** How long each preset takes on this device: filled by the script of the page, which asks the playground. */
function deviceCheck(): string {
  const rows = [...PRESETS.values()].map(
    ({ name, title }) =>
      `<tr><th scope="row"><a href="${UP}index.html#v=2&preset=${name}${IN_LANGUAGE}">${escaped(title)}</a></th><td></td></tr>`,
  );
  const head = [say.presetHead, say.here].map((words) => tag('th', escaped(words), ' scope="col"')).join('');
  return `<section>${tag('h2', escaped(say.deviceCheck))}${paragraphs(say.deviceCheckText)}
<noscript>${tag('p', escaped(say.needsScript))}</noscript>
<button type="button" data-part="try" hidden>${escaped(say.tryDevice)}</button>
<table data-part="times" data-frame="${escaped(say.trialFrame)}" data-unknown="${escaped(say.noAnswer)}" aria-live="polite" hidden>
<caption></caption><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

/** Drawn by the script of the page, which knows its address. */
const codeToScan = (): string =>
  `<figure data-part="code" data-of="${UP}index.html${IN_LANGUAGE.replace('&', '#')}" hidden><svg role="img" aria-label="${escaped(say.codeToScan)}" shape-rendering="crispEdges"><path fill="#12161d"/></svg><figcaption></figcaption></figure>`;

function teachersPage(lessons: readonly Lesson[]): string {
  const rows = lessons.map(
    ({ name, title, idea, minutes }) =>
      `<tr><th scope="row"><a href="${UP}index.html#lesson=${name}${IN_LANGUAGE}">${escaped(title)}</a></th><td>${rich(idea)}</td><td>${escaped(say.minutes(minutes))}</td><td><a href="${name}/index.html">${escaped(say.worksheet(title))}</a></td></tr>`,
  );
  const head = [say.lessonHead, say.theIdea, say.time, say.sheets].map((words) => tag('th', escaped(words), ' scope="col"')).join('');
  const part = (title: string, text: readonly string[]): string => `<section>${tag('h2', escaped(title))}${paragraphs(text)}</section>`;
  return document(
    say.forTeachers,
    `<nav><a href="${UP}index.html${IN_LANGUAGE.replace('&', '#')}">${escaped(say.page)}</a></nav>
<main>
${tag('h1', escaped(say.forTeachers))}
${part(say.howItGoes, say.howItGoesText)}
<section>${tag('h2', escaped(say.lessons))}${tag('p', escaped(say.print))}<div class="wide" tabindex="0" role="region" aria-label="${escaped(say.lessons)}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>
${part(say.before, say.beforeText)}
${deviceCheck()}
${codeToScan()}
${part(say.drawing, say.drawingText)}
${part(say.learns, say.learnsText)}
<section>${tag('h2', escaped(say.curriculum))}${tag('p', escaped(say.words.join(' · ')))}</section>
</main>
<script type="module" src="${UP}${TEACHERS_SCRIPT}"></script>`,
    DEPTH,
  );
}

const STYLES = `
:root { color-scheme: light dark; --text: #12161d; --mut: #525c69; --line: #868f9c; --card: #fff; --link: #1b62bd; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f3f7; --mut: #a9b3c1; --line: #6b7685; --card: #14181f; --link: #79b4f5; } }
* { box-sizing: border-box; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; background: var(--card); color: var(--text); font: 1rem/1.5 "Inter", "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
nav a { display: inline-block; padding: 0.5rem 0; }
a { color: var(--link); }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0.75rem 0; }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 1.25rem 0 0.25rem; }
p { margin: 0.5rem 0; }
.note { color: var(--mut); font-size: 0.875rem; }
.question { font-weight: 700; }
.boxes { list-style: none; padding: 0; }
.boxes li::before { content: ""; display: inline-block; width: 0.875rem; height: 0.875rem; margin-right: 0.5rem; border: 1.5px solid var(--line); border-radius: 3px; vertical-align: -1px; }
.line { min-height: 1.75rem; margin: 0.5rem 0 0; border-bottom: 1px solid var(--line); }
.fields { display: grid; grid-template-columns: 2fr 1fr 1fr; gap: 1rem; }
.fields span { padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
.plot { display: flex; justify-content: space-between; align-items: flex-end; height: 11rem; margin: 0.5rem 0; padding: 0.25rem; border: solid var(--line); border-width: 0 0 1.5px 1.5px; color: var(--mut); font-size: 0.875rem; }
.plot span:first-child { align-self: flex-start; }
.sheet { margin-top: 2rem; border-top: 2px solid var(--text); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
caption { padding: 0.5rem 0; color: var(--mut); text-align: left; }
button { padding: 0.5rem 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--text); color: var(--card); font: inherit; font-weight: 700; cursor: pointer; }
button:disabled { opacity: 0.6; cursor: default; }
figure { margin: 1rem 0; }
figure svg { display: block; width: 12rem; padding: 0.75rem; background: #fff; }
figcaption { margin-top: 0.25rem; color: var(--mut); font-size: 0.875rem; overflow-wrap: anywhere; }
.trial { position: absolute; left: -200vw; top: 0; border: 0; }
dt { font-weight: 700; }
dd { margin: 0 0 0.75rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@page { margin: 16mm 18mm; }
@media print {
  :root { --text: #000; --mut: #444; --line: #666; --card: #fff; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, main > h1 { display: none; }
  main:not(:has(.sheet)) > h1 { display: block; }
  .sheet { margin: 0; border: 0; break-after: page; }
  .sheet:last-child { break-after: auto; }
  .sheet h2 { margin-top: 0; }
  .task { break-inside: avoid; }
  .plot { height: 42mm; }
}
`;

/** All of them, with their style sheet. */
export async function paperPages(): Promise<Pages> {
  const lessons = await Promise.all(LESSONS.map(async (name: LessonName) => (await LESSON_FILES[name]()).lesson));
  return new Map([
    [`${FOLDER}/index.html`, teachersPage(lessons)],
    ...lessons.map((lesson) => [`${FOLDER}/${lesson.name}/index.html`, lessonPage(lesson)] as const),
    ['lessons/paper.css', STYLES.trim()],
  ]);
}
