/** A what-if: a change that is asked of a run and not made, as one value, with who asked. */
import type { WhatIf } from '../../../experiment/plan/what-if.ts';

interface Asked {
  readonly change: WhatIf;
  /**
   * `reader`: moved by hand; `fuse`: Fuse now is pointed at, so that there is no branch to run; `branch`: it was asked
   * for in earnest, and the worker has not begun it yet.
   */
  readonly by: 'reader' | 'fuse' | 'branch';
}

export interface AskedSlice {
  readonly asked: Asked | null;
}

export const NOTHING_ASKED: AskedSlice = { asked: null };
