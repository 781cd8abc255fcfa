/**
 * The answer of a model to a word: wrong letters or sounds underlined and red, gaps where some are missing, and the
 * count of errors.
 */
import { say } from '../../text/en/network/samples.ts';
import type { ModelId } from '../../../experiment/experiment.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { compare, type Part } from './compare.ts';
import styles from './dock.module.css';

interface OutputProps {
  readonly output: string | undefined;
  /** Null where no answer is known: then nothing is marked. */
  readonly target: string | null;
  readonly spaced: boolean;
}

export function Output({ output, target, spaced }: OutputProps) {
  if (output === undefined) return null;
  if (output === '') return <span className={styles.nothing}>{say.nothing}</span>;
  if (target === null) return <span>{output}</span>;
  const { parts, errors } = compare(output, target, spaced);
  return (
    <span>
      {parts.map((part, i) => (
        <Piece key={i} part={part} />
      ))}
      {errors > 0 ? <span className="visually-hidden">{say.wrong}</span> : null}
    </span>
  );
}

function Piece({ part: { text, wrong, missing } }: { readonly part: Part }) {
  if (missing.length > 0) {
    const told = say.isMissingHere(missing.join(' '));
    return (
      <span className={styles.missing} role="img" aria-label={told} title={told}>
        {'\u00a0'}
      </span>
    );
  }
  return wrong ? <span className={styles.wrong}>{text}</span> : <span>{text}</span>;
}

interface VerdictProps {
  /** Whose it is, where there are several. */
  readonly of: ModelId | null;
  readonly output: string;
  readonly target: string;
  readonly spaced: boolean;
}

export function Verdict({ of, output, target, spaced }: VerdictProps) {
  const whose = of === null ? '' : `${of} `;
  if (output === target) {
    return (
      <span className={styles.exact}>
        {whose}
        <CheckIcon size={13} />
        {say.exact}
      </span>
    );
  }
  const { errors } = compare(output, target, spaced);
  return (
    <span>
      {whose}
      {errors} {errors === 1 ? say.error : say.errors}
    </span>
  );
}
