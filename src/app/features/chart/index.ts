/** The chart and the small panels beside it. */
export { LossChart, type LossChartProps } from './LossChart.tsx';
export { usePlanHeight } from './handles/PlanBars.tsx';
