/**
 * "Try your own": a story and a question of one's own, or a text with gaps. What the networks answer comes token by
 * token, each with the probability that the network gives it and its nearest rivals.
 */
import { say } from '../../text/en/network/text-samples.ts';
import { type FormEvent, useId, useState } from 'react';
import type { TaskId } from '../../../experiment/declared/tasks.ts';
import type { VocabularyName } from '../../../experiment/declared/texts.ts';
import type { OwnToken, OwnWord } from '../../../run/reports.ts';
import { hueOf } from '../../look/hues.ts';
import { shortNameOf } from '../../plot/curves/beside.ts';
import { shownExperiment } from '../../state/derived/derive.ts';
import type { SamplesReport } from '../../state/slices/growth.ts';
import { send, setState, useStore } from '../../state/store.ts';
import { wordsOf } from '../../text/messages.ts';
import { listed, quoted, sentence } from '../../text/words.ts';
import { percent } from '../../text/numbers.ts';
import { Hint } from '../../ui/terms/Hint.tsx';
import ui from '../../ui/ui.module.css';
import type { Column } from './columns.ts';
import { asked } from './gaps.ts';
import { tokenWords } from './token-words.ts';
import styles from './text.module.css';

interface OwnTextProps {
  readonly task: TaskId;
  readonly own: OwnWord | null;
  readonly before: SamplesReport | null;
  readonly columns: readonly Column[];
}

/** A text to begin with, and its question where the task asks one. */
const EXAMPLES: Readonly<Partial<Record<TaskId, readonly [story: string, question: string]>>> = {
  spans: ['anna takes the ball. anna goes to the ___. anna has the ___.', ''],
  who: ['anna takes the ball. anna gives the ball to tom.', 'who has the ball?'],
  where: ['anna takes the ball. anna goes to the park.', 'where is the ball?'],
  mood: ['anna wants the ball. anna takes the ball.', 'how is anna?'],
  true: ['anna takes the ball. anna goes to the park.', 'the ball is in the park?'],
};
/** Of the tasks that ask nothing: two sentences of the world. */
const PLAIN: readonly [string, string] = ['anna takes the ball. anna goes to the park.', ''];

export function OwnText({ task, own, before, columns }: OwnTextProps) {
  const id = useId();
  const [story, question] = EXAMPLES[task] ?? PLAIN;
  const shown = own ? asked(own.source) : { story, question };
  const [text, setText] = useState(shown.story);
  const [ask, setAsk] = useState(shown.question);
  const tokens = useStore((s) => s.ownTokens);
  const take = (event: FormEvent): void => {
    event.preventDefault();
    setState({ ownTokens: new Map() });
    send({ type: 'try-word', text: `${text} ${ask}`.trim() });
  };
  const vocab = useStore((s) => shownExperiment(s).vocab);
  const note = own ? ownTextNote(own, vocab) : '';
  const answers = [...tokens].filter(([model]) => columns.some((column) => column.id === model));
  const sameTask = before === null || before.task === task;
  return (
    <section className={styles.own} aria-label={say.tryYourOwn}>
      <form className={styles.form} onSubmit={take}>
        <label htmlFor={`${id}story`}>{task === 'spans' ? say.yourTextWithGaps : say.yourStory}</label>
        <textarea
          id={`${id}story`}
          className={styles.field}
          rows={2}
          maxLength={400}
          spellCheck={false}
          autoCapitalize="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {question === '' ? null : (
          <>
            <label htmlFor={`${id}question`}>{say.yourQuestion}</label>
            <input
              id={`${id}question`}
              className={styles.field}
              maxLength={120}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              enterKeyHint="go"
              value={ask}
              onChange={(event) => setAsk(event.currentTarget.value)}
            />
          </>
        )}
        <button type="submit" className={`${ui.button} ${ui.small}`}>
          {say.try}
        </button>
      </form>
      {own && answers.length > 0 && own.problem === null ? (
        <dl className={styles.answers} aria-live="polite">
          {answers.map(([model, answer]) => (
            <div key={model}>
              <dt style={{ color: hueOf(model, true) }}>
                {shortNameOf(model)}
                {sameTask && columns.some((column) => column.id === model && column.when === 'before') ? ` ${say.before}` : ''}
              </dt>
              <dd>
                {answer.map((token, i) => (
                  <Token key={i} token={token} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {note === '' ? null : (
        <p role="status" className={ui.note}>
          {note}
        </p>
      )}
    </section>
  );
}

/** Notes on the text besides the networks' answers to it. */
export function ownTextNote({ problem, unknown, target, trained }: Omit<OwnWord, 'outputs'>, vocab: VocabularyName = 'words'): string {
  if (problem !== null) return sentence(wordsOf(problem));
  if (unknown.length > 0) {
    const signs = listed(unknown.map(quoted));
    return vocab === 'words' ? say.unknownWords(signs) : say.unknownSigns(signs);
  }
  return `${target === null ? '' : say.rightWouldBe(target)}${trained ? say.itIsOneOfThoseItWasTrainedOn : ''}`;
}

/** A token, with its probability and what would have come next to it. */
function Token({ token }: { readonly token: OwnToken }) {
  const { text, probability, rivals } = token;
  return (
    <Hint
      label={
        <>
          <b>
            {tokenWords(text)} {percent(probability)}
          </b>
          {rivals.map((rival) => (
            <span key={rival.text} className={styles.rival}>
              {tokenWords(rival.text)} {percent(rival.probability)}
            </span>
          ))}
        </>
      }
    >
      <button type="button" className={styles.token} data-sure={probability > 0.5 || undefined}>
        {tokenWords(text)} <small>{percent(probability)}</small>
      </button>
    </Hint>
  );
}
