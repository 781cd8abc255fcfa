/**
 * Texts and pairs of the reader's own. A link can't carry them, and what is typed stays where it was: the link says
 * which they were, by a mark that follows from every character, and a run begins where the ones with these marks have
 * been given.
 */
import { setting, type Seen } from '../setting.ts';
import { stagesRead } from './stages-read.ts';

/** Whether something of one's own is read: `task=own` pairs, `corpus=own` a text. */
const readsOwn = (seen: Pick<Seen, 'task' | 'corpus' | 'plan'>): boolean => ownKinds(seen).length > 0;

export const own = setting({
  type: { is: 'text', form: /^[0-9a-f]{16}(,[0-9a-f]{16})?$/, example: '0123456789abcdef' },
  what: 'the mark of a text of one’s own, or the marks of a text and of pairs',
  words: 'texts of one’s own',
  help: 'marks of the text and of the pairs of one’s own that are read, for corpus=own and task=own; the texts themselves have to be given where it runs',
  optional: true,
  needs: { when: readsOwn, keys: ['task', 'corpus', 'plan'], silent: true },
  otherwise: () => 'has no effect where nothing of one’s own is read',
});

/** The kinds of own data that are read. */
export function ownKinds(seen: Pick<Seen, 'task' | 'corpus' | 'plan'>): readonly ('text' | 'pairs')[] {
  const stages = stagesRead(seen);
  return [
    ...(stages.some((stage) => stage.task === 'spans' && stage.corpus === 'own') ? (['text'] as const) : []),
    ...(stages.some((stage) => stage.task === 'own') ? (['pairs'] as const) : []),
  ];
}

/** Which of the two somebody brings: what has a tab in it is pairs. */
export const ownKindOf = (text: string): 'text' | 'pairs' => (text.trim().includes('\t') ? 'pairs' : 'text');

/** The marks that an experiment names. */
export const ownMarks = ({ own: text }: { readonly own?: string | undefined }): readonly string[] =>
  text === undefined ? [] : text.split(',');
