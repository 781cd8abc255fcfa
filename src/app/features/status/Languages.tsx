/**
 * The page in another language: a link to what is on the screen, which loads the page anew
 * (text/languages/languages.ts).
 */
import type { LanguageTag } from '../../../experiment/link/languages.ts';
import { linkOf } from '../../state/derived/derive.ts';
import { useStore } from '../../state/store.ts';
import { otherLanguages } from '../../text/languages/language-names.ts';
import styles from './status.module.css';

/** The link of the page in a language. */
export function useLinkIn(lang: LanguageTag): string {
  // By selectors: as one it would be spelled out at every change of the state, which is every frame of a run.
  const experiment = useStore((s) => s.experiment);
  const view = useStore((s) => s.view);
  return linkOf({ experiment, view: { ...view, lang } });
}

export function Languages() {
  return otherLanguages().map(([tag, name]) => <Other key={tag} tag={tag} name={name} />);
}

function Other({ tag, name }: { readonly tag: LanguageTag; readonly name: string }) {
  return (
    <a className={styles.language} href={useLinkIn(tag)} lang={tag} hrefLang={tag}>
      {name}
    </a>
  );
}
