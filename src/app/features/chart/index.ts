/** The chart and the small panels beside it. */
export { LossChart } from './LossChart.tsx';
export { usePlanHeight } from './handles/PlanBars.tsx';
