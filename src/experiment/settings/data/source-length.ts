/** How long the parts are that are read of a long text; `data/spans/` cuts gaps into them. */
import { READ_AT_ONCE } from '../../declared/texts.ts';
import { or, setting, type Seen, whole } from '../setting.ts';
import { stagesRead } from './stages-read.ts';

/** Whether a long text is read: stories of the little world are as long as they are. */
const readsLongText = (seen: Seen): boolean => stagesRead(seen).some(({ task, corpus }) => task === 'spans' && corpus !== 'world');

export const sourceLength = setting({
  type: or(whole(16, 256), 'usual', undefined),
  what: 'a length in tokens',
  words: 'length of what is read at once',
  help: `tokens of a long text that are read at once, its end included; usual: ${READ_AT_ONCE.sourceLength}`,
  optional: true,
  neutral: READ_AT_ONCE.sourceLength,
  needs: { when: readsLongText, keys: ['task', 'corpus', 'plan'], silent: true },
  otherwise: () => 'has no effect where no long text is read',
  field: {
    row: 'task',
    label: 'Tokens read at once',
    note: 'Of a long text. Twice as many cost twice as much and more: attention looks from each at each, four times as often.',
    unit: 'tokens',
    start: 128,
  },
});
