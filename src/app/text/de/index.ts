/** German, all of it: a chunk of its own, which is fetched where the page is shown in it. */
import type { Words } from '../en.ts';
import { flows } from './declared/flows.ts';
import { tasks, corpora, vocabularies } from './declared/tasks.ts';
import { optimizers, operators, norms, moments, offDiagonals } from './declared/growth.ts';
import { presets } from './declared/presets.ts';
import { settings, sizes, fields } from './declared/settings.ts';
import { sentence, planComplaints, sweepComplaints, linkComplaints, stepSize } from './declared/complaints.ts';
import { glossary } from './glossary.ts';
import { say as actions } from './actions.ts';
import { say as banners } from './banners.ts';
import { say as bar } from './bar.ts';
import { say as blocks } from './blocks.ts';
import { say as broken } from './broken.ts';
import { say as chart } from './chart.ts';
import { say as conclusion } from './conclusion.ts';
import { say as cost } from './cost.ts';
import { say as costTable } from './cost-table.ts';
import { say as editors } from './editors.ts';
import { say as exported } from './export.ts';
import { say as figure } from './figure.ts';
import { say as firstVisit } from './first-visit.ts';
import { say as flowCard } from './flow-card.ts';
import { say as growth } from './growth.ts';
import { say as held } from './held.ts';
import { say as keys } from './keys.ts';
import { say as keptRuns } from './kept-runs.ts';
import { say as kept } from './kept.ts';
import { say as ladder } from './ladder.ts';
import { say as lessonBiggerSteps } from './lessons/bigger-steps.ts';
import { say as lessonOverTheEdge } from './lessons/over-the-edge.ts';
import { say as lessonTwins } from './lessons/twins.ts';
import { say as lessonDoesItPay } from './lessons/does-it-pay.ts';
import { say as lessonWhenToGrow } from './lessons/when-to-grow.ts';
import { say as lessonReadThenAnswer } from './lessons/read-then-answer.ts';
import { say as lessonTwoBecomeOne } from './lessons/two-become-one.ts';
import { say as lessons } from './lessons.ts';
import { say as locked } from './locked.ts';
import { say as log } from './log.ts';
import { say as map } from './map.ts';
import { say as measured } from './measured.ts';
import { say as measuredLink } from './measured-link.ts';
import { say as oneFlow } from './one-flow.ts';
import { say as open } from './open.ts';
import { say as paper } from './paper.ts';
import { say as ownData } from './own-data.ts';
import { say as page } from './page.ts';
import { say as parts } from './parts.ts';
import { say as plan } from './plan.ts';
import { say as plot } from './plot.ts';
import { say as predictionError } from './prediction-error.ts';
import { say as runs } from './runs.ts';
import { say as samples } from './samples.ts';
import { say as setup } from './setup.ts';
import { say as share } from './share.ts';
import { say as sharpness } from './sharpness.ts';
import { say as state } from './state.ts';
import { say as status } from './status.ts';
import { say as textSamples } from './text-samples.ts';
import { say as theory } from './theory.ts';
import { say as time } from './time.ts';
import { say as ui } from './ui.ts';
import { say as words } from './words.ts';
import { say as attention } from './attention.ts';
import { say as trust } from './trust.ts';

export const GERMAN: Words = {
  flows,
  tasks,
  corpora,
  vocabularies,
  optimizers,
  operators,
  norms,
  moments,
  offDiagonals,
  presets,
  settings,
  sizes,
  fields,
  sentence,
  planComplaints,
  sweepComplaints,
  linkComplaints,
  stepSize,
  trust,
  attention,
  actions,
  banners,
  bar,
  blocks,
  broken,
  chart,
  conclusion,
  cost,
  costTable,
  editors,
  export: exported,
  figure,
  firstVisit,
  flowCard,
  glossary,
  growth,
  held,
  keys,
  kept,
  keptRuns,
  ladder,
  lessons,
  lessonTwoBecomeOne,
  lessonBiggerSteps,
  lessonOverTheEdge,
  lessonTwins,
  lessonDoesItPay,
  lessonWhenToGrow,
  lessonReadThenAnswer,
  locked,
  log,
  map,
  measured,
  measuredLink,
  oneFlow,
  open,
  ownData,
  page,
  paper,
  parts,
  plan,
  plot,
  predictionError,
  runs,
  samples,
  setup,
  share,
  sharpness,
  state,
  status,
  textSamples,
  theory,
  time,
  ui,
  words,
};
