/**
 * Growth as one flow: n steps on either side of the growth as a single flow in the fused network's coordinates, and the
 * term that says that the order matters, the Lie bracket (theory/growth/composite.ts). Numbers stand only in its
 * window.
 */
import { say } from '../../../text/en/theory/one-flow.ts';
import { isFusion } from '../../../../experiment/declared/operators.ts';
import { isPlainDescent } from '../../../../experiment/declared/optimizers.ts';
import { sourcesOf } from '../../../../experiment/declared/flows.ts';
import type { BracketReport } from '../../../../predict/reports.ts';
import { useStore } from '../../../state/store.ts';
import { Term } from '../../../ui/terms/Term.tsx';
import ui from '../../../ui/ui.module.css';
import { count, figures, fixed, size } from '../../../text/numbers.ts';
import { Figure } from '../Figure.tsx';
import { Fraction } from './Fraction.tsx';
import { share, signed, two } from '../numbers.ts';
import { sizesAround } from '../step-size/sizes.ts';
import { SourceLinks } from '../SourceLinks.tsx';
import parts from '../parts.module.css';
import styles from '../theory.module.css';
import { shownExperiment } from '../../../state/derived/derive.ts';

/** n·h·λ up to which the bracket makes the prediction better. */
const WINDOW = 2;
/** As many steps on either side as the worker compares. */
const MOST_STEPS = 6;

/** Most steps on either side of the growth that stay in the window; 0: not even one does. */
export function stepsInWindow(h1: number, h2: number, lambdas: BracketReport['lambdas']): number {
  return Math.min(MOST_STEPS, Math.floor(WINDOW / timeOf(h1, h2, lambdas) + 1e-9));
}

/** h·λ of one step on either side, the larger. */
const timeOf = (h1: number, h2: number, [before, after]: BracketReport['lambdas']): number => Math.max(h1 * before, h2 * after);

/** The bracket's share of the loss after n steps on either side, to first order. */
export function effectOnLoss({ alongBracket }: Pick<BracketReport, 'alongBracket'>, n: number, h1: number, h2: number): number {
  return ((n * h1 * n * h2) / 2) * alongBracket;
}

export function OneFlow() {
  const growth = useStore((s) => s.growth);
  const spectrum = useStore((s) => s.spectrum);
  const brackets = useStore((s) => s.brackets);
  const composite = useStore((s) => s.composite);
  const h1 = useStore((s) => sizesAround(s).before);
  const h2 = useStore((s) => sizesAround(s).asked);
  const own = useStore((s) => sizesAround(s).own);
  const plain = useStore((s) => isPlainDescent(shownExperiment(s)) && s.unavailable === null);
  if (!plain) return null;
  const report = brackets.find(({ step }) => step === growth?.step);
  return (
    <section aria-label={say.growthAsOneFlow} className={`${parts.card} ${parts.part}`}>
      <h2 className={ui.heading}>{say.growthAsOneFlow}</h2>
      <div className={parts.bracketFormula} role="math" aria-label={say.bracketSpoken}>
        <Fraction above="ab" below="2" />
        <span>
          ( <i>H</i>
          <sub>2</sub> <i>P g</i>
          <sub>1</sub> − <i>P H</i>
          <sub>1</sub> <i>g</i>
          <sub>2</sub> )
        </span>
      </div>
      {!growth ? (
        <p className={styles.under}>{say.afterAFusionWhatTheOrder}</p>
      ) : !isFusion(growth.operator) ? (
        <p className={styles.under}>{say.knownForFusionsOnlyInWhich}</p>
      ) : !report || h1 === null || h2 === null ? (
        <p className={styles.under}>{spectrum ? say.beingLookedAt : say.theGrowthIsBeingLookedAt}</p>
      ) : (
        <Numbers report={report} h1={h1} h2={h2} />
      )}
      {growth && spectrum ? (
        <p className={styles.under}>
          λ<sub>max</sub> {growth.sources.map((id, i) => `${id} ${two(spectrum.sourceLambdas[i] ?? NaN)}`).join(', ')} → {spectrum.model}{' '}
          <b>{two(spectrum.lambda)}</b>
          {say.atTheGrowth}
          {report ? (
            <>
              {' '}
              <Term explains={say.pAFusionOfKDivides}>{say.metric}</Term>
              {say.ofTheHead(figures(report.metric, 3))}
            </>
          ) : null}
        </p>
      ) : null}
      {report && composite && composite.step === report.step && h2 === own ? <Against /> : null}
      {report ? <Compared reports={brackets} now={report.step} /> : null}
      <SourceLinks of={sourcesOf(['composite'])} />
    </section>
  );
}

function Numbers({ report, h1, h2 }: { readonly report: BracketReport; readonly h1: number; readonly h2: number }) {
  const n = stepsInWindow(h1, h2, report.lambdas);
  if (n === 0)
    return (
      <p className={styles.under} data-window="outside">
        {say.outsideItsWindowNHIs}
        <b>{two(timeOf(h1, h2, report.lambdas))}</b>
        {say.withASingleStepOnEither}
      </p>
    );
  const [fresh, old] = [report.bracket.new ** 2, report.bracket.old ** 2];
  const portion = fresh / (fresh + old);
  const effect = effectOnLoss(report, n, h1, h2);
  return (
    <>
      <div className={parts.split} aria-hidden="true">
        <i style={{ flexGrow: portion }} />
        <i style={{ flexGrow: 1 - portion }} />
      </div>
      <dl className={styles.lines}>
        <Figure name={say.newWeights} explains={say.newWeightsExplained}>
          <b>{two(report.bracket.new)}</b> · {share(portion)}
        </Figure>
        <Figure name={say.oldWeights} explains={say.oldWeightsExplained}>
          <b>{two(report.bracket.old)}</b> · {share(1 - portion)}
        </Figure>
        <Figure name={say.effectOnTheLoss} explains={say.toFirstOrderAfterThese}>
          <b>{signed(effect)}</b>
        </Figure>
      </dl>
      <p className={styles.under}>
        {say.onEitherSide(n)}
        <i>a</i> = {n} × {size(h1)} = {two(n * h1)}, <i>b</i> = {n} × {size(h2)} = {two(n * h2)}, <i>ab</i>
        {say.bracketGrows(two((n * h1 * n * h2) / 2), two(n * timeOf(h1, h2, report.lambdas)))}
      </p>
    </>
  );
}

/** The composite with and without the bracket against the run. */
function Against() {
  const composite = useStore((s) => s.composite);
  const bracket = useStore((s) => s.brackets.find(({ step }) => step === s.composite?.step));
  const point = composite?.points.at(-1);
  if (!composite || !point) return null;
  return (
    <>
      <table className={parts.table}>
        <caption className="visually-hidden">{say.theCompositeAgainstTheRun}</caption>
        <thead>
          <tr>
            <th scope="col">{say.afterSteps(point.n)}</th>
            <th scope="col">{say.loss}</th>
            <th scope="col">
              <Term explains={say.distanceOfThePredicted}>‖θ − θ_run‖</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say.measured}</th>
            <td>{fixed(point.measured, 4)}</td>
            <td>–</td>
          </tr>
          <tr>
            <th scope="row">{say.withBracket}</th>
            <td>{fixed(point.withBracket.loss, 4)}</td>
            <td>{two(point.withBracket.distance)}</td>
          </tr>
          <tr>
            <th scope="row">{say.without}</th>
            <td>{fixed(point.without.loss, 4)}</td>
            <td>{two(point.without.distance)}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.under}>
        {say.theBracketBringsTheWeights(
          point.withBracket.distance < point.without.distance,
          fixed(point.without.distance / point.withBracket.distance, 1),
          count(composite.gradients + (bracket?.gradients ?? 0)),
        )}
      </p>
    </>
  );
}

/** The same growth at other steps, where branches tried them. */
function Compared({ reports, now }: { readonly reports: readonly BracketReport[]; readonly now: number }) {
  if (reports.length < 2) return null;
  return (
    <p className={styles.under}>
      {say.bracketOnNewWeightsGrownAt}
      {reports.map(({ step, bracket }, i) => (
        <span key={step}>
          {i > 0 ? ' · ' : ''}
          {count(step)}: {step === now ? <b>{two(bracket.new)}</b> : two(bracket.new)}
        </span>
      ))}
    </p>
  );
}
