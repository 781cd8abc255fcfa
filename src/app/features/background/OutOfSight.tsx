/** Over the page: it trained more slowly while the tab was hidden, with both speeds as they were measured. */
import { setState, useStore } from '../../state/store.ts';
import { say } from '../../text/en/screen/background.ts';
import { count, figures } from '../../text/numbers.ts';
import { Banner } from '../status/Banner.tsx';

/** Steps a second, to two digits. */
const speed = (value: number): string => (value >= 100 ? count(value) : figures(value, 2));

export function OutOfSight() {
  const found = useStore((s) => s.outOfSight);
  if (!found) return null;
  return (
    <Banner tone="warn" mark="i" role="status" title={say.slowerOutOfSight} onClose={() => setState({ outOfSight: null })}>
      {say.bothSpeeds(count(found.seconds), speed(found.hidden), speed(found.seen))} {say.whatBrowsersDo}
    </Banner>
  );
}
