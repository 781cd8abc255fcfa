/** Share: what the link carries, in words, and a code for a class to scan. */
import { useEffect, useState } from 'react';
import { differences } from '../../experiment/differences.ts';
import { formatLink } from '../../experiment/link.ts';
import { LINK_LIMIT } from '../../experiment/limits.ts';
import { PRESETS, presetOf } from '../../experiment/presets.ts';
import { chooseFile, openFile } from '../open/open-file.ts';
import { useStore } from '../store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Check } from '../ui/fields.tsx';
import { CheckIcon, DownloadIcon, OpenIcon } from '../ui/icons.tsx';
import ui from '../ui/ui.module.css';
import { count } from '../words.ts';
import { exportFiles } from '../worker-client.ts';
import { Code } from './Code.tsx';
import { csvOf, save, saveAll } from './save.ts';
import styles from './share.module.css';

export function Share({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Share this experiment" opened={opened} onClose={onClose} width={704}>
      <ShareBody onClose={onClose} />
    </Dialog>
  );
}

function ShareBody({ onClose }: { readonly onClose: () => void }) {
  const experiment = useStore((s) => s.experiment);
  const [starts, setStarts] = useState(false);
  const [copied, setCopied] = useState(false);
  const hash = formatLink(experiment, { run: starts });
  const page = location.href.split('#')[0] ?? '';
  const link = page + hash;
  const preset = PRESETS.get(experiment.preset);
  const differs = differences(presetOf(experiment), experiment);
  useEffect(() => setCopied(false), [link]);
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => {
        // Without the permission the text is selected, so that one key copies it.
        document.querySelector<HTMLInputElement>('#share-link')?.select();
      },
    );
  };
  return (
    <>
      <input
        id="share-link"
        className={styles.link}
        readOnly
        aria-label="Link"
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.copy}>
        <button type="button" className={`${ui.button} ${ui.primary}`} onClick={copy} data-autofocus>
          {copied ? <CheckIcon /> : null}
          {copied ? 'Copied' : 'Copy link'}
        </button>
        <span className={styles.length}>
          {count(link.length)} of {count(LINK_LIMIT)} characters
        </span>
      </div>
      <hr className={ui.divider} />
      <div className={styles.two}>
        <div>
          <h3 className={ui.heading}>The link carries</h3>
          <dl className={styles.carries}>
            <div>
              <dt>Preset</dt>
              <dd>
                {preset?.title ?? experiment.preset} (version {experiment.v})
              </dd>
            </div>
            <div>
              <dt>Differs by</dt>
              <dd>{differs.length === 0 ? 'nothing' : differs.map(({ label }) => <span key={label}>{label}</span>)}</dd>
            </div>
          </dl>
          <Check label="Start on opening" note="Whoever opens it sees it run at once." checked={starts} onChange={setStarts} />
          <p className={ui.note}>The same link on the same adapter gives the same curve. Weights never ride in a link.</p>
        </div>
        <Code hash={hash} />
      </div>
      <hr className={ui.divider} />
      <Files onOpened={onClose} />
    </>
  );
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
      <h3 className={ui.heading}>Save as a file, or open one</h3>
      <div className={styles.files}>
        <button
          type="button"
          className={ui.button}
          onClick={() => save('experiment.json', new TextEncoder().encode(`${JSON.stringify(experiment, null, 2)}\n`), 'application/json')}
        >
          <DownloadIcon />
          Experiment
        </button>
        <button type="button" className={ui.button} aria-disabled={empty} onClick={() => !empty && attempt(exportFiles().then(csvOf))}>
          <DownloadIcon />
          Results CSV
        </button>
        <button type="button" className={ui.button} aria-disabled={empty} onClick={() => !empty && attempt(exportFiles().then(saveAll))}>
          <DownloadIcon />
          Results and checkpoints
        </button>
        <button type="button" className={ui.button} onClick={() => chooseFile((file) => void openFile(file).then(onOpened))}>
          <OpenIcon />
          Open a file
        </button>
      </div>
      <p className={ui.note} role={problem ? 'alert' : undefined}>
        {problem ??
          'The README beside the checkpoints says how to load them in PyTorch. An experiment or a result.json opens here, or dropped on the page.'}
      </p>
    </>
  );
}
