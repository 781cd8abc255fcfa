/** A whole number as the page writes it, with its thousands apart. */
const IN_THOUSANDS = /^[1-9]\d{0,2}(?:[.,\s]\d{3})+$/;

/**
 * A number as somebody typed it: its decimal sign may be a comma, and a whole one may have its thousands apart, as the
 * range beside the field has them. NaN where it is none.
 */
export function typedNumber(text: string, whole: boolean): number {
  const typed = text.trim();
  if (typed === '') return NaN;
  return Number(whole && IN_THOUSANDS.test(typed) ? typed.replaceAll(/\D/g, '') : typed.replace(',', '.'));
}
