/** The values of the cell that is pointed at. */
import { say } from '../../text/en/runs/map.ts';
import { count, exactFigures, fixed, formatLoss } from '../../text/numbers.ts';
import ui from '../../ui/ui.module.css';
import { type DrawnCell, type Equal, PREDICTOR_WORDS, PREDICTORS } from './cells.ts';
import { afterWords } from './Grid.tsx';
import styles from './map.module.css';

interface DetailsProps {
  readonly cell: DrawnCell | undefined;
  readonly held: boolean;
  readonly equal: Equal;
  /** Why it can't be asked for. */
  readonly whyNot: string | null;
}

export function Details({ cell, held, equal, whyNot }: DetailsProps) {
  if (!cell) return <p className={ui.note}>{say.pointAtACellToRead}</p>;
  const { grow, after, step, measured, predicted, time } = cell;
  const parts = [
    ...(measured === undefined ? [] : [[say.measured, measured === null ? say.diverged : formatLoss(measured)] as const]),
    ...PREDICTORS.flatMap((predictor) => {
      const loss = predicted[predictor];
      return loss === undefined ? [] : [[PREDICTOR_WORDS[predictor], formatLoss(loss)] as const];
    }),
    ...(time === null ? [] : [['Σh', time >= 10 ? fixed(time, 1) : exactFigures(time, 3)] as const]),
  ];
  return (
    <p className={styles.details} data-part="map-readout">
      <span className={styles.place}>
        {say.growthAtStep(count(grow), afterWords(held, after), equal === 'compute' && step !== null ? count(step) : null)}
      </span>{' '}
      {parts.map(([words, value], i) => (
        <span key={words}>
          {i > 0 ? ' · ' : ''}
          {words} <b>{value}</b>
        </span>
      ))}
      {whyNot === null ? null : <span> {whyNot}</span>}
    </p>
  );
}
