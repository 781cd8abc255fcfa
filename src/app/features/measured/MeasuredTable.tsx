/**
 * One measured table: what came out first, then the picture, the numbers with a way into each run, and how it was done.
 */
import { say } from '../../text/en/runs/measured.ts';
import { type MeasuredTable as Table, runLink } from '../../../experiment/measured.ts';
import { save } from '../share/save.ts';
import ui from '../../ui/ui.module.css';
import { cellText } from './cell.ts';
import { tableCsv } from './csv.ts';
import styles from './measured.module.css';
import { Plot } from './Plot.tsx';

export const tableAnchor = (id: string): string => `measured-table-${id}`;

interface Props {
  readonly table: Table;
  /** A run is being opened. */
  readonly onOpen: () => void;
}

export function MeasuredTable({ table, onOpen }: Props) {
  const { id, title, setting, findings, command, seeds, columns, rows } = table;
  const download = (): void => save(`${id}.csv`, new TextEncoder().encode(tableCsv(table)), 'text/csv');
  return (
    <div className={styles.table}>
      <h4 id={tableAnchor(id)} className={ui.heading} tabIndex={-1}>
        {title}
      </h4>
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
      <Plot table={table} />
      {/* A table that is wider than the screen scrolls by itself, by keyboard as well. */}
      <section className={styles.scroll} aria-labelledby={tableAnchor(id)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{say.what}</span>
              </th>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{say.run}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {columns.map((column) => {
                  const { value, spread, note } = cellText(row.cells[column.key], column);
                  return (
                    <td key={column.key}>
                      {value}
                      {spread ? <span className={styles.spread}> {spread}</span> : null}
                      {note ? <span className={styles.reached}>{note}</span> : null}
                    </td>
                  );
                })}
                <td>
                  <OpenRun link={runLink(table, row)} label={row.label} onOpen={onOpen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.setting}>{setting}</p>
      <p className={styles.origin}>
        {say.seedsToMeasureOneOfThese(seeds.join(', '))}
        <code className={styles.command}>{command}</code>
      </p>
      <button type="button" className={`${ui.button} ${ui.small} ${styles.download}`} onClick={download}>
        {say.downloadCsv}
      </button>
    </div>
  );
}

function OpenRun({ link, label, onOpen }: { readonly link: string | null; readonly label: string; readonly onOpen: () => void }) {
  if (link === null) return null;
  return (
    <a href={link} className={styles.open} onClick={onOpen}>
      {say.openThisRun}
      <span className="visually-hidden">: {label}</span>
    </a>
  );
}
