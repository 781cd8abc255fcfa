/**
 * The edge of stability: hλ beyond which gradient descent oscillates along the sharpest direction (Cohen et al. 2021,
 * arXiv 2103.00065).
 */
export const EDGE = 2;
