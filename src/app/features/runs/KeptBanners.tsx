/** Over the page: the run that was under way when it was left, and why what trains now is not kept. */
import { useState } from 'react';
import type { KeptEntry, KeptProblem } from '../../../keep/reports.ts';
import { openKept } from '../../state/control/run-control.ts';
import { opensKept } from '../../state/derived/locked.ts';
import { send, setState, useStore } from '../../state/store.ts';
import { say } from '../../text/en/runs/kept.ts';
import { count } from '../../text/numbers.ts';
import { wordsOf } from '../../text/messages.ts';
import { sentence } from '../../text/words.ts';
import { Banner } from '../status/Banner.tsx';
import { megabytes, wordsOfRun } from './kept-words.ts';

export function KeptBanners() {
  const offer = useStore((s) => (s.offer && opensKept(s, s.offer.experiment) ? s.offer : null));
  const problem = useStore((s) => s.storage?.problem ?? null);
  const [closed, setClosed] = useState<KeptProblem['kind'] | null>(null);
  return (
    <>
      {offer ? <Offer offer={offer} /> : null}
      {problem && problem.kind !== closed ? <Problem problem={problem} onClose={() => setClosed(problem.kind)} /> : null}
    </>
  );
}

function Offer({ offer }: { readonly offer: KeptEntry }) {
  return (
    <Banner
      tone="warn"
      mark="i"
      role="status"
      title={say.yourRunIsKept}
      action={{ words: say.goOnAt(count(offer.step)), does: () => openKept(offer) }}
      onClose={() => setState({ offer: null })}
    >
      {say.wasLeftAt(wordsOfRun(offer), count(offer.step), count(offer.end))}
    </Banner>
  );
}

function Problem({ problem, onClose }: { readonly problem: KeptProblem; readonly onClose: () => void }) {
  switch (problem.kind) {
    case 'full': {
      const { free, bytes } = problem;
      return (
        <Banner
          tone="warn"
          mark="!"
          title={say.noRoom}
          action={
            free.length > 0
              ? { words: say.deleteThem(free.length), does: () => send({ type: 'kept', request: { do: 'clear', ids: free } }) }
              : undefined
          }
          onClose={onClose}
        >
          {say.trainingGoesOn} {free.length > 0 ? say.couldBeDeleted(free.length, megabytes(bytes)) : say.freeSome}
        </Banner>
      );
    }
    case 'failed':
      return (
        <Banner tone="warn" mark="!" title={say.notWritten} onClose={onClose}>
          {say.itIsTriedAgain} {sentence(wordsOf(problem.why))}
        </Banner>
      );
    case 'newer':
      return (
        <Banner tone="warn" mark="i" title={say.newer} onClose={onClose}>
          {say.reloadForIt}
        </Banner>
      );
    case 'large':
      return (
        <Banner tone="warn" mark="i" title={say.tooLarge} onClose={onClose}>
          {say.itsStateIs(megabytes(problem.bytes), megabytes(problem.most))}
        </Banner>
      );
    // Said where runs are listed: whoever chose a private window knows.
    case 'blocked':
      return null;
  }
}
