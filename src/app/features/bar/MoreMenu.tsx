/** The menu of all that a narrow bar has no room for. Its code comes when it is first opened (More.tsx). */
import { say } from '../../text/en/screen/bar.ts';
import { Menu } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { LanguageTag } from '../../../experiment/link/languages.ts';
import { useStore } from '../../state/store.ts';
import { MoreIcon } from '../../ui/icons.tsx';
import { markFocused } from '../../ui/floating/mark-focused.ts';
import { WITHIN_WINDOW } from '../../ui/floating/Popup.tsx';
import { otherLanguages } from '../../text/languages/language-names.ts';
import ui from '../../ui/ui.module.css';
import { ACTIONS, actionOf, type Page, type ShownAction } from '../actions/actions.tsx';
import { useLinkIn } from '../status/Languages.tsx';
import styles from './bar.module.css';

export interface MoreMenuProps {
  /** Its entries, in their order. */
  readonly ids: readonly ShownAction[];
  readonly page: Page;
}

export function MoreMenu({ ids, page }: MoreMenuProps) {
  // Whoever asked for its code wants it open. It is there, closed, before that: else it would not know where it
  // belongs.
  const [wanted, setOpened] = useState(true);
  const opened = useDeferredValue(wanted, false) && wanted;
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
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.more}>
          <MoreIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown onFocus={markFocused}>
        {ids.map((id) => (
          <Entry key={id} id={id} page={page} />
        ))}
        {otherLanguages().map(([tag, name]) => (
          <LanguageEntry key={tag} tag={tag} name={name} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageEntry({ tag, name }: { readonly tag: LanguageTag; readonly name: string }) {
  return (
    <Menu.Item component="a" href={useLinkIn(tag)} lang={tag} hrefLang={tag}>
      {name}
    </Menu.Item>
  );
}

function Entry({ id, page }: { readonly id: ShownAction; readonly page: Page }) {
  const label = useStore((s) => ACTIONS[id].look(s).label);
  const icon = useStore((s) => ACTIONS[id].look(s).icon);
  return (
    <Menu.Item leftSection={icon} onClick={() => actionOf(id).perform?.(page, '')}>
      {label}
    </Menu.Item>
  );
}
