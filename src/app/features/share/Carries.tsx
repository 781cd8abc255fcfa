/** The contents of the link, in words: settings always, the rest as it is chosen. */
import type { LinkView } from '../../../experiment/link/view.ts';
import { useStore } from '../../state/store.ts';
import { differences } from '../../../experiment/differences.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { say } from '../../text/en/share/share.ts';
import { count } from '../../text/numbers.ts';
import { Check } from '../../ui/fields/fields.tsx';
import { Segments } from '../../ui/Segments.tsx';
import ui from '../../ui/ui.module.css';
import styles from './share.module.css';

/** Everything that is chosen about a link. */
export interface Chosen {
  readonly starts: boolean;
  readonly view: LinkView['view'];
  readonly hide: LinkView['hide'];
  readonly lock: LinkView['lock'];
  readonly withCurve: boolean;
}

interface CarriesProps {
  readonly chosen: Chosen;
  readonly choose: (patch: Partial<Chosen>) => void;
  /** Characters of the curve; `null`: nothing was measured yet. */
  readonly curve: number | null;
  readonly onClickAway: () => void;
}

export function Carries({ chosen, choose, curve, onClickAway }: CarriesProps) {
  const experiment = useStore((s) => s.experiment);
  const preset = PRESETS.get(experiment.preset);
  const differs = differences(presetOf(experiment), experiment);
  return (
    <div>
      <h3 className={ui.heading}>{say.theLinkCarries}</h3>
      <dl className={styles.carries}>
        <div>
          <dt>{say.preset}</dt>
          <dd>{say.version(preset?.title ?? experiment.preset, experiment.v)}</dd>
        </div>
        <div>
          <dt>{say.differsBy}</dt>
          <dd>{differs.length === 0 ? say.nothing : differs.map(({ label }) => <span key={label}>{label}</span>)}</dd>
        </div>
        <div>
          <dt>{say.opensAs}</dt>
          <dd>
            <Segments
              label={say.opensAs}
              options={[
                { value: 'page' as const, words: say.thePage },
                { value: 'present' as const, words: say.presenting },
                { value: 'chart' as const, words: say.aFigure },
              ]}
              value={chosen.view ?? 'page'}
              choose={(view) => choose({ view: view === 'page' ? null : view })}
            />
          </dd>
        </div>
      </dl>
      <Check
        label={say.startOnOpening}
        note={say.whoeverOpensItSeesItRun}
        checked={chosen.starts}
        onChange={(starts) => choose({ starts })}
      />
      {curve === null ? null : (
        <Check
          label={say.myCurve}
          note={say.itIsDrawnPale(count(curve))}
          checked={chosen.withCurve}
          onChange={(withCurve) => choose({ withCurve })}
        />
      )}
      <p className={styles.away}>
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={onClickAway}>
          {say.hideOrLock}
        </button>
        <span className={ui.note}>{say.hiddenAndLocked(chosen.hide.length, chosen.lock.length)}</span>
      </p>
      <p className={ui.note}>{say.theSameLinkOnTheSame}</p>
    </div>
  );
}
