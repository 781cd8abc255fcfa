/**
 * The focus stays where the reader has put it in what has just opened. The library puts it on the element that is
 * marked, and does so twice: when what opens is there, and once more when the page has time for it. On a slow machine
 * that may be after a press.
 */
import type { FocusEvent } from 'react';

const MARK = 'data-autofocus';

/**
 * The mark goes where the focus goes, so that the second time changes nothing. For `onFocus` of what holds the focus.
 */
export function markFocused({ currentTarget }: FocusEvent<HTMLElement>): void {
  // Where it is by now: whoever heard of it before may have sent it on.
  const focused = document.activeElement;
  // What opens out of it stands elsewhere in the document, and has a mark of its own.
  if (focused === null || focused === currentTarget || !currentTarget.contains(focused)) return;
  currentTarget.querySelector(`[${MARK}]`)?.removeAttribute(MARK);
  focused.setAttribute(MARK, '');
}
