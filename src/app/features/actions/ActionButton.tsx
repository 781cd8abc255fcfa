/** An action as a button with an icon only: what it is called is said to those who point at it, or listen. */
import { Hint } from '../../ui/terms/Hint.tsx';
import ui from '../../ui/ui.module.css';
import { useStore } from '../../state/store.ts';
import { ACTIONS, actionOf, isHidden, type Page, type ShownAction } from './actions.tsx';

/** For actions that open nothing of the page around them. */
const NOWHERE: Page = { openTab() {}, openShare() {}, openKeys() {}, openLessons() {} };

export function ActionButton({ id, page = NOWHERE }: { readonly id: ShownAction; readonly page?: Page }) {
  const { spoken, hint, keys, enabled, perform } = actionOf(id);
  const label = useStore((s) => ACTIONS[id].look(s).label);
  const icon = useStore((s) => ACTIONS[id].look(s).icon);
  const blocked = useStore((s) => enabled?.(s) === false);
  if (useStore((s) => isHidden(s, ACTIONS[id]))) return null;
  return (
    <Hint label={hint ?? (keys === undefined ? label : `${label} (${keys.join(' ')})`)}>
      <button
        type="button"
        className={`${ui.button} ${ui.icon}`}
        aria-label={spoken ?? label}
        {...(enabled === undefined ? {} : { 'aria-disabled': blocked })}
        onClick={() => {
          if (!blocked) perform?.(page, '');
        }}
      >
        {icon}
      </button>
    </Hint>
  );
}
