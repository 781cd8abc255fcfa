/** The chart as it is on the screen, light or dark, as an SVG or a PNG that needs nothing of the page. */
import { sentence } from '../../../experiment/describe.ts';
import { formatLink } from '../../../experiment/link/write-link.ts';
import { PRESETS } from '../../../experiment/presets/presets.ts';
import { textWidth } from '../../plot/frame/metrics.ts';
import { shownQuantity } from '../../state/derived/answers.ts';
import { linkOf, shownExperiment } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import { latest } from '../../state/store.ts';
import { say } from '../../text/en/share/export.ts';
import { nameOf } from '../chart/reading/ChartHead.tsx';
import { reachableAddress, scanAddress } from '../share/address.ts';
import { codeOf } from '../share/qr.ts';
import { save } from '../share/save.ts';
import { captionWidth, compose, inLines, wholeHeight } from './compose.ts';

/** The styles that a drawing takes from the page's style sheets. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'clip-path',
] as const;

/** Handles that one can only use on the page, and what nobody sees. */
const LEFT_AWAY = '[data-part=grip], [data-part=add-stage], title';
const HIDDEN = ['display', 'visibility'] as const;

/** Pixels of a PNG for one of the page. */
const SCALE = 2;

/** The quantity of the chart: losses, or how many answers are right. */
export function titleOf(state: State): string {
  const { preset } = shownExperiment(state);
  const title = PRESETS.get(preset)?.title ?? preset;
  const quantity = shownQuantity(state);
  return quantity === null ? say.lossOf(title) : say.answersOf(title, nameOf(quantity));
}

/** @throws where there is no chart on the page */
async function picture(): Promise<{ readonly svg: string; readonly width: number; readonly height: number }> {
  const chart = document.querySelector('[data-part=plan]')?.closest('svg');
  if (!chart) throw new Error(say.thereIsNoChart);
  const { width, height } = chart.getBoundingClientRect();
  const state = latest();
  const experiment = shownExperiment(state);
  const hash = linkOf({ experiment, view: { ...state.view, view: null, ghost: null } });
  const { page } = scanAddress(location.href, reachableAddress(document));
  // What the code says must fit on a slide: the settings, and nothing of how the page is shown.
  const code = await codeOf(page + formatLink(experiment));
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const drawn = {
    chart: inlined(chart),
    width,
    height,
    title: titleOf(state),
    caption: inLines(sentence(experiment), captionWidth(width, code !== null), (text) => textWidth(text, 13, false)),
    link: page + hash,
    code,
    colours: { card: colour('--card'), text: colour('--text'), muted: colour('--mut'), line: colour('--line') },
    font: colour('--font'),
  };
  return { svg: compose(drawn), width, height: wholeHeight(drawn) };
}

/** A copy of a drawing with what the style sheets say of it. */
function inlined(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [
    [drawing, ...drawing.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ];
  originals.forEach((original, i) => {
    const made = copies[i];
    if (!made) return;
    const style = getComputedStyle(original);
    if (HIDDEN.some((property) => ['none', 'hidden'].includes(style.getPropertyValue(property)))) made.setAttribute('data-hidden', '');
    for (const property of STYLES) {
      const value = style.getPropertyValue(property);
      if (value !== '' && value !== 'none' && value !== 'normal') made.setAttribute(property, value.replaceAll('"', ''));
      else if (value === 'none' && (made.hasAttribute(property) || property === 'fill' || property === 'stroke'))
        made.setAttribute(property, value);
    }
    for (const name of ['class', 'style', 'role', 'tabindex']) made.removeAttribute(name);
    for (const { name } of [...made.attributes]) if (name.startsWith('aria-')) made.removeAttribute(name);
  });
  for (const gone of copy.querySelectorAll(`${LEFT_AWAY}, [data-hidden]`)) gone.remove();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('overflow', 'visible');
  return new XMLSerializer().serializeToString(copy);
}

export async function saveSvg(): Promise<void> {
  const { svg } = await picture();
  save('chart.svg', new TextEncoder().encode(svg), 'image/svg+xml');
}

export async function savePng(): Promise<void> {
  const { svg, width, height } = await picture();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(say.noPicture);
    save('chart.png', new Uint8Array(await blob.arrayBuffer()), 'image/png');
  } finally {
    URL.revokeObjectURL(address);
  }
}
