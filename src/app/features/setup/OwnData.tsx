/**
 * Where a text or pairs of the reader's own are given: typed, pasted, or from a file. Checked by the worker, kept in
 * this browser.
 */
import { say } from '../../text/en/setup/own-data.ts';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import { ownKindOf, ownKinds, ownMarks } from '../../../experiment/settings/data/own.ts';
import type { Told } from '../../../experiment/messages/say.ts';
import type { OwnTaken } from '../../../run/reports.ts';
import { edit } from '../../state/control/run-control.ts';
import { takeOwn } from '../../state/control/worker-client.ts';
import { forgetOwn, ownText } from '../../state/own-texts.ts';
import { store } from '../../state/store.ts';
import { wordsOf } from '../../text/messages.ts';
import { count } from '../../text/numbers.ts';
import { sentence } from '../../text/words.ts';
import ui from '../../ui/ui.module.css';
import styles from './setup.module.css';

type Kind = OwnTaken['kind'];

export function OwnData({ experiment }: { readonly experiment: Experiment }) {
  return ownKinds(experiment).map((kind) => <OwnField key={kind} kind={kind} experiment={experiment} />);
}

function OwnField({ kind, experiment }: { readonly kind: Kind; readonly experiment: Experiment }) {
  const id = useId();
  const marks = ownMarks(experiment);
  const [text, setText] = useState(
    () => marks.map((mark) => ownText(mark) ?? '').find((own) => own !== '' && ownKindOf(own) === kind) ?? '',
  );
  const [answer, setAnswer] = useState<{ readonly taken: OwnTaken | null; readonly refused: Told | null } | null>(null);
  const [forgotten, setForgotten] = useState(false);
  const before = useRef<HTMLButtonElement>(null);
  const use = async (own: string): Promise<void> => {
    const found = await takeOwn(own);
    setAnswer(found);
    setForgotten(false);
    if (!found.taken) return;
    const { mark, kind: of, train } = found.taken;
    const now = store.getState().experiment;
    // One of each kind.
    const others = ownMarks(now).filter((other) => ownText(other) !== null && ownKindOf(ownText(other) ?? '') !== of);
    edit({ own: [...others, mark].join(','), examples: Math.min(now.examples, Math.max(1, train - MARGIN[of])) });
  };
  const onFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    if (!file) return;
    void file.text().then((own) => {
      setText(own);
      void use(own);
    });
  };
  const here = marks.filter((mark) => ownKindOf(ownText(mark) ?? '') === kind && ownText(mark) !== null);
  const forget = (): void => {
    for (const mark of here) forgetOwn(mark);
    setText('');
    setAnswer(null);
    setForgotten(true);
    // Its button goes: without a focus inside, Escape would no longer close the editor.
    before.current?.focus();
  };
  const missing = marks.find((mark) => ownText(mark) === null);
  const taken = answer?.taken ?? null;
  return (
    <div data-part={`own-${kind}`}>
      <label htmlFor={id} className={ui.rowLabel}>
        {kind === 'text' ? say.yourText : say.yourPairs}
      </label>
      <textarea
        id={id}
        className={styles.ownText}
        rows={5}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <input className={styles.ownFile} type="file" accept=".txt,.tsv,text/plain" aria-label={say.fromAFile} onChange={onFile} />
      <button ref={before} type="button" className={`${ui.button} ${ui.small}`} onClick={() => void use(text)}>
        {say.use}
      </button>{' '}
      {here.length > 0 ? (
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={forget}>
          {say.forget}
        </button>
      ) : null}
      {forgotten && here.length === 0 ? <p role="status">{say.isForgotten}</p> : null}
      {answer?.refused ? <p role="alert">{sentence(wordsOf(answer.refused))}</p> : null}
      {taken ? <p>{taken.kind === 'text' ? say.words(count(taken.size)) : say.pairs(count(taken.size))}</p> : null}
      {missing !== undefined && !taken && !forgotten ? <p>{say.isMissing(missing)}</p> : null}
      <p>{say.staysHere}</p>
    </div>
  );
}

/** Of a text the last words begin no part that is long enough. */
const MARGIN: Readonly<Record<Kind, number>> = { text: 300, pairs: 0 };
