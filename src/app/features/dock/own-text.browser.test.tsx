import { MantineProvider } from '@mantine/core';
import { expect, it } from 'vitest';
import { emptyState } from '../../state/empty-state.ts';
import type { SamplesReport } from '../../state/slices/growth.ts';
import { setState } from '../../state/store.ts';
import { placeForEach } from '../../ui/testing/place.ts';
import { Samples } from './Samples.tsx';

const place = placeForEach();

const FIRST: SamplesReport = {
  task: 'who',
  rows: [{ source: 'who: anna takes the ball. who has the ball?', target: 'anna', outputs: { A: 'anna', B: 'tom' } }],
  own: null,
  exact: { A: 1, B: 0 },
  of: 1,
  step: 20,
};

it('a story that is being typed stays when the first samples come', async () => {
  setState({ experiment: { ...emptyState().experiment, task: 'who' }, samples: null });
  place.root.render(
    <MantineProvider>
      <Samples />
    </MantineProvider>,
  );
  await expect.poll(() => place.element.querySelector('textarea')).not.toBeNull();
  const field = place.element.querySelector('textarea');
  // As typing does it: React hears of no value that is set through its own property.
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'tom takes');
  field?.dispatchEvent(new Event('input', { bubbles: true }));
  setState({ samples: FIRST });
  await expect.poll(() => place.element.querySelector('table')).not.toBeNull();
  expect(place.element.querySelector('textarea')).toBe(field);
  expect(field?.value).toBe('tom takes');
});
