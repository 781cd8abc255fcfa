/** Tables of rows by name: `ids` gives the names in the table's order, as a type that knows each of them. */
export function ids<Id extends string>(rows: Readonly<Record<Id, unknown>>): readonly Id[] {
  return Object.keys(rows) as Id[];
}
