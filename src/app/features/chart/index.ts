/** The chart and the small panels beside it. */
export { LossChart, type LossChartProps } from './LossChart.tsx';
export { PredictionError } from './PredictionError.tsx';
export { SharpnessPanel } from './SharpnessPanel.tsx';
export { usePlanHeight } from './PlanBars.tsx';
