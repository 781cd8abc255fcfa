/** The curve that a reader draws: a handful of points at fixed steps. It stands in the page's link. */
import type { GuessPoints } from '../../../../experiment/link/lesson-keys.ts';
import { endMovement } from '../../../state/control/address.ts';
import { roundedLoss } from '../../../plot/marks/loss-slider.ts';
import { setView } from '../../../state/control/run-control.ts';
import { store, useStore } from '../../../state/store.ts';
import type { DrawAsk } from '../lesson.ts';
import { lossOf } from '../numbers.ts';

/** Points of a guess: the first where the question begins, the last at its end. */
const POINTS = 6;

export const useGuess = (): GuessPoints | null => useStore((s) => s.view.guess);

/** Flat, from where the network stands; `middle` where nothing is measured yet. */
function flatGuess({ from, to, room }: Pick<DrawAsk, 'from' | 'to' | 'room'>, now: number | null): GuessPoints {
  const loss = roundedLoss(now ?? Math.sqrt(room[0] * room[1]), room);
  return Array.from({ length: POINTS }, (_, i) => [Math.round(from + ((to - from) * i) / (POINTS - 1)), loss] as const);
}

export function startDrawing(ask: DrawAsk): void {
  const now = lossOf(store.getState(), ask.model, ask.from);
  if (store.getState().view.guess === null) setView({ guess: flatGuess(ask, now) });
}

/** Moves one point. While it is dragged, or arrow keys are held, the browser's history gets one entry. */
export function movePoint(index: number, loss: number, room: readonly [number, number]): void {
  const { guess } = store.getState().view;
  if (!guess) return;
  setView({ guess: guess.map(([step, old], i) => [step, i === index ? roundedLoss(loss, room) : old] as const) }, 'movement');
}

export const letGo = endMovement;
