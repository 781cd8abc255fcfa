/** The size of one source model (encoder and decoder layers alike), and the seed that it starts from. */
import { setting, whole } from './setting.ts';

export const model = setting({
  type: {
    is: 'sizes',
    // The smallest values are where the word still means something: a model of width 1 is no T5.
    of: {
      d: { ...whole(2, 1_024), what: 'a model width', words: 'width', help: 'd_model of one source' },
      ff: { ...whole(2, 4_096), what: 'a feed-forward width', words: 'feed-forward width', help: 'd_ff of one source' },
      heads: { ...whole(1, 16), what: 'a number of heads', help: 'attention heads of one source' },
      dkv: { ...whole(1, 128), what: 'a head width', words: 'head width', help: 'd_kv: width of one head' },
      layers: { ...whole(1, 12), what: 'a number of layers', help: 'layers of the encoder, and of the decoder' },
    },
  },
  what: 'a size',
  help: 'size of one source model',
});

export const seed = setting({
  // 2^31 - 64: the seeds of all sources still fit a signed 32-bit integer.
  type: whole(0, 2_147_483_584),
  what: 'a seed',
  help: 'every random draw follows from it; the n-th source uses seed + n',
  field: { row: 'seed', label: 'Seed', note: 'B takes the next one.' },
});
