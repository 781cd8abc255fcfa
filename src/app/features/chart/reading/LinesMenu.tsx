/** The lines beside the curves, each to be switched on or off: the loss of a guess, smoothing, the best so far. */
import { setLines, useLines } from '../../../state/view.ts';
import { say } from '../../../text/en/chart/chart.ts';
import { Check } from '../../../ui/fields/fields.tsx';
import { Popup } from '../../../ui/floating/Popup.tsx';
import { ChevronIcon } from '../../../ui/icons.tsx';
import ui from '../../../ui/ui.module.css';
import styles from './head.module.css';

export function LinesMenu() {
  const { chance, smoothed, best } = useLines();
  return (
    <Popup
      title={say.besideTheCurves}
      edge="end"
      className={styles.linesMenu}
      renderTarget={(toggle) => (
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={toggle}>
          {say.lines} <ChevronIcon />
        </button>
      )}
      renderEditor={() => (
        <>
          <Check
            label={say.aGuessWithoutLooking}
            note={say.everyTokenAsLikely}
            checked={chance}
            onChange={(on) => setLines({ chance: on })}
          />
          <Check label={say.smoothed} note={say.theMeasuredCurvePale} checked={smoothed} onChange={(on) => setLines({ smoothed: on })} />
          <Check label={say.lowestSoFar} note={say.theLowestLossUpToEachStep} checked={best} onChange={(on) => setLines({ best: on })} />
        </>
      )}
    />
  );
}
