/** The rule of how long a prediction is trusted; its English stands beside its numbers, for the command line, too. */
import { TRUST_RULE } from '../../../../curves/trust.ts';
import { spoken } from '../../language.ts';

export const say = spoken('trust', { rule: TRUST_RULE });
