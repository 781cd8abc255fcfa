/**
 * JSON in which the floats of a Hugging Face configuration stay floats. Its classes check the types of these fields and
 * refuse a whole number, and JSON.stringify writes 1.0 as 1.
 */
const FLOAT_FIELDS = /"(dropout_rate|initializer_factor|layer_norm_epsilon)": (-?\d+)(?=[,\n])/g;

/** @param json with every field on a line of its own, as JSON.stringify indents it */
export function withFloats(json: string): string {
  return json.replace(FLOAT_FIELDS, '"$1": $2.0');
}
