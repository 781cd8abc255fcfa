/**
 * The curves that ride along in the page's link (`ghost=`): what somebody else measured, to be compared with. Unpacked
 * by code that is fetched when a link has some.
 */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ModelId } from '../../experiment/experiment.ts';
import { say } from '../text/en/screen/state.ts';
import type { CurveLike } from '../plot/curves/curve.ts';
import { gapsOf } from './heard/gaps.ts';
import { setState, store } from './store.ts';

type Curves = ReadonlyMap<ModelId, CurveLike>;

const linked = createStore<{ readonly curves: Curves | null }>()(() => ({ curves: null }));

export function useLinkedCurves(): Curves | null {
  return useZustand(linked, (state) => state.curves);
}

async function unpackGhost(ghost: string | null): Promise<void> {
  let curves: Curves | null = null;
  try {
    if (ghost !== null) curves = (await import('../plot/packed/packed.ts')).unpack(ghost);
    // Those of the link's own experiment: where its stages change their tasks, they break too.
    const { experiment } = store.getState();
    if (curves) curves = new Map([...curves].map(([id, curve]) => [id, { ...curve, ...gapsOf(experiment, id) }]));
  } catch {
    const { view, problems } = store.getState();
    if (view.ghost === ghost) setState({ view: { ...view, ghost: null }, problems: [...problems, say.theGhostOfTheLinkIsNone] });
  }
  // Another link may have been opened meanwhile.
  if (store.getState().view.ghost === ghost) linked.setState({ curves });
}

/** Keeps the curves those of the page's link. */
export function followGhost(): () => void {
  void unpackGhost(store.getState().view.ghost);
  return store.subscribe((now, before) => {
    if (now.view.ghost !== before.view.ghost) void unpackGhost(now.view.ghost);
  });
}
