/** What a lesson shows the reader of the page: what its step is about has a ring. */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Pointed {
  /** As `data-spot` names it; App.module.css draws the ring. */
  readonly spotlight: string | undefined;
}

const pointed = createStore<Pointed>()(() => ({ spotlight: undefined }));

export const useSpotlight = (): Pointed['spotlight'] => useZustand(pointed, (s) => s.spotlight);

export function pointAt(spotlight?: string): void {
  pointed.setState({ spotlight });
}
