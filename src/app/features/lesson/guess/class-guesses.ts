/** Guesses of a class that lie over the chart. */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { GuessPoints } from '../../../../experiment/link/lesson-keys.ts';

const shown = createStore<{ readonly guesses: readonly GuessPoints[] }>()(() => ({ guesses: [] }));

export const useClass = (): readonly GuessPoints[] => useZustand(shown, (s) => s.guesses);
export const setClass = (guesses: readonly GuessPoints[]): void => shown.setState({ guesses });
