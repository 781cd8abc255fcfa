/**
 * A picture of the chart for somebody's slides: chart, caption below it, the link, and the link as a code to scan. Text
 * in, text out.
 */
import { escaped } from '../../text/escaped.ts';

export interface Picture {
  /** The drawing of the chart, its styles inlined. */
  readonly chart: string;
  /** Of the chart, pixels. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Below the chart, in lines that fit beside the code. */
  readonly caption: readonly string[];
  readonly link: string;
  /** The code's squares as one path of whole units, and how many fit a side; `null`: the link is too long for one. */
  readonly code: { readonly path: string; readonly size: number } | null;
  readonly colours: { readonly card: string; readonly text: string; readonly muted: string; readonly line: string };
  readonly font: string;
}

const PADDING = 16;
const HEAD = 36;
const LINE = 18;
/** Pixels that a letter of the link may take. */
const WIDE = 8;
/** A side of the code, pixels. */
const CODE = 96;

/** Pixels that a line of the caption may be long. */
export const captionWidth = (width: number, code: boolean): number => width - 2 * PADDING - (code ? CODE + PADDING : 0);

/** Pixels from the title to the last line, or to the code. */
export function wholeHeight({ height, caption, code }: Pick<Picture, 'height' | 'caption' | 'code'>): number {
  const foot = Math.max((caption.length + 1) * LINE + PADDING, code ? CODE + PADDING : 0) + PADDING;
  return HEAD + height + foot;
}

export function compose(picture: Picture): string {
  const { chart, width, height, title, caption, link, code, colours, font } = picture;
  const whole = wholeHeight(picture);
  const top = HEAD + height + PADDING;
  const text = (x: number, y: number, words: string, look: string): string => `<text x="${x}" y="${y}" ${look}>${escaped(words)}</text>`;
  const muted = `fill="${colours.muted}" font-size="13"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" font-family="${escaped(font)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${whole}" fill="${colours.card}"/>`,
    text(PADDING, 24, title, `fill="${colours.text}" font-size="14" font-weight="700"`),
    `<g transform="translate(0 ${HEAD})">${chart}</g>`,
    `<path d="M0 ${HEAD + height + 4}H${width}" stroke="${colours.line}"/>`,
    ...caption.map((line, i) => text(PADDING, top + 13 + i * LINE, line, muted)),
    `<a href="${escaped(link)}">${text(PADDING, top + 13 + caption.length * LINE, shortened(link, captionWidth(width, code !== null)), muted)}</a>`,
    // A code is read dark on light, in either colours.
    code
      ? `<g transform="translate(${width - PADDING - CODE} ${top})"><rect x="-4" y="-4" width="${CODE + 8}" height="${CODE + 8}" rx="4" fill="#ffffff"/><path transform="scale(${CODE / code.size})" d="${code.path}" fill="#12161d" shape-rendering="crispEdges"/></g>`
      : '',
    '</svg>\n',
  ].join('\n');
}

/** Words in lines of at most so many pixels. */
export function inLines(words: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The link as it is printed; the picture's own link has all of it. */
const shortened = (link: string, width: number): string => {
  const most = Math.floor(width / WIDE);
  return link.length <= most ? link : `${link.slice(0, most - 1)}…`;
};
