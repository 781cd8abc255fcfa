/** Papers and books that statements about flows come from: the same in every language. */

/** Where a flow, or a statement about one, comes from. */
export interface Source {
  readonly words: string;
  /** Absent for a book. */
  readonly url?: string;
}

export const arxiv = (words: string, number: string): Source => ({ words, url: `https://arxiv.org/abs/${number}` });

export const SOURCES = {
  barrett: arxiv('Barrett & Dherin 2021', '2009.11162'),
  hairer: { words: 'Hairer, Lubich & Wanner 2006, chapter IX' },
  kovachki: { words: 'Kovachki & Stuart 2021', url: 'https://www.jmlr.org/papers/v22/19-466.html' },
  ghosh: arxiv('Ghosh et al. 2023', '2302.00849'),
  smith: arxiv('Smith et al. 2021', '2101.12176'),
  cattaneo: arxiv('Cattaneo et al. 2024', '2309.00079'),
  rosca: arxiv('Rosca et al. 2023', '2302.01952'),
  cohen: arxiv('Cohen et al. 2021', '2103.00065'),
  central: arxiv('Cohen et al. 2024', '2410.24206'),
  dherin: arxiv('Dherin 2023', '2311.00235'),
  schraudolph: { words: 'Schraudolph 2002', url: 'https://doi.org/10.1162/08997660260028683' },
  golub: { words: 'Golub & Meurant 2010' },
} as const satisfies Readonly<Record<string, Source>>;
