import { type FunctionComponent, type ReactNode, Suspense } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { later } from '../../ui/later.tsx';
import { PageBoundary, PartBoundary, detailsOf } from './Broken.tsx';
import { placeForEach } from '../../ui/testing/place.ts';

// React says what was caught on the console as well.
const place = placeForEach({ onCaughtError: () => {} });
let broken = true;
/** Panels fail while they are drawn, until they are mended. */
const Panel: FunctionComponent = () => {
  if (broken) throw new Error('a panel fell over');
  return <p>the panel</p>;
};
const Theory: FunctionComponent = () => (
  <PartBoundary name="Theory">
    <Panel />
  </PartBoundary>
);
const draw = (part: ReactNode): void =>
  place.root.render(
    <PageBoundary>
      <p>the rest</p>
      {part}
    </PageBoundary>,
  );
const button = (name: string): HTMLButtonElement => {
  const found = [...place.element.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (!found) throw new Error(`no button ${name} in: ${place.element.textContent}`);
  return found;
};

beforeEach(() => {
  broken = true;
});

describe('a part of the page that fails (11.1)', () => {
  it('is replaced by what it is and the ways on; the rest stays, and it can be drawn again', async () => {
    draw(<Theory />);
    await expect.poll(() => place.element.textContent).toContain('Theory can’t be shown.');
    expect(place.element.textContent).toContain('the rest');
    expect(place.element.textContent).toContain('Training goes on');
    expect(button('Reload')).toBeTruthy();
    broken = false;
    button('Try again').click();
    await expect.poll(() => place.element.textContent).toBe('the restthe panel');
  });

  it('copies what a report needs; where there is no clipboard the details stand there, selected', async () => {
    const written: string[] = [];
    const clipboard = vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
      written.push(text);
      return Promise.resolve();
    });
    draw(<Theory />);
    await expect.poll(() => place.element.textContent).toContain('Copy details');
    button('Copy details').click();
    await expect.poll(() => place.element.textContent).toContain('Copied');
    expect(written[0]).toContain('a panel fell over');
    expect(written[0]).toMatch(/Experiment: #v=\d+&preset=/);
    clipboard.mockRejectedValue(new Error('not here'));
    button('Copied').click();
    await expect.poll(() => place.element.querySelector('textarea')?.value).toContain('a panel fell over');
    const details = place.element.querySelector('textarea');
    expect(document.activeElement).toBe(details);
    expect([details?.selectionStart, details?.selectionEnd]).toEqual([0, details?.value.length]);
  });

  it('outside every panel the page itself says so', async () => {
    draw(<Panel />);
    await expect.poll(() => place.element.textContent).toContain('The page can’t be shown.');
    broken = false;
    button('Try again').click();
    await expect.poll(() => place.element.textContent).toBe('the restthe panel');
  });

  it('code that can’t be fetched is asked for again, by hand and when the network is back (10.40)', async () => {
    let offline = true;
    let asked = 0;
    const part = later(() => {
      asked++;
      return offline ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(Panel);
    });
    broken = false;
    await part.fetch();
    draw(
      <PartBoundary name="Map" part={part}>
        <Suspense fallback="opening">
          <part.Shown />
        </Suspense>
      </PartBoundary>,
    );
    await expect.poll(() => place.element.textContent).toContain('Map can’t be shown. Its code can’t be fetched');
    expect(asked).toBe(2);
    button('Try again').click();
    await expect.poll(() => asked).toBe(3);
    await expect.poll(() => place.element.textContent).toContain('Its code can’t be fetched');
    offline = false;
    dispatchEvent(new Event('online'));
    await expect.poll(() => place.element.textContent).toBe('the restthe panel');
  });

  it('code is asked for again where the network came back before its failure was seen (10.40)', async () => {
    let asked = 0;
    const part = later(() => {
      if (asked++ > 0) return Promise.resolve(Panel);
      dispatchEvent(new Event('online'));
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    broken = false;
    draw(
      <PartBoundary name="Map" part={part}>
        <Suspense fallback="opening">
          <part.Shown />
        </Suspense>
      </PartBoundary>,
    );
    await expect.poll(() => place.element.textContent).toBe('the restthe panel');
    expect(asked).toBe(2);
  });

  it('the details are error, place, link and browser', () => {
    const text = detailsOf({ error: 'odd', components: '\n    at Panel' }, '#v=2', 'Browser 1');
    expect(text).toBe('odd\n\nIn:\n    at Panel\n\nExperiment: #v=2\n\nBrowser: Browser 1');
  });
});
