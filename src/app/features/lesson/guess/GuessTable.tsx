/** The points of a drawn curve as a table of numbers: for screen readers, and for whoever would rather type. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { NumberField } from '../../../ui/fields/fields.tsx';
import { formatLoss, count } from '../../../text/numbers.ts';
import { letGo, movePoint, useGuess } from './guess.ts';
import styles from './guess.module.css';

export function GuessTable({ locked, room }: { readonly locked: boolean; readonly room: readonly [number, number] }) {
  const points = useGuess();
  if (!points) return null;
  return (
    <details className={styles.details}>
      <summary>{say.typeTheNumbers}</summary>
      <table className={styles.points}>
        <thead>
          <tr>
            <th scope="col">{say.stepHead}</th>
            <th scope="col">{say.lossHead}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(([step, loss], i) => (
            <tr key={step}>
              <th scope="row">{count(step)}</th>
              <td>
                {locked ? (
                  formatLoss(loss)
                ) : (
                  <NumberField
                    hideLabel
                    label={say.lossAtStep(count(step))}
                    value={loss}
                    min={room[0]}
                    max={room[1]}
                    onChange={(value) => {
                      movePoint(i, value, room);
                      letGo();
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
