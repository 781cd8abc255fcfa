/**
 * Where all this comes from: the paper, the source if it is published, the licences. Plain links, followed only when
 * they are pressed.
 */
import { say } from '../../text/en/runs/measured-link.ts';
import styles from './measured.module.css';

/** Address of the repository as package.json names it; empty where it names none. */
declare const SOURCE_REPOSITORY: string;

const PAPER = 'https://arxiv.org/abs/2306.11903';

export function Sources() {
  return (
    <ul className={styles.sources} aria-label={say.sources}>
      <li>
        <a href={PAPER} target="_blank" rel="noreferrer">
          {say.paperDeepFusionArxiv2306}
        </a>
      </li>
      {SOURCE_REPOSITORY === '' ? null : (
        <li>
          <a href={SOURCE_REPOSITORY} target="_blank" rel="noreferrer">
            {say.source}
          </a>
        </li>
      )}
      <li>
        <a href={`${import.meta.env.BASE_URL}licenses.txt`} target="_blank" rel="noreferrer">
          {say.licences}
        </a>
      </li>
    </ul>
  );
}
