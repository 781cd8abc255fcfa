/** A text that this browser lets no page copy: it says so, and selects it as it appears. */
import { useEffect, useRef } from 'react';
import styles from './by-hand.module.css';
import { COPY_BY_HAND } from './copy.ts';

export function ByHand({ link, label }: { readonly link: string; readonly label: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <span className={styles.byHand}>
      {COPY_BY_HAND.link}
      <input ref={field} readOnly aria-label={label} value={link} onFocus={(event) => event.currentTarget.select()} />
    </span>
  );
}
