/** Share: what the link carries, in words, and a code for a class to scan. */
import { say } from '../../text/en/share/share.ts';
import { useEffect, useRef, useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import { formatView } from '../../../experiment/link/view.ts';
import { formatLink, leftOut } from '../../../experiment/link/write-link.ts';
import { LINK_LIMIT } from '../../../experiment/limits.ts';
import { PRESETS } from '../../../experiment/presets/presets.ts';
import { pageAddress } from '../../state/control/address.ts';
import { store, useStore } from '../../state/store.ts';
import { COPY_BY_HAND, copyText } from '../../ui/copy.ts';
import { Dialog } from '../../ui/floating/Dialog.tsx';
import { CheckIcon, DownloadIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { useChanged } from '../../ui/use-changed.ts';
import { count } from '../../text/numbers.ts';
import type { DialogSwitch } from '../status/LaterDialog.tsx';
import { Carries, type Chosen } from './Carries.tsx';
import { ClickAway } from './ClickAway.tsx';
import { Code } from './Code.tsx';
import { embedCode } from './embed.ts';
import { Files, saveExperiment } from './Files.tsx';
import styles from './share.module.css';

export function Share({ opened, onClose }: DialogSwitch) {
  const [away, setAway] = useState(false);
  return (
    <Dialog
      title={away ? say.hideOrLockControls : say.shareThisExperiment}
      opened={opened}
      onClose={() => {
        setAway(false);
        onClose();
      }}
      width={704}
    >
      <ShareBody onClose={onClose} away={away} setAway={setAway} />
    </Dialog>
  );
}

interface ShareBodyProps {
  readonly onClose: () => void;
  /** Whether controls are being clicked away. */
  readonly away: boolean;
  readonly setAway: (away: boolean) => void;
}

function ShareBody({ onClose, away, setAway }: ShareBodyProps) {
  const experiment = useStore((s) => s.experiment);
  const shown = useStore((s) => s.view);
  const [chosen, setChosen] = useState<Chosen>(() => ({ ...store.getState().view, starts: false, withCurve: false }));
  const curve = usePacked();
  const choose = (patch: Partial<Chosen>): void => setChosen((now) => ({ ...now, ...patch }));
  // A curve that came with the page's own link goes on with it, unless there is one of one's own.
  const ghost = (chosen.withCurve ? curve : null) ?? shown.ghost;
  const view = { ...shown, view: chosen.view, hide: chosen.hide, lock: chosen.lock, ghost };
  const settings = formatLink(experiment, { run: chosen.starts });
  if (leftOut(experiment).length > 0)
    return (
      <>
        <TooLong experiment={experiment} />
        <hr className={ui.divider} />
        <Files onOpened={onClose} />
      </>
    );
  if (away)
    return (
      <>
        <ClickAway value={chosen} onChange={choose} />
        <div className={styles.copy}>
          <button type="button" className={`${ui.button} ${ui.primary}`} onClick={() => setAway(false)} data-autofocus>
            {say.backToTheLink}
          </button>
        </div>
      </>
    );
  return (
    <>
      <LinkToCopy hash={settings + formatView(view)} figure={formatLink(experiment) + formatView({ ...view, view: 'chart' })} />
      <hr className={ui.divider} />
      <div className={styles.two}>
        <Carries chosen={chosen} choose={choose} curve={curve?.length ?? null} onClickAway={() => setAway(true)} />
        <Code hash={settings + formatView({ ...view, ghost: null })} withoutCurve={ghost !== null} />
      </div>
      <hr className={ui.divider} />
      <Files onOpened={onClose} />
    </>
  );
}

/** The measured curves so far, packed for a link; `null` where there is nothing, or until it is packed. */
function usePacked(): string | null {
  const [packed, setPacked] = useState<string | null>(null);
  useEffect(() => {
    let stale = false;
    import('../../plot/packed/packed.ts').then(
      ({ pack }) => {
        if (!stale) setPacked(pack(store.getState().chart.measured));
      },
      // Without the code that packs it there is no curve to choose.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, []);
  return packed;
}

/** @param figure the same as a figure, for a frame */
function LinkToCopy({ hash, figure }: { readonly hash: string; readonly figure: string }) {
  const [copied, setCopied] = useState<'link' | 'frame' | 'by-hand' | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const page = pageAddress();
  const link = page + hash;
  const title = useStore((s) => PRESETS.get(s.experiment.preset)?.title ?? s.experiment.preset);
  const [frame, setFrame] = useState(false);
  const code = embedCode(page + figure, say.frameTitle(title));
  const text = frame ? code : link;
  if (useChanged(text)) setCopied(null);
  const copy = async (what: 'link' | 'frame'): Promise<void> => {
    setFrame(what === 'frame');
    const done = await copyText(what === 'frame' ? code : link);
    setCopied(done ? what : 'by-hand');
    if (!done) {
      // A selection that has not the focus is copied by no key, in some browsers.
      field.current?.focus();
      field.current?.select();
    }
  };
  return (
    <>
      <input
        ref={field}
        id="share-link"
        className={styles.link}
        readOnly
        aria-label={frame ? say.embedCode : say.link}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.copy}>
        <span className={styles.buttons}>
          <button type="button" className={`${ui.button} ${ui.primary}`} onClick={() => void copy('link')} data-autofocus>
            {copied === 'link' ? <CheckIcon /> : null}
            {copied === 'link' ? say.copied : say.copyLink}
          </button>
          <button type="button" className={ui.button} onClick={() => void copy('frame')}>
            {copied === 'frame' ? <CheckIcon /> : null}
            {copied === 'frame' ? say.copied : say.copyEmbedCode}
          </button>
        </span>
        <span className={styles.length}>{say.ofCharacters(count(hash.length - 1), count(LINK_LIMIT))}</span>
      </div>
      <p className={ui.note} role="status">
        {copied === 'by-hand' ? COPY_BY_HAND.link : frame ? say.whoServesThisPageMustAllow : null}
      </p>
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
