/** The worker's findings beside the run, as the page keeps them. */
import type { Event } from '../../../session/protocol.ts';
import { type Finds, NO_FINDS } from '../slices/growth.ts';
import type { State } from '../state.ts';

export type Find = Extract<Event, { type: 'growth-spectrum' | 'growth-bracket' | 'growth-composite' | 'parameter-distance' | 'orders' }>;

/** The findings so far. */
export function findsOf(pick: <K extends keyof State>(key: K) => State[K]): Finds {
  return {
    spectrum: pick('spectrum'),
    composite: pick('composite'),
    brackets: pick('brackets'),
    distances: pick('distances'),
    orders: pick('orders'),
  };
}

/** The part of the state that a finding changes. */
export function withFind(finds: Finds, event: Find): Partial<Finds> {
  switch (event.type) {
    case 'growth-spectrum': {
      const { type: _, ...spectrum } = event;
      return { spectrum };
    }
    case 'growth-bracket': {
      const { type: _, ...report } = event;
      return { brackets: [...finds.brackets.filter(({ step }) => step !== event.step), report].sort((a, b) => a.step - b.step) };
    }
    case 'growth-composite': {
      const { type: _, ...composite } = event;
      return { composite };
    }
    case 'orders':
      return { orders: event.report };
    case 'parameter-distance': {
      const { key, model, step, distance, travelled } = event;
      const name = `${key.flow}|${key.from}|${key.of}|${model}`;
      if ((finds.distances.get(name)?.step ?? -1) > step) return {};
      return { distances: new Map(finds.distances).set(name, { step, distance, travelled }) };
    }
  }
}

/**
 * The findings that are still true of a run that goes back to a step. Brackets of other growth steps stay, to be
 * compared; −1 forgets all.
 */
export function findsAt(finds: Finds, step: number): Finds {
  if (step < 0) return NO_FINDS;
  return {
    spectrum: finds.spectrum && finds.spectrum.step < step ? finds.spectrum : null,
    composite: finds.composite && finds.composite.step < step ? finds.composite : null,
    brackets: finds.brackets,
    orders: finds.orders && finds.orders.step <= step ? finds.orders : null,
    distances: new Map([...finds.distances].filter(([, at]) => at.step <= step)),
  };
}
