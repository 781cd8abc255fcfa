/** German, all of it: a chunk of its own, which is fetched where the page is shown in it. */
import type { Words } from '../en.ts';
import { flows } from './declared/flows.ts';
import { tasks, corpora, vocabularies } from './declared/tasks.ts';
import { optimizers, operators, norms, moments, offDiagonals } from './declared/growth.ts';
import { presets } from './declared/presets.ts';
import { settings, sizes, fields } from './declared/settings.ts';
import { sentence, planComplaints, sweepComplaints, linkComplaints, stepSize } from './declared/complaints.ts';
import { glossary } from './glossary.ts';
import { say as actions } from './screen/actions.ts';
import { say as background } from './screen/background.ts';
import { say as banners } from './screen/banners.ts';
import { say as bar } from './screen/bar.ts';
import { say as blocks } from './network/blocks.ts';
import { say as broken } from './screen/broken.ts';
import { say as chart } from './chart/chart.ts';
import { say as conclusion } from './chart/conclusion.ts';
import { say as cost } from './runs/cost.ts';
import { say as costTable } from './runs/cost-table.ts';
import { say as editors } from './setup/editors.ts';
import { say as exported } from './share/export.ts';
import { say as figure } from './share/figure.ts';
import { say as firstVisit } from './screen/first-visit.ts';
import { say as flowCard } from './theory/flow-card.ts';
import { say as givenNetworks } from './setup/given-networks.ts';
import { say as growth } from './network/growth.ts';
import { say as held } from './share/held.ts';
import { say as keys } from './screen/keys.ts';
import { say as keptRuns } from './runs/kept-runs.ts';
import { say as kept } from './runs/kept.ts';
import { say as ladder } from './theory/ladder.ts';
import { say as lessonBiggerSteps } from './lessons/bigger-steps.ts';
import { say as lessonOverTheEdge } from './lessons/over-the-edge.ts';
import { say as lessonTwins } from './lessons/twins.ts';
import { say as lessonDoesItPay } from './lessons/does-it-pay.ts';
import { say as lessonWhenToGrow } from './lessons/when-to-grow.ts';
import { say as lessonReadThenAnswer } from './lessons/read-then-answer.ts';
import { say as lessonTwoBecomeOne } from './lessons/two-become-one.ts';
import { say as lessons } from './lessons/lessons.ts';
import { say as locked } from './screen/locked.ts';
import { say as log } from './chart/log.ts';
import { say as map } from './runs/map.ts';
import { say as measured } from './runs/measured.ts';
import { say as measuredLink } from './runs/measured-link.ts';
import { say as oneFlow } from './theory/one-flow.ts';
import { say as open } from './screen/open.ts';
import { say as paper } from './lessons/paper.ts';
import { say as ownData } from './setup/own-data.ts';
import { say as page } from './screen/page.ts';
import { say as parts } from './share/parts.ts';
import { say as plan } from './setup/plan.ts';
import { say as plot } from './chart/plot.ts';
import { say as predictionError } from './chart/prediction-error.ts';
import { say as runs } from './runs/runs.ts';
import { say as samples } from './network/samples.ts';
import { say as setup } from './setup/setup.ts';
import { say as share } from './share/share.ts';
import { say as sharpness } from './chart/sharpness.ts';
import { say as state } from './screen/state.ts';
import { say as status } from './screen/status.ts';
import { say as textSamples } from './network/text-samples.ts';
import { say as theory } from './theory/theory.ts';
import { say as time } from './screen/time.ts';
import { say as ui } from './screen/ui.ts';
import { say as words } from './screen/words.ts';
import { say as attention } from './network/attention.ts';
import { say as trust } from './theory/trust.ts';

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
