import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLink } from '../../experiment/link/link.ts';
import { MEASURED_FILES, readMeasured, runLink } from '../../experiment/measured.ts';

test('every row of what we measured opens a run, without a complaint (10.16)', () => {
  for (const file of MEASURED_FILES) {
    const text = readFileSync(new URL(`../../../public/${file}`, import.meta.url), 'utf8');
    const document = readMeasured(JSON.parse(text));
    expect(document, file).not.toBeNull();
    for (const table of document?.tables ?? []) {
      expect(table.findings.length, table.id).toBeGreaterThan(0);
      for (const row of table.rows) {
        const link = runLink(table, row);
        expect(link, `${table.id}: ${row.label}`).not.toBeNull();
        expect(
          parseLink(link ?? '').problems.filter(({ minor }) => !minor),
          `${table.id}: ${row.label}`,
        ).toEqual([]);
      }
    }
  }
});
