/** The what-if, as different parts of the page see it. */
import type { WhatIf } from '../../../experiment/plan/what-if.ts';
import type { AskedSlice } from '../slices/asked.ts';

/** The reader's what-if, which may be run as a branch. */
export const askedByReader = ({ asked }: AskedSlice): WhatIf | null => (asked?.by === 'reader' ? asked.change : null);

/** The experiment that controls show: the reader's change, also while a branch with it is about to begin. */
export const changeShown = ({ asked }: AskedSlice): WhatIf | null => (asked === null || asked.by === 'fuse' ? null : asked.change);
