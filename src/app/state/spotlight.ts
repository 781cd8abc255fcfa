/** The spotlight of a lesson on the page: what its step is about has a ring. */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Pointed {
  /** As `data-spot` names it; App.module.css draws the ring. */
  readonly spotlight: string | undefined;
  /** Losses that the chart has room for although nothing is measured there: where the reader draws. */
  readonly room: readonly [low: number, high: number] | null;
}

const pointed = createStore<Pointed>()(() => ({ spotlight: undefined, room: null }));

export const useSpotlight = (): Pointed['spotlight'] => useZustand(pointed, (s) => s.spotlight);

export const useRoom = (): Pointed['room'] => useZustand(pointed, (s) => s.room);

export function pointAt(spotlight?: string, room: Pointed['room'] = null): void {
  pointed.setState({ spotlight, room });
}
