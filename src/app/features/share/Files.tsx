/**
 * Files to take home, and the way back. What is wrong with a file that is opened is said on the page, behind the
 * dialog.
 */
import { useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import { exportFiles } from '../../state/control/worker-client.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/share/share.ts';
import { DownloadIcon, OpenIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { chooseFiles, openFiles } from '../open/open-file.ts';
import { csvOf, save, saveAll } from './save.ts';
import styles from './share.module.css';

export function saveExperiment(experiment: Experiment): void {
  save('experiment.json', new TextEncoder().encode(`${JSON.stringify(experiment, null, 2)}\n`), 'application/json');
}

/** Code that makes what a run's own files do not hold, fetched when that is first asked for. */
const exports = () => import('../export/exports.ts');
/** The files that a run leaves to be taken home. */
const RESULTS = [
  { words: say.resultsCsv, does: async () => csvOf(await exportFiles()) },
  { words: say.resultsAndCheckpoints, does: async () => saveAll(await exportFiles()) },
  { words: say.chartSvg, does: async () => (await exports()).saveSvg() },
  { words: say.chartPng, does: async () => (await exports()).savePng() },
  { words: say.report, does: async () => (await exports()).saveReport() },
  { words: say.pytorch, does: async () => (await exports()).savePyTorch() },
] as const;

export function Files({ onOpened }: { readonly onOpened: () => void }) {
  const experiment = useStore((s) => s.experiment);
  const [problem, setProblem] = useState<string | null>(null);
  const empty = useStore((s) => s.chart.measured.size === 0);
  const attempt = (work: Promise<void>): void => {
    setProblem(null);
    work.catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    <>
      <h3 className={ui.heading}>{say.saveAsAFileOrOpen}</h3>
      <div className={styles.files}>
        <button type="button" className={ui.button} onClick={() => saveExperiment(experiment)}>
          <DownloadIcon />
          {say.experiment}
        </button>
        {RESULTS.map(({ words, does }) => (
          <button key={words} type="button" className={ui.button} aria-disabled={empty} onClick={() => !empty && attempt(does())}>
            <DownloadIcon />
            {words}
          </button>
        ))}
        <button type="button" className={ui.button} onClick={() => chooseFiles((files) => void openFiles(files).then(onOpened))}>
          <OpenIcon />
          {say.openAFile}
        </button>
      </div>
      <p className={ui.note} role={problem ? 'alert' : undefined}>
        {problem ?? say.theReadmeBesideThe}
      </p>
    </>
  );
}
