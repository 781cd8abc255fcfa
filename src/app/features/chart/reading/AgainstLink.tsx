/** In the row of keys: how far the run is from the curves of its link. Nothing where the link has none. */
import { hueOf } from '../../../look/hues.ts';
import { useLinkedCurves } from '../../../state/linked-curves.ts';
import { useStore } from '../../../state/store.ts';
import { say } from '../../../text/en/chart/chart.ts';
import { count, formatDifference } from '../../../text/numbers.ts';
import { Term } from '../../../ui/terms/Term.tsx';
import { apart } from './against-link.ts';
import styles from './head.module.css';

export function AgainstLink() {
  const linked = useLinkedCurves();
  const found = useStore((s) => {
    const now = linked ? apart(s.chart.measured, linked) : null;
    return now === null ? '' : [now.model, formatDifference(now.difference), count(now.step)].join('|');
  });
  if (found === '') return null;
  const [model = '', difference = '', step = ''] = found.split('|');
  return (
    <span className={styles.against} style={{ color: hueOf(model, true) }}>
      <Term explains={say.againstTheLinkMeans}>{say.againstTheLink(model, difference, step)}</Term>
    </span>
  );
}
