/**
 * The English of the page, all of it, for tests and for the shape of other languages. The page itself imports one file
 * a feature.
 */
import { DECLARED } from './declared.ts';
import { GLOSSARY as glossary } from './glossary.ts';
import { say as actions } from './en/screen/actions.ts';
import { say as background } from './en/screen/background.ts';
import { say as banners } from './en/screen/banners.ts';
import { say as bar } from './en/screen/bar.ts';
import { say as blocks } from './en/network/blocks.ts';
import { say as broken } from './en/screen/broken.ts';
import { say as chart } from './en/chart/chart.ts';
import { say as conclusion } from './en/chart/conclusion.ts';
import { say as cost } from './en/runs/cost.ts';
import { say as costTable } from './en/runs/cost-table.ts';
import { say as editors } from './en/setup/editors.ts';
import { say as exported } from './en/share/export.ts';
import { say as figure } from './en/share/figure.ts';
import { say as firstVisit } from './en/screen/first-visit.ts';
import { say as flowCard } from './en/theory/flow-card.ts';
import { say as givenNetworks } from './en/setup/given-networks.ts';
import { say as growth } from './en/network/growth.ts';
import { say as held } from './en/share/held.ts';
import { say as kept } from './en/runs/kept.ts';
import { say as keptRuns } from './en/runs/kept-runs.ts';
import { say as keys } from './en/screen/keys.ts';
import { say as ladder } from './en/theory/ladder.ts';
import { say as lessonBiggerSteps } from './en/lessons/bigger-steps.ts';
import { say as lessonOverTheEdge } from './en/lessons/over-the-edge.ts';
import { say as lessonTwins } from './en/lessons/twins.ts';
import { say as lessonDoesItPay } from './en/lessons/does-it-pay.ts';
import { say as lessonWhenToGrow } from './en/lessons/when-to-grow.ts';
import { say as lessonReadThenAnswer } from './en/lessons/read-then-answer.ts';
import { say as lessonTwoBecomeOne } from './en/lessons/two-become-one.ts';
import { say as lessons } from './en/lessons/lessons.ts';
import { say as locked } from './en/screen/locked.ts';
import { say as log } from './en/chart/log.ts';
import { say as map } from './en/runs/map.ts';
import { say as measured } from './en/runs/measured.ts';
import { say as measuredLink } from './en/runs/measured-link.ts';
import { say as oneFlow } from './en/theory/one-flow.ts';
import { say as open } from './en/screen/open.ts';
import { say as paper } from './en/lessons/paper.ts';
import { say as ownData } from './en/setup/own-data.ts';
import { say as page } from './en/screen/page.ts';
import { say as parts } from './en/share/parts.ts';
import { say as plan } from './en/setup/plan.ts';
import { say as plot } from './en/chart/plot.ts';
import { say as predictionError } from './en/chart/prediction-error.ts';
import { say as runs } from './en/runs/runs.ts';
import { say as samples } from './en/network/samples.ts';
import { say as setup } from './en/setup/setup.ts';
import { say as share } from './en/share/share.ts';
import { say as sharpness } from './en/chart/sharpness.ts';
import { say as state } from './en/screen/state.ts';
import { say as status } from './en/screen/status.ts';
import { say as textSamples } from './en/network/text-samples.ts';
import { say as theory } from './en/theory/theory.ts';
import { say as time } from './en/screen/time.ts';
import { say as ui } from './en/screen/ui.ts';
import { say as words } from './en/screen/words.ts';
import { say as attention } from './en/network/attention.ts';
import { say as trust } from './en/theory/trust.ts';

export const en = {
  ...DECLARED,
  trust,
  attention,
  actions,
  background,
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
  givenNetworks,
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
