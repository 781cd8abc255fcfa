/** A dialog with a title and a way out. Its head is ours: a page has one banner, and Mantine's would be a second. */
import { say } from '../../text/en/screen/ui.ts';
import { Modal } from '@mantine/core';
import { type ReactNode, useDeferredValue } from 'react';
import styles from './dialog.module.css';
import { CloseIcon } from '../icons.tsx';
import { markFocused } from './mark-focused.ts';
import ui from '../ui.module.css';

interface DialogProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Pixels. */
  readonly width: number;
  readonly children: ReactNode;
}

export function Dialog({ title, opened, onClose, width, children }: DialogProps) {
  // It is there, closed, before it opens: else it would not remember where the focus came from.
  const shown = useDeferredValue(opened, false) && opened;
  return (
    <Modal.Root
      opened={shown}
      onClose={onClose}
      size={width}
      padding={20}
      lockScroll={false}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: ui.dialog ?? '', body: styles.body ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content onFocus={markFocused}>
        <Modal.Body>
          <div className={styles.head}>
            <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
            <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.close} onClick={onClose}>
              <CloseIcon />
            </button>
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
