/** A measured branch in another time: a closed form on numbers, which the page shares. */
export { rescaleTime } from '../curves/time-rescaling.ts';
