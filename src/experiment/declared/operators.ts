/**
 * The growth operators, one row each: everything about an operator that is plain data. How it grows stands in
 * `fusion/operators/`, in a file of its own; a row without one, or one without a row, does not compile.
 */
import { spokenRows } from '../messages/language.ts';
import { type OffDiagonal, OFF_DIAGONALS } from './norms.ts';
import { ids } from '../rows.ts';

export interface OperatorRow {
  readonly title: string;
  /** As in "1 small T5, stacked on itself after 100 steps". */
  readonly verb: string;
  /** Two sentences. */
  readonly explanation: string;
  readonly source: string;
  /** Its sources: several networks, or one that is taken several times. */
  readonly from: 'several' | 'one';
  /**
   * Whether its sources stand side by side as blocks: a fusion is one kind of growth. Only then a norm may be one for
   * each.
   */
  readonly fusion: boolean;
  /** Which way the network gets larger. */
  readonly grows: 'wider' | 'deeper';
  /** The starts of its new weights, where that is a choice. */
  readonly newWeights: readonly OffDiagonal[];
  /** How they start if nothing is said. */
  readonly usual: OffDiagonal;
}

/** A growth that is no fusion, and makes one network wider. */
const RIVAL = { from: 'one', fusion: false, grows: 'wider', usual: 'zero' } as const;

const DEEP_FUSION = 'Mazzawi et al., Deep Fusion, arXiv 2306.11903';
const BERT2BERT = 'Chen et al., bert2BERT, arXiv 2110.07143';

const ENGLISH_OPERATOR_ROWS = {
  fuse: {
    title: 'Deep Fusion',
    verb: 'fused',
    explanation:
      'The layers of several networks stand side by side as blocks of one larger network, and what they say is averaged: exactly where every block keeps its own norm, and only nearly under the one norm of a standard T5 (the fusion gap). The blocks between them are new, and how those start is a choice of this page.',
    source: DEEP_FUSION,
    from: 'several',
    fusion: true,
    grows: 'wider',
    newWeights: OFF_DIAGONALS,
    usual: 'zero',
  },
  self: {
    title: 'self-fusion',
    verb: 'fused with itself',
    explanation:
      'Copies of one network stand side by side: without noise the larger network computes exactly what the small one did, the copies stay twins, and it trains like the small network with other step sizes for its embedding and head. Noise between the copies, the default here, changes what it computes at once and lets them part.',
    source: DEEP_FUSION,
    from: 'one',
    fusion: true,
    grows: 'wider',
    newWeights: OFF_DIAGONALS,
    usual: 'noise',
  },
  stack: {
    title: 'stacking',
    verb: 'stacked on itself',
    explanation:
      'All layers are copied on top of themselves, so the network gets deeper and stays as wide. What it computes changes at once.',
    source: 'Gong et al., Efficient training of BERT by progressively stacking, ICML 2019',
    ...RIVAL,
    grows: 'deeper',
    newWeights: [],
  },
  net2net: {
    title: 'Net2Net',
    verb: 'widened by Net2Net',
    explanation:
      'Units are copied at random and their outgoing weights shared out among the copies, so the wider network computes the same. With noise the copies differ from the start.',
    source: 'Chen, Goodfellow & Shlens, Net2Net, arXiv 1511.05641',
    ...RIVAL,
    // The added weights are copies.
    newWeights: ['zero', 'noise'],
  },
  'bert2bert-fpi': {
    title: 'bert2BERT, function preserving',
    verb: 'widened by bert2BERT',
    explanation:
      'Whole heads and units are copied and their outgoing weights shared out, so the wider network computes the same. It is Net2Net made for transformers.',
    source: BERT2BERT,
    ...RIVAL,
    newWeights: OFF_DIAGONALS,
  },
  'bert2bert-aki': {
    title: 'bert2BERT, advanced knowledge',
    verb: 'widened by bert2BERT with weights from the layer above',
    explanation:
      'As the function-preserving one, but the added units of a layer are taken from the layer above it. The function is not kept, and in return the copies are no twins.',
    source: BERT2BERT,
    ...RIVAL,
    newWeights: OFF_DIAGONALS,
  },
  random: {
    title: 'corner of a random network',
    verb: 'put into a corner of a large one',
    explanation:
      'The small network is one corner of a large one whose other weights are random. This is growth without care: what was learnt drowns at first.',
    source: 'a control, no paper',
    ...RIVAL,
    newWeights: OFF_DIAGONALS,
  },
  scratch: {
    title: 'from scratch',
    verb: 'replaced by a large one from scratch',
    explanation: 'A large network starts from random weights and takes nothing over. This is what every growth has to beat.',
    source: 'a control, no paper',
    ...RIVAL,
    newWeights: [],
  },
} as const satisfies Readonly<Record<string, OperatorRow>>;

export const OPERATOR_FIELDS = ['title', 'verb', 'explanation', 'source'] as const;
export const OPERATOR_WORDS = spokenRows('operators', ENGLISH_OPERATOR_ROWS, OPERATOR_FIELDS);

export type OperatorName = keyof typeof OPERATOR_WORDS;
export const OPERATORS = ids(OPERATOR_WORDS);
/** The row of an operator, with what every row has. */
export const operatorRow = (name: OperatorName): OperatorRow => OPERATOR_WORDS[name];
/** Growths in which networks become blocks side by side; the others are growths of another kind. */
export const isFusion = (name: OperatorName): boolean => operatorRow(name).fusion;
