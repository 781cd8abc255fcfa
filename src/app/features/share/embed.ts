/** The lines that put a figure of this page into somebody's text. */
import { escaped } from '../../text/escaped.ts';

/** Pixels that a frame has until it has told its height (public/embed.js takes it). */
const FIRST_HEIGHT = 520;

/** @param link of the figure, whole. @param title what screen readers call the frame */
export function embedCode(link: string, title: string): string {
  const page = link.split('#')[0] ?? '';
  const script = new URL('embed.js', page).href;
  return [
    `<iframe src="${escaped(link)}" title="${escaped(title)}" width="100%" height="${FIRST_HEIGHT}" style="border:0" loading="lazy" allow="clipboard-write"></iframe>`,
    `<script src="${escaped(script)}" async></script>`,
  ].join('\n');
}
