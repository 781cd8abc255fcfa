/** A dialog with a title and a way out. Its head is ours: a page has one banner, and Mantine's would be a second. */
import { Modal } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './dialog.module.css';
import { CloseIcon } from './icons.tsx';
import ui from './ui.module.css';

interface DialogProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Pixels. */
  readonly width: number;
  readonly children: ReactNode;
}

export function Dialog({ title, opened, onClose, width, children }: DialogProps) {
  const id = useId();
  return (
    <Modal opened={opened} onClose={onClose} size={width} withCloseButton={false} padding={20} lockScroll={false} centered transitionProps={{ duration: 0 }} aria-labelledby={id} classNames={{ content: ui.dialog ?? '', body: styles.body ?? '' }}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      {children}
    </Modal>
  );
}
