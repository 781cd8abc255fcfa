/** The numbers of what the chart shows, as they are written: losses, shares of answers, or a correlation. */
import type { Quantity } from '../../../state/derived/answers.ts';
import { formatLoss, percent } from '../../../text/numbers.ts';

/** @param quantity null: the loss */
export const valueOf = (quantity: Pick<Quantity, 'name'> | null): ((value: number) => string) =>
  quantity === null || isCorrelation(quantity) ? formatLoss : percent;

/** From −1 to 1, where all others are shares. */
export const isCorrelation = ({ name }: Pick<Quantity, 'name'>): boolean => name === 'matthews';
