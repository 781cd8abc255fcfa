/**
 * The lines of each map that was looked at: around the run at first, then as its reader, or a file, set them. They stay
 * while branches are run.
 */
import { useEffect, useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../../experiment/experiment.ts';
import { axesAround, type MapAxes, mapFamily } from '../../../experiment/map/growth-map.ts';

/** Around the run as it was when its map was first looked at (a branch must not move the map), or as they were set. */
const chosen = createStore<{ readonly axes: ReadonlyMap<string, MapAxes> }>()(() => ({ axes: new Map() }));

const keyOf = (experiment: Experiment): string => `${mapFamily(experiment)} ${axesAround(experiment).held}`;

/** The lines that were set, or those around the experiment as it was when the map was first looked at. */
export function useLines(experiment: Experiment): MapAxes {
  const axes = useZustand(chosen, (s) => s.axes);
  const key = keyOf(experiment);
  const set = axes.get(key);
  const known = useMemo(() => set ?? axesAround(experiment), [set, experiment]);
  useEffect(() => {
    if (set === undefined) chosen.setState((s) => ({ axes: new Map(s.axes).set(key, known) }));
  }, [set, key, known]);
  return known;
}

export function setLines(experiment: Experiment, axes: MapAxes): void {
  chosen.setState((s) => ({ axes: new Map(s.axes).set(keyOf(experiment), axes) }));
}
