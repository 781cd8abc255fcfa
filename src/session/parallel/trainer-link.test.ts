import { expect, it } from 'vitest';
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { TrainerCommand } from './protocol.ts';
import { PortHere } from './testing/here.ts';
import { TrainerLink } from './trainer-link.ts';

it('a worker that can’t go on says by a code why', async () => {
  const bytes = 2 ** 20;
  const link = new TrainerLink(new PortHere(() => Promise.reject(new ToldError(tell('no-memory', { bytes })))));
  const asked = link.ask({ type: 'create' } as Extract<TrainerCommand, { type: 'create' }>);
  const why = { said: { code: 'no-memory', with: { bytes } } };
  await expect(asked).rejects.toMatchObject({ told: { said: { code: 'source-worker-stopped', with: { why } } } });
});
