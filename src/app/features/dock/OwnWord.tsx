/** "Try your own word": a field whose text the networks are given as they are now, and again with every later look. */
import { say } from '../../text/en/network/samples.ts';
import { type FormEvent, useId, useState } from 'react';
import { type TaskId, taskRow } from '../../../experiment/declared/tasks.ts';
import type { OwnWord } from '../../../run/reports.ts';
import { send } from '../../state/store.ts';
import ui from '../../ui/ui.module.css';
import { wordsOf } from '../../text/messages.ts';
import { quoted, sentence } from '../../text/words.ts';
import styles from './dock.module.css';

export function OwnWordField({ shown }: { readonly shown: string }) {
  const id = useId();
  const [text, setText] = useState(shown);
  const take = (event: FormEvent): void => {
    event.preventDefault();
    send({ type: 'try-word', text });
  };
  return (
    <form className={styles.own} onSubmit={take}>
      <label htmlFor={id} className="visually-hidden">
        {say.tryYourOwnWord}
      </label>
      <input
        id={id}
        className={styles.word}
        value={text}
        maxLength={40}
        placeholder={say.yourOwnWord}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" className={`${ui.button} ${styles.try}`}>
        {say.try}
      </button>
    </form>
  );
}

/** Notes on the reader's word besides the networks' answers to it; empty where nothing is. */
export function ownWordNote(own: OwnWord, task: TaskId): string {
  if (own.problem !== null) return sentence(wordsOf(own.problem));
  if (own.unknown.length > 0) {
    const letters = own.unknown.map(quoted).join(', ');
    return say.theNetworksKnowOnlyTheySee(taskRow(task).alphabet, letters);
  }
  if (own.target === null) return say.itIsNotAmongTheWords;
  return own.trained ? say.itIsOneOfTheWords : '';
}
