/** What the growth operators are called, and what each does in two sentences with its source: for the page and the command line. */
import { ids } from './rows.ts';

export interface OperatorWords {
  readonly title: string;
  /** As in "1 small T5, stacked on itself after 100 steps". */
  readonly verb: string;
  /** Two sentences. */
  readonly explanation: string;
  readonly source: string;
}

const DEEP_FUSION = 'Mazzawi et al., Deep Fusion, arXiv 2306.11903';
const BERT2BERT = 'Chen et al., bert2BERT, arXiv 2110.07143';

export const OPERATOR_WORDS = {
  fuse: {
    title: 'Deep Fusion',
    verb: 'fused',
    explanation:
      'The layers of several networks stand side by side as blocks of one larger network, and what they say is averaged: exactly where every block keeps its own norm, and only nearly under the one norm of a standard T5 (the fusion gap). The blocks between them are new, and how those start is a choice of this page.',
    source: DEEP_FUSION,
  },
  self: {
    title: 'self-fusion',
    verb: 'fused with itself',
    explanation:
      'Copies of one network stand side by side: without noise the larger network computes exactly what the small one did, the copies stay twins, and it trains like the small network with other step sizes for its embedding and head. Noise between the copies, the default here, changes what it computes at once and lets them part.',
    source: DEEP_FUSION,
  },
  stack: {
    title: 'stacking',
    verb: 'stacked on itself',
    explanation:
      'All layers are copied on top of themselves, so the network gets deeper and stays as wide. What it computes changes at once.',
    source: 'Gong et al., Efficient training of BERT by progressively stacking, ICML 2019',
  },
  net2net: {
    title: 'Net2Net',
    verb: 'widened by Net2Net',
    explanation:
      'Units are copied at random and their outgoing weights shared out among the copies, so the wider network computes the same. With noise the copies differ from the start.',
    source: 'Chen, Goodfellow & Shlens, Net2Net, arXiv 1511.05641',
  },
  'bert2bert-fpi': {
    title: 'bert2BERT, function preserving',
    verb: 'widened by bert2BERT',
    explanation:
      'Whole heads and units are copied and their outgoing weights shared out, so the wider network computes the same. It is Net2Net made for transformers.',
    source: BERT2BERT,
  },
  'bert2bert-aki': {
    title: 'bert2BERT, advanced knowledge',
    verb: 'widened by bert2BERT with weights from the layer above',
    explanation:
      'As the function-preserving one, but the added units of a layer are taken from the layer above it. The function is not kept, and in return the copies are no twins.',
    source: BERT2BERT,
  },
  random: {
    title: 'corner of a random network',
    verb: 'put into a corner of a large one',
    explanation:
      'The small network is one corner of a large one whose other weights are random. This is growth without care: what was learnt drowns at first.',
    source: 'a control, no paper',
  },
  scratch: {
    title: 'from scratch',
    verb: 'replaced by a large one from scratch',
    explanation: 'A large network starts from random weights and takes nothing over. This is what every growth has to beat.',
    source: 'a control, no paper',
  },
} as const satisfies Readonly<Record<string, OperatorWords>>;

export type OperatorName = keyof typeof OPERATOR_WORDS;
export const OPERATORS = ids(OPERATOR_WORDS);
