/** Where the words of the glossary come from: the same in every language. */
import { arxiv, SOURCES } from '../../experiment/declared/sources.ts';

export const READING = {
  ...SOURCES,
  book: { words: 'Goodfellow, Bengio & Courville, Deep Learning, 2016', url: 'https://www.deeplearningbook.org' },
  deepFusion: arxiv('Mazzawi et al., Deep Fusion', '2306.11903'),
  raffel: arxiv('Raffel et al. 2020', '1910.10683'),
  cover: { words: 'Cover & Thomas, Elements of Information Theory, 2006' },
  hairer: { words: 'Hairer, Lubich & Wanner, Geometric Numerical Integration, 2006' },
  cmu: { words: 'CMU Pronouncing Dictionary', url: 'http://www.speech.cs.cmu.edu/cgi-bin/cmudict' },
  net2net: arxiv('Chen, Goodfellow & Shlens, Net2Net', '1511.05641'),
  kelley: { words: 'Kelley & Walker 1959' },
  hansen: { words: 'Hansen & Salamon 1990' },
};
