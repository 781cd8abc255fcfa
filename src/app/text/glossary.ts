/**
 * The words that a reader may not know, each in two sentences with a source. One place for all of them: what the page
 * shows when a word is pointed at, tapped or focused comes from here.
 */
import { spoken } from './language.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import type { Source } from '../../experiment/declared/sources.ts';
import { READING } from './reading.ts';

export interface Entry {
  /** As in a list of words. */
  readonly title: string;
  /** Two sentences. */
  readonly explains: string;
  readonly source: Source;
}

/** As this page uses the word. */
const OWN: Source = { words: 'as this page uses the word' };

const entry = (title: string, explains: string, source: Source): Entry => ({ title, explains, source });

/** The description of a flow, with its source. */
const flow = (name: 'gradient-flow' | 'modified-flow', more: string, source: Source): Entry =>
  entry(FLOW_ROWS[name].title, `${FLOW_ROWS[name].explains} ${more}`, source);

export const GLOSSARY = spoken('glossary', {
  T5: entry(
    'T5',
    'A language model that reads one text and writes another: an encoder reads, a decoder writes. The ones here have thousands of weights, where published ones have millions to billions.',
    READING.raffel,
  ),
  loss: entry(
    'Loss',
    'How wrong a network is: the mean of −ln p, where p is the probability that it gives to the right letter or sound. Zero is perfect, and guessing among V symbols without looking gives ln V.',
    READING.book,
  ),
  nat: entry(
    'Nat',
    'The unit of the loss, from the natural logarithm: one nat more means that the right answer gets a probability 2.7 times smaller. At a loss of 1 it gets 37 %, at 0.1 it gets 90 %.',
    READING.cover,
  ),
  'probe, trained on': entry(
    'Probe: the words it is trained on',
    'The loss is measured on these words. With a full batch they are the words that the networks are trained on, so a low loss says that these were learnt, and nothing of others.',
    OWN,
  ),
  'probe, held out': entry(
    'Probe: held-out words',
    'The loss is measured on these words. They are held out: the networks are never trained on them, so the loss says how well they do on new ones.',
    READING.book,
  ),
  measured: entry(
    'Measured',
    'What the training does, looked at step by step: the solid lines. The network at a step is given the words, and its loss is computed.',
    OWN,
  ),
  predicted: entry(
    'Predicted',
    'What theory says the loss will do, worked out without training: the dashed lines. It follows a smooth flow from the same start, with the same step sizes.',
    READING.barrett,
  ),
  'gradient flow': flow('gradient-flow', 'A run with small enough steps follows it; a real run leaves it.', READING.hairer),
  'modified flow': flow(
    'modified-flow',
    'It knows that steps are finite, so it stays with a run for longer than gradient flow does.',
    READING.barrett,
  ),
  'gradient descent': entry(
    'Gradient descent',
    'Every weight moves a little against the slope of the loss, again and again. Momentum, Adam and Adafactor do the same with a memory of the slopes before.',
    READING.book,
  ),
  'step size': entry(
    'Step size',
    'How far the weights move in a step, as a multiple of the slope of the loss. Too small is slow, and too large makes the loss jump about or run away.',
    READING.book,
  ),
  sharpness: entry(
    'Sharpness λ',
    'How strongly the loss bends along its steepest direction: the largest eigenvalue of its second derivatives. Steps longer than 2 / λ overshoot more each time, so the sharpness says how long a step may be.',
    READING.cohen,
  ),
  'held sharpness': entry(
    'Step size c / λ',
    'The step size is not one number: it is c divided by the sharpness λ, which is measured again every few steps. Where the loss bends more the steps get shorter, and c above 2 would overshoot.',
    READING.cohen,
  ),
  'full batch': entry(
    'Full batch',
    'Every step looks at all training examples, so nothing is left to chance. A mini-batch looks at a few of them, which is cheaper and noisier.',
    READING.book,
  ),
  seed: entry(
    'Seed',
    'The number that every random draw follows from: first weights, words, order. The same seed gives the same run again, to the last bit on the same kind of device.',
    OWN,
  ),
  phonemes: entry(
    'Sounds (phonemes)',
    'The sounds that a word is made of, written as in the CMU dictionary: AE is the a of “at”, NG the end of “ping”. The key beside the samples lists all 39.',
    READING.cmu,
  ),
  growth: entry(
    'Growth',
    'The moment at which smaller networks become a larger one and training goes on. Fusion is one way to grow; stacking and widening are others.',
    READING.deepFusion,
  ),
  fusion: entry(
    'Fusion',
    'A growth in which networks become the blocks of one larger network, side by side. The weights between the blocks are new, and how they start is a choice of this page: at zero unless you say otherwise.',
    READING.deepFusion,
  ),
  'fusion gap': entry(
    'Fusion gap',
    'Change of the loss at the moment of growth, against the loss of the sources’ averaged outputs. With one norm over blocks of different networks it is not zero; with a norm for each source it is.',
    READING.deepFusion,
  ),
  symmetry: entry(
    'Symmetry',
    'How far apart the halves are, against their size. Near zero they get equal gradients and stay twins: the network can compute nothing that one of them could not.',
    READING.net2net,
  ),
  'new weights': entry(
    'New weights',
    'Weights of the grown network that were in none of its sources: the blocks between theirs. They are what the larger network can learn with.',
    READING.deepFusion,
  ),
  'critical path': entry(
    'Critical path',
    'The longest way through the plan, where networks that train side by side count once. It is how long you wait if each has a device of its own.',
    READING.kelley,
  ),
  'from scratch': entry(
    'From scratch',
    'A network as large as the fused one, trained from random weights from the first step on. It is what growing has to beat at equal compute.',
    READING.deepFusion,
  ),
  ensemble: entry(
    'Averaged, not fused',
    'The small networks asked together: their outputs are averaged, and nothing is fused. It is what a fused network has to beat, since it costs no more than training the small ones.',
    READING.hansen,
  ),
  unread: entry(
    'Without reading',
    'A network as large as the last one, taught the last task from random weights and from the first step on. It says what the tasks before that one were good for.',
    OWN,
  ),
  alone: entry(
    'Small, alone',
    'The first small network, trained on without a growth. It says what the small size alone would have come to.',
    OWN,
  ),
} as const satisfies Readonly<Record<string, Entry>>);

export type WordId = keyof typeof GLOSSARY;
