/**
 * Words left out: slurs and vulgar words that a class should not meet as a random sample. As the first ten digits of
 * the SHA-256 of `order <word>`, so that they need not stand here either.
 */
export const OMITTED: ReadonlySet<string> = new Set(
  `
  00a3968916 066e890b73 0a41a5d145 0c30ec3559 0d3ce4d02c 0d54286b2f 0dde7444cb 110cebb24b 11ce775292 170858be23
  1b3f1a2fab 244ddb0197 275355af96 29463e401b 2e68406bae 307304d33a 352be71a19 38bb136810 3b6691382c 3f2d7e5838
  42da44250f 42ed99add5 46dc192bb2 46eaf1b496 49c6dc8a08 4e790eb51a 5028310944 51030ca5ca 539617058a 53be86ba18
  5567998627 59d96a4578 5bcccfe3d9 662762694b 67fb07f6e8 6a4892bd3d 6be8671526 6e15fcbef6 768c05f830 7708732261
  79d0e3dcb2 80aa067a1c 832fc8b43c 856bbb4ca5 85b8a5fa72 86ae79fc4c 8e5cb30a61 8e80e8b98e 8ee1675966 9b51a43251
  9e40636340 9e5d7197aa 9ef8adea03 a01f6c1f1f a12cd95e83 a1c70c0844 a3968a7007 a5169b1003 a7c3893b9b ab8cc49f7d
  aef09b7388 b15dfae52e b6f51f0f30 be920648e5 c23e790277 c2f8b3a86d c5d8d4d19c cb6dfc2234 ceafec5c2f d8f61cb634
  ddfbff9293 def7cf0c34 dfa84d4ebb e0706971bb e33e783e71 e7817e404d e932095257 eb8c2fb936 ed73b6b8a1 f030cdbfff
  f168aac51d f7929ff42b fae8807774 ff30d314b3
  `
    .trim()
    .split(/\s+/),
);
