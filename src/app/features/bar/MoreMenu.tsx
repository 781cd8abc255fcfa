/** What a narrow bar has no room for, as a menu. Its code comes when it is first opened (More.tsx). */
import { Menu } from '@mantine/core';
import { useEffect, useState } from 'react';
import { chooseFile, openFile } from '../open/open-file.ts';
import { toggleTheme } from '../../state/preferences.ts';
import { reset } from '../../state/run-control.ts';
import { setState, useStore } from '../../state/store.ts';
import { KeyboardIcon, MoonIcon, MoreIcon, OpenIcon, PresentIcon, ResetIcon, ShareIcon, SunIcon } from '../../ui/icons.tsx';
import { WITHIN_WINDOW } from '../../ui/Popup.tsx';
import ui from '../../ui/ui.module.css';
import styles from './bar.module.css';

export interface MoreMenuProps {
  readonly onShare: (() => void) | null;
  readonly onKeys: () => void;
}

export function MoreMenu({ onShare, onKeys }: MoreMenuProps) {
  // Whoever asked for its code wants it open.
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  const dark = useStore((s) => s.theme === 'dark');
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      middlewares={WITHIN_WINDOW}
      classNames={{ dropdown: styles.menu ?? '', item: styles.menuItem ?? '' }}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label="More">
          <MoreIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {onShare ? (
          <>
            <Menu.Item leftSection={<ShareIcon />} onClick={onShare}>
              Share
            </Menu.Item>
            <Menu.Item leftSection={<ResetIcon />} onClick={reset}>
              Reset
            </Menu.Item>
          </>
        ) : null}
        <Menu.Item leftSection={<OpenIcon />} onClick={() => chooseFile((file) => void openFile(file))}>
          Open a file
        </Menu.Item>
        <Menu.Item leftSection={<PresentIcon />} onClick={() => setState({ presenting: true })}>
          Present
        </Menu.Item>
        <Menu.Item leftSection={dark ? <SunIcon /> : <MoonIcon />} onClick={toggleTheme}>
          {dark ? 'Light colours' : 'Dark colours'}
        </Menu.Item>
        <Menu.Item leftSection={<KeyboardIcon />} onClick={onKeys}>
          Keyboard
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
