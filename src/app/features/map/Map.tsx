/** The map: growth step × step size after it, predicted for less than running it, measured where branches were run. */
import { wordsOf } from '../../text/messages.ts';
import { say } from '../../text/en/runs/map.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import {
  axesAround,
  axesWith,
  type MapAxes,
  mapFamily,
  stepSizeOfLine,
  whyNoMap,
  withBranches,
} from '../../../experiment/map/growth-map.ts';
import { MOST_CHARACTERS } from '../../../experiment/map/sweep-table.ts';
import type { MapPredictor, MapReport } from '../../../predict/reports.ts';
import type { WhatIf } from '../../../experiment/plan/what-if.ts';
import { ask as askWhatIf, send, setState, store, useStore } from '../../state/store.ts';
import { InlineSelect } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import { count, formatQuantity } from '../../text/numbers.ts';
import { sentence } from '../../text/words.ts';
import { drawnCells, type Equal, PREDICTOR_WORDS, PREDICTORS, rankRows, whyNotAsked } from './cells.ts';
import { Details } from './Details.tsx';
import { Grid } from './Grid.tsx';
import { importSweep } from './import.ts';
import { LinesDialog } from './LinesDialog.tsx';
import { setLines, useLines } from './lines.ts';
import styles from './map.module.css';
import { Ranks } from './Ranks.tsx';

const OPTIONS = PREDICTORS.map((predictor) => [predictor, PREDICTOR_WORDS[predictor]] as const);

const EQUAL: readonly (readonly [Equal, string])[] = [
  ['steps', say.atEqualSteps],
  ['compute', say.atEqualCompute],
];

export function GrowthMap() {
  const running = useStore((s) => s.running ?? s.loaded);
  if (running === null) return <p className={styles.empty}>{say.appearsOnceTheRunIsLoaded}</p>;
  const reason = whyNoMap(running);
  return reason === null ? <MapOf running={running} /> : <p className={styles.empty}>{say.noMap[reason]}</p>;
}

function MapOf({ running }: { readonly running: Experiment }) {
  const all = useStore((s) => s.branches);
  const told = useStore((s) => s.map);
  const loading = useStore((s) => s.phase === 'loading' || s.phase === 'failed');
  const chosen = useLines(running);
  const checkpoints = useStore((s) => s.checkpoints);
  const step = useStore((s) => s.step);
  const whyNot = useCallback((grow: number) => whyNotAsked(grow, checkpoints, step), [checkpoints, step]);
  const family = mapFamily(running);
  const branches = useMemo(
    () => all.filter(({ experiment }) => experiment.plan === undefined && mapFamily(experiment) === family),
    [all, family],
  );
  const axes = useMemo(() => axesWith(chosen, branches), [chosen, branches]);
  const [by, setBy] = useState<MapPredictor>('gradient-flow');
  const [equal, setEqual] = useState<Equal>('steps');
  const [pointed, setPointed] = useState<number | null>(null);
  const report = told?.family === family ? told : null;
  // Predictions that cost nothing are asked for at once, and again of a fresh worker.
  useEffect(() => {
    if (!loading) send({ type: 'map', axes, fill: false });
  }, [axes, loading]);
  const cells = useMemo(() => drawnCells(axes, report, branches, by, equal), [axes, report, branches, by, equal]);
  const ranks = useMemo(() => rankRows(cells), [cells]);
  const cell = pointed === null ? undefined : cells[pointed];
  return (
    <div className={`${ui.scroll} ${styles.map}`} role="region" aria-label={say.map} tabIndex={0}>
      <div className={styles.body}>
        <div className={styles.gridBox}>
          <p className={styles.head}>
            <span className={styles.label}>
              {equal === 'steps' ? say.finalLoss : say.loss}{' '}
              <InlineSelect label={say.compared} value={equal} options={EQUAL} onChange={setEqual} />
            </span>
            <span className={styles.by}>
              {say.predictedBy}
              <InlineSelect label={say.predictedByLabel} value={by} options={OPTIONS} onChange={setBy} />
            </span>
          </p>
          <Grid
            whyNot={whyNot}
            axes={axes}
            cells={cells}
            running={running}
            onPoint={setPointed}
            onAsk={(index) => ask(running, axes.held, cells[index])}
          />
        </div>
        <div className={styles.side}>
          <div className={styles.tools}>
            <Work report={report} axes={axes} cells={axes.grow.length * axes.after.length} />
            <Lines running={running} axes={axes} />
            <Import running={running} />
          </div>
          <Ranks rows={ranks} cells={cells}>
            <Details cell={cell} held={axes.held} equal={equal} whyNot={cell ? whyNot(cell.grow) : null} />
          </Ranks>
          {equal === 'compute' && report !== null && report.operations > 0 ? (
            <p className={ui.note}>{say.eachRunWhereItHasCost(formatQuantity(report.operations, 'FLOPs'))}</p>
          ) : null}
          {report?.unpredicted ? <p className={ui.note}>{sentence(wordsOf(report.unpredicted))}</p> : null}
        </div>
      </div>
    </div>
  );
}

/** A cell is asked as a what-if: Run this branch measures it. */
function ask(running: Experiment, held: boolean, cell: { readonly grow: number; readonly after: number } | undefined): void {
  if (!cell) return;
  const size = stepSizeOfLine(held, cell.after);
  const own = running.h2 ?? running.h;
  const change: WhatIf = {
    ...(cell.grow === running.grow ? {} : { grow: cell.grow }),
    ...(JSON.stringify(size) === JSON.stringify(own) ? {} : { h2: size }),
  };
  askWhatIf(change);
}

function Work({ report, axes, cells }: { readonly report: MapReport | null; readonly axes: MapAxes; readonly cells: number }) {
  if (!report || report.reason !== null) return null;
  const running = say.runningAll(cells, count(report.running));
  if (report.state === 'filling')
    return (
      <>
        <span className={`${ui.note} ${styles.work}`}>{say.gradientsAboutToGo(count(report.gradients), count(report.estimate))}</span>
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => send({ type: 'stop-map' })}>
          {say.stop}
        </button>
      </>
    );
  const nothing = report.unpredicted !== null;
  return (
    <>
      <span className={`${ui.note} ${styles.work}`}>
        {nothing
          ? say.runningAllGradients(cells, count(report.running))
          : report.state === 'filled'
            ? say.gradients(count(report.gradients), running)
            : say.aboutGradients(count(report.estimate), running)}
      </span>
      {report.state === 'filled' ? null : (
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          disabled={nothing}
          onClick={() => send({ type: 'map', axes, fill: true })}
        >
          {say.fillTheMap}
        </button>
      )}
    </>
  );
}

function Lines({ running, axes }: { readonly running: Experiment; readonly axes: MapAxes }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={`${ui.button} ${ui.small}`} aria-haspopup="dialog" onClick={() => setOpened(true)}>
        {say.rowsAndColumns}
      </button>
      <LinesDialog
        opened={opened}
        axes={axes}
        around={axesAround(running)}
        steps={running.steps}
        onClose={() => setOpened(false)}
        onChange={(next) => {
          setLines(running, next);
          setOpened(false);
        }}
      />
    </>
  );
}

/** A sweep that was run on the command line. */
function Import({ running }: { readonly running: Experiment }) {
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ readonly words: string; readonly wrong: boolean } | null>(null);
  const take = async (file: File): Promise<void> => {
    if (file.size > MOST_CHARACTERS) {
      setSaid({ words: say.cantBeImportedItIsToo(file.name), wrong: true });
      return;
    }
    const imported = importSweep(file.name, await file.text(), running);
    if ('wrong' in imported) {
      setSaid({ words: imported.wrong, wrong: true });
      return;
    }
    // An imported cell never replaces one that this page measured itself.
    setState({ branches: withBranches(imported.branches, store.getState().branches) });
    setLines(running, imported.axes);
    setSaid({ words: imported.message, wrong: false });
  };
  return (
    <>
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => input.current?.click()}>
        {say.importASweep}
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={say.collectedSweepSweepCsv}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file)
            take(file).catch((error: unknown) =>
              setSaid({ words: say.cantBeRead(file.name, error instanceof Error ? error.message : String(error)), wrong: true }),
            );
        }}
      />
      {said ? (
        <span className={said.wrong ? styles.wrong : styles.said} role={said.wrong ? 'alert' : 'status'} aria-label={say.import}>
          {said.words}
        </span>
      ) : null}
    </>
  );
}
