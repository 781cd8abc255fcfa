/** A loss that is set by a slider of the chart: where it may go, and what keys do to it. */
type Room = readonly [low: number, high: number];

/** Three figures, within what there is room for. */
export function roundedLoss(loss: number, [low, high]: Room): number {
  return Number(Math.min(high, Math.max(low, loss)).toPrecision(3));
}

/**
 * Loss after a key of the slider pattern; `null` if the key means nothing here.
 * @param factor of an arrow key
 * @param page factor of Page Up and Page Down; absent: they mean nothing
 */
export function lossAfterKey(key: string, loss: number, [low, high]: Room, factor: number, page?: number): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return loss * factor;
    case 'ArrowDown':
    case 'ArrowLeft':
      return loss / factor;
    case 'PageUp':
      return page === undefined ? null : loss * page;
    case 'PageDown':
      return page === undefined ? null : loss / page;
    case 'Home':
      return low;
    case 'End':
      return high;
    default:
      return null;
  }
}
