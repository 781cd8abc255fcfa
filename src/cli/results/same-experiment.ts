/** Whether a result is of the experiment that is asked for. */
import type { Experiment } from '../../experiment/experiment.ts';
import { LINK_LIMIT } from '../../experiment/limits.ts';
import { formatLink, parseLink } from '../../experiment/link/link.ts';

/**
 * The same numbers come out of both: the links are the same, but for the pace, which is for those who watch, and for
 * the adapter where any will do.
 * @param link of the result
 */
export function isResultOf(wanted: Experiment, link: string): boolean {
  if (link === formatLink(wanted)) return true;
  // A link that is too long to be read is compared as it stands.
  if (link.length > LINK_LIMIT) return false;
  const { experiment, problems } = parseLink(link);
  if (problems.some(({ minor }) => !minor)) return false;
  const plain = (of: Experiment): string => formatLink({ ...of, pace: 'max', adapter: wanted.adapter === 'auto' ? 'auto' : of.adapter });
  return plain(experiment) === plain(wanted);
}
