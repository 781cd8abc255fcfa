/** The button that opens what a narrow bar has no room for. */
import { say } from '../../text/en/screen/bar.ts';
import { useState } from 'react';
import { useStore } from '../../state/store.ts';
import { ACTIONS, isHidden } from '../actions/actions.tsx';
import { MoreIcon } from '../../ui/icons.tsx';
import { later } from '../../ui/later.tsx';
import ui from '../../ui/ui.module.css';
import { Fetched } from '../status/Fetched.tsx';
import type { MoreMenuProps } from './MoreMenu.tsx';

const menu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu);

export function More(props: MoreMenuProps) {
  const [asked, setAsked] = useState(false);
  const hidden = useStore((s) => props.ids.filter((id) => isHidden(s, ACTIONS[id])).join(' '));
  const ids = props.ids.filter((id) => !hidden.split(' ').includes(id));
  const button = (
    <button
      type="button"
      className={`${ui.button} ${ui.icon}`}
      aria-label={say.more}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void menu.fetch()}
      onClick={() => setAsked(true)}
    >
      <MoreIcon />
    </button>
  );
  if (ids.length === 0) return null;
  if (!asked) return button;
  return <Fetched name={say.theMenu} part={menu} props={{ ...props, ids }} until={button} onClose={() => setAsked(false)} />;
}
