/** A measured branch in another time: a closed form on numbers, which the page shares. */
export { rescaleTime, totalTime } from '../curves/time-rescaling.ts';
