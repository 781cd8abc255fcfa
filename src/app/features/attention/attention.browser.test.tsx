import { MantineProvider } from '@mantine/core';
import { flushSync } from 'react-dom';
import { expect, it } from 'vitest';
import type { Command } from '../../../session/protocol.ts';
import type { State } from '../../state/state.ts';
import { connect, setState } from '../../state/store.ts';
import { placeForEach } from '../../ui/testing/place.ts';
import { Attention } from './Attention.tsx';

const place = placeForEach();

it('a worker that was started anew is asked for the attention that is looked at', async () => {
  const asked: Command[] = [];
  connect((command) => command.type === 'show-attention' && asked.push(command));
  const now = (phase: State['phase']): void => flushSync(() => setState({ phase }));
  now('paused');
  place.root.render(
    <MantineProvider>
      <Attention />
    </MantineProvider>,
  );
  await expect.poll(() => asked.length).toBe(1);
  now('loading');
  now('ready');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]).toEqual(asked[0]);
});
