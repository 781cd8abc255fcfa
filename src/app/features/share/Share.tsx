/** Share: what the link carries, in words, and a code for a class to scan. */
import { say } from '../../text/en/share.ts';
import { useRef, useState } from 'react';
import { differences } from '../../../experiment/differences.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { formatLink, leftOut } from '../../../experiment/link/write-link.ts';
import { LINK_LIMIT } from '../../../experiment/limits.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { chooseFile, openFile } from '../open/open-file.ts';
import { useStore } from '../../state/store.ts';
import { COPY_BY_HAND, copyText } from '../../ui/copy.ts';
import { Dialog } from '../../ui/floating/Dialog.tsx';
import { Check } from '../../ui/fields.tsx';
import { CheckIcon, DownloadIcon, OpenIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { useChanged } from '../../ui/use-changed.ts';
import { count } from '../../text/words.ts';
import { exportFiles } from '../../state/control/worker-client.ts';
import type { DialogSwitch } from '../status/LaterDialog.tsx';
import { Code } from './Code.tsx';
import { csvOf, save, saveAll } from './save.ts';
import styles from './share.module.css';

export function Share({ opened, onClose }: DialogSwitch) {
  return (
    <Dialog title={say.shareThisExperiment} opened={opened} onClose={onClose} width={704}>
      <ShareBody onClose={onClose} />
    </Dialog>
  );
}

function ShareBody({ onClose }: { readonly onClose: () => void }) {
  const experiment = useStore((s) => s.experiment);
  const [starts, setStarts] = useState(false);
  const [copied, setCopied] = useState<'yes' | 'by-hand' | null>(null);
  const hash = formatLink(experiment, { run: starts });
  const page = location.href.split('#')[0] ?? '';
  const link = page + hash;
  const field = useRef<HTMLInputElement>(null);
  const preset = PRESETS.get(experiment.preset);
  const differs = differences(presetOf(experiment), experiment);
  if (useChanged(link)) setCopied(null);
  const copy = async (): Promise<void> => {
    const done = await copyText(link);
    if (!done) {
      // A selection that has not the focus is copied by no key, in some browsers.
      field.current?.focus();
      field.current?.select();
    }
    setCopied(done ? 'yes' : 'by-hand');
  };
  if (leftOut(experiment).length > 0)
    return (
      <>
        <TooLong experiment={experiment} />
        <hr className={ui.divider} />
        <Files onOpened={onClose} />
      </>
    );
  return (
    <>
      <input
        ref={field}
        id="share-link"
        className={styles.link}
        readOnly
        aria-label={say.link}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.copy}>
        <button type="button" className={`${ui.button} ${ui.primary}`} onClick={() => void copy()} data-autofocus>
          {copied === 'yes' ? <CheckIcon /> : null}
          {copied === 'yes' ? say.copied : say.copyLink}
        </button>
        <span className={styles.length}>{say.ofCharacters(count(hash.length - 1), count(LINK_LIMIT))}</span>
      </div>
      <p className={ui.note} role="status">
        {copied === 'by-hand' ? COPY_BY_HAND.link : null}
      </p>
      <hr className={ui.divider} />
      <div className={styles.two}>
        <div>
          <h3 className={ui.heading}>{say.theLinkCarries}</h3>
          <dl className={styles.carries}>
            <div>
              <dt>{say.preset}</dt>
              <dd>{say.version(preset?.title ?? experiment.preset, experiment.v)}</dd>
            </div>
            <div>
              <dt>{say.differsBy}</dt>
              <dd>{differs.length === 0 ? say.nothing : differs.map(({ label }) => <span key={label}>{label}</span>)}</dd>
            </div>
          </dl>
          <Check label={say.startOnOpening} note={say.whoeverOpensItSeesItRun} checked={starts} onChange={setStarts} />
          <p className={ui.note}>{say.theSameLinkOnTheSame}</p>
        </div>
        <Code hash={hash} />
      </div>
      <hr className={ui.divider} />
      <Files onOpened={onClose} />
    </>
  );
}

/** No link: a change of the step size after so many that were held to the sharpness. */
function TooLong({ experiment }: { readonly experiment: Experiment }) {
  const entries = Math.max(...[experiment.h, experiment.h2].map((size) => (size?.kind === 'table' ? size.table.length : 0)));
  return (
    <>
      <p>{say.thisRunDoesNotFitInto(count(entries))}</p>
      <button type="button" className={`${ui.button} ${ui.primary}`} onClick={() => saveExperiment(experiment)} data-autofocus>
        <DownloadIcon />
        {say.saveTheExperimentFile}
      </button>
    </>
  );
}

function saveExperiment(experiment: Experiment): void {
  save('experiment.json', new TextEncoder().encode(`${JSON.stringify(experiment, null, 2)}\n`), 'application/json');
}

/** What can be taken home, and the way back. What is wrong with a file that is opened is said on the page, behind the dialog. */
function Files({ onOpened }: { readonly onOpened: () => void }) {
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
        <button type="button" className={ui.button} aria-disabled={empty} onClick={() => !empty && attempt(exportFiles().then(csvOf))}>
          <DownloadIcon />
          {say.resultsCsv}
        </button>
        <button type="button" className={ui.button} aria-disabled={empty} onClick={() => !empty && attempt(exportFiles().then(saveAll))}>
          <DownloadIcon />
          {say.resultsAndCheckpoints}
        </button>
        <button type="button" className={ui.button} onClick={() => chooseFile((file) => void openFile(file).then(onOpened))}>
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
