/** The one form that banners have: a sentence over the page, with what can be done about it. */
import { say } from '../../text/en/screen/banners.ts';
import type { ReactNode } from 'react';
import { CloseIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import styles from './status.module.css';

interface BannerAction {
  readonly words: string;
  readonly does: () => void;
}

interface BannerProps {
  readonly tone: 'bad' | 'warn';
  readonly mark: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: BannerAction | undefined;
  /** Beside it: what else can be done. */
  readonly other?: BannerAction | undefined;
  readonly onClose: (() => void) | null;
  /** Heard at once where something is wrong; what is only offered waits its turn. */
  readonly role?: 'alert' | 'status';
}

export function Banner({ tone, mark, title, children, action, other, onClose, role = 'alert' }: BannerProps) {
  return (
    <section className={styles.banner} data-tone={tone} role={role}>
      <span className={styles.mark} aria-hidden="true">
        {mark}
      </span>
      <p>
        <b>{title}</b> {children}
      </p>
      {[action, other].map((each) =>
        each ? (
          <button key={each.words} type="button" className={ui.button} onClick={each.does}>
            {each.words}
          </button>
        ) : null,
      )}
      {onClose ? (
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.close} onClick={onClose}>
          <CloseIcon />
        </button>
      ) : null}
    </section>
  );
}
