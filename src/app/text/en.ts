/**
 * The English of the page, all of it, for tests and for the shape of other languages. The page itself imports one file
 * a feature.
 */
import { DECLARED } from './declared.ts';
import { GLOSSARY as glossary } from './glossary.ts';
import { say as actions } from './en/actions.ts';
import { say as banners } from './en/banners.ts';
import { say as bar } from './en/bar.ts';
import { say as blocks } from './en/blocks.ts';
import { say as broken } from './en/broken.ts';
import { say as chart } from './en/chart.ts';
import { say as conclusion } from './en/conclusion.ts';
import { say as cost } from './en/cost.ts';
import { say as costTable } from './en/cost-table.ts';
import { say as editors } from './en/editors.ts';
import { say as exported } from './en/export.ts';
import { say as figure } from './en/figure.ts';
import { say as firstVisit } from './en/first-visit.ts';
import { say as flowCard } from './en/flow-card.ts';
import { say as growth } from './en/growth.ts';
import { say as held } from './en/held.ts';
import { say as kept } from './en/kept.ts';
import { say as keptRuns } from './en/kept-runs.ts';
import { say as keys } from './en/keys.ts';
import { say as ladder } from './en/ladder.ts';
import { say as lessonBiggerSteps } from './en/lessons/bigger-steps.ts';
import { say as lessonOverTheEdge } from './en/lessons/over-the-edge.ts';
import { say as lessonTwins } from './en/lessons/twins.ts';
import { say as lessonDoesItPay } from './en/lessons/does-it-pay.ts';
import { say as lessonWhenToGrow } from './en/lessons/when-to-grow.ts';
import { say as lessonReadThenAnswer } from './en/lessons/read-then-answer.ts';
import { say as lessonTwoBecomeOne } from './en/lessons/two-become-one.ts';
import { say as lessons } from './en/lessons.ts';
import { say as locked } from './en/locked.ts';
import { say as log } from './en/log.ts';
import { say as map } from './en/map.ts';
import { say as measured } from './en/measured.ts';
import { say as measuredLink } from './en/measured-link.ts';
import { say as oneFlow } from './en/one-flow.ts';
import { say as open } from './en/open.ts';
import { say as paper } from './en/paper.ts';
import { say as ownData } from './en/own-data.ts';
import { say as page } from './en/page.ts';
import { say as parts } from './en/parts.ts';
import { say as plan } from './en/plan.ts';
import { say as plot } from './en/plot.ts';
import { say as predictionError } from './en/prediction-error.ts';
import { say as runs } from './en/runs.ts';
import { say as samples } from './en/samples.ts';
import { say as setup } from './en/setup.ts';
import { say as share } from './en/share.ts';
import { say as sharpness } from './en/sharpness.ts';
import { say as state } from './en/state.ts';
import { say as status } from './en/status.ts';
import { say as textSamples } from './en/text-samples.ts';
import { say as theory } from './en/theory.ts';
import { say as time } from './en/time.ts';
import { say as ui } from './en/ui.ts';
import { say as words } from './en/words.ts';
import { say as attention } from './en/attention.ts';
import { say as trust } from './en/trust.ts';

export const en = {
  ...DECLARED,
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
  kept,
  keptRuns,
  keys,
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
  page,
  paper,
  parts,
  plan,
  ownData,
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

/** A language has all of these. */
export type Words = typeof en;
