/** The chart and the small panels beside it. */
export { LossChart, lossPlot } from './LossChart.tsx';
export { usePlanHeight } from './handles/PlanBars.tsx';
