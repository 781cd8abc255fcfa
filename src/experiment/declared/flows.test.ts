import { describe, expect, it } from 'vitest';
import { FLOW_ROWS, type FlowList, flowsIn, HEADLINE, isIntegrated, PREDICTIONS } from './flows.ts';

describe('the table of flows', () => {
  it.each<FlowList>(['setup', 'agreement', 'headline', 'work'])('gives every place of the list %s once (11.3)', (name) => {
    const places = flowsIn(name).map((flow) => FLOW_ROWS[flow].place[name]);
    expect(places).toEqual(places.map((_, i) => i + 1));
  });

  it('has a place in Setup for whatever a link can ask for, and a turn for whatever is integrated (11.3)', () => {
    expect(new Set(flowsIn('setup'))).toEqual(new Set(PREDICTIONS));
    expect(new Set(flowsIn('work'))).toEqual(new Set(PREDICTIONS.filter(isIntegrated)));
    expect(HEADLINE[0]).toBe('central-flow');
  });
});
