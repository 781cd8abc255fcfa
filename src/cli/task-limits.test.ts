/** What the ground floor says of the tasks must be what the data hold; only here can both be imported. */
import { describe, expect, it } from 'vitest';
import { ALL_WORDS, SHORT_WORDS } from '../data/tasks/pronounce.ts';
import { loadTaskData } from '../data/task-data.ts';
import { SHORT_WORDS as MOST_SHORT, taskLimits } from '../experiment/limits.ts';

describe('limits of the tasks', () => {
  it('are those of the data', async () => {
    expect(MOST_SHORT).toBe(SHORT_WORDS.sizes.train);
    expect(taskLimits('pronounce', MOST_SHORT)).toEqual({ examples: ALL_WORDS.sizes.train, probe: SHORT_WORDS.sizes.validation });
    expect(taskLimits('pronounce', MOST_SHORT + 1).probe).toBe(ALL_WORDS.sizes.validation);
    const choice = { task: 'sort', probe: 1, batch: 1, seed: 0 } as const;
    const most = taskLimits('sort', 1).examples;
    const none = (): Promise<string> => Promise.reject(new Error('sort reads no file'));
    expect((await loadTaskData({ ...choice, examples: most }, none)).train).toHaveLength(most);
    await expect(loadTaskData({ ...choice, examples: most + 1 }, none)).rejects.toThrow('examples');
  });
});
