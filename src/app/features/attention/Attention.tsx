/**
 * Which words a network looked at: a word of the answer (or of the text) is chosen, and every word that it could look
 * at is as strongly tinted as it was looked at. Heads of a fused network keep the colour of the source that they came
 * from.
 */
import { say } from '../../text/en/network/attention.ts';
import { type CSSProperties, useEffect, useState } from 'react';
import { isMember, type ModelId } from '../../../experiment/experiment.ts';
import type { AttentionChoice, AttentionKind, AttentionReport } from '../../../run/reports.ts';
import { hueOf } from '../../look/hues.ts';
import { shortNameOf } from '../../plot/curves/beside.ts';
import { send, useStore } from '../../state/store.ts';
import { listed } from '../../text/words.ts';
import { percent } from '../../text/numbers.ts';
import { InlineSelect } from '../../ui/fields/fields.tsx';
import { Segments } from '../../ui/Segments.tsx';
import ui from '../../ui/ui.module.css';
import { tokenWords } from '../dock/token-words.ts';
import styles from './attention.module.css';
import { type Head, headNames, looksOf, mostLookedAt } from './looks.ts';

const KINDS: readonly { readonly value: AttentionKind; readonly words: string }[] = [
  { value: 'cross', words: say.cross },
  { value: 'encoder', words: say.encoder },
  { value: 'decoder', words: say.decoder },
];
/** A text in a list of texts. */
const SHORT = 44;

export function Attention() {
  const samples = useStore((s) => s.samples);
  const report = useStore((s) => s.attention);
  const [model, setModel] = useState<ModelId | ''>('');
  const [row, setRow] = useState(0);
  const [kind, setKind] = useState<AttentionKind>('cross');
  const [layer, setLayer] = useState(-1);
  // The last layer is the one that the answer comes from.
  const wanted: AttentionChoice = { row, kind, layer: layer < 0 ? 99 : layer, ...(model === '' ? {} : { model }) };
  const key = JSON.stringify(wanted);
  const loading = useStore((s) => s.phase === 'loading');
  // A fresh worker is asked anew.
  useEffect(() => {
    if (!loading) send({ type: 'show-attention', choice: JSON.parse(key) as AttentionChoice });
  }, [key, loading]);
  useEffect(() => () => send({ type: 'show-attention', choice: null }), []);
  if (!samples || !report) return <p className={styles.empty}>{say.appearsWithTheSamples}</p>;
  const models = Object.keys(samples.exact).filter((id) => !isMember(id));
  const texts: (readonly [string, string])[] = samples.rows.map(({ source }, i) => [String(i), shortened(source)]);
  if (samples.own && samples.own.problem === null) texts.push([String(samples.rows.length), say.yourOwn(shortened(samples.own.source))]);
  return (
    <div className={`${ui.scroll} ${styles.attention}`} tabIndex={0} role="region" aria-label={say.attention}>
      <div className={styles.controls}>
        <InlineSelect label={say.text} value={String(row)} options={texts} onChange={(next) => setRow(Number(next))} />
        {models.length > 1 ? (
          <Segments
            label={say.network}
            options={models.map((id) => ({ value: id, words: shortNameOf(id) }))}
            value={report.model}
            choose={setModel}
          />
        ) : null}
        <Segments label={say.whoLooksWhere} options={KINDS} value={kind} choose={setKind} />
        {report.layers > 1 ? (
          <Segments
            label={say.layer}
            options={Array.from({ length: report.layers }, (_, i) => ({ value: String(i), words: say.layerOf(i + 1) }))}
            value={String(report.layer)}
            choose={(next) => setLayer(Number(next))}
          />
        ) : null}
      </div>
      <Looks key={`${report.model}${report.kind}${report.row}`} report={report} />
    </div>
  );
}

const shortened = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)} …` : text);

/** A head's hue: that of the source it came from, or the network's own for those that are new. */
const hueOfHead = ({ origins, model }: AttentionReport, head: Head): string => {
  const origin = head === 'all' ? model : (origins[head] ?? model);
  return hueOf(origin === 'new' ? model : origin);
};

function Looks({ report }: { readonly report: AttentionReport }) {
  const { queries, keys, origins } = report;
  const [head, setHead] = useState<Head>('all');
  const [asking, setAsking] = useState(0);
  if (queries.length === 0) return <p className={styles.empty}>{say.nothingWasSaid}</p>;
  const chosen: Head = head === 'all' || head < origins.length ? head : 'all';
  const query = Math.min(asking, queries.length - 1);
  const looks = looksOf(report, query, chosen);
  const most = Math.max(...looks);
  const names = headNames(origins, say.ofNew);
  const top = mostLookedAt(looks, 3).map((i) => say.wordAt(tokenWords(keys[i] ?? ''), percent(looks[i] ?? 0)));
  const hue = hueOfHead(report, chosen);
  return (
    <div className={styles.looks} style={{ '--hue': hue } as CSSProperties}>
      <div className={styles.heads} role="group" aria-label={say.head}>
        <button type="button" className={styles.head} aria-pressed={chosen === 'all'} onClick={() => setHead('all')}>
          {say.allHeads}
        </button>
        {names.map((name, i) => (
          <button
            key={name}
            type="button"
            className={styles.head}
            aria-pressed={chosen === i}
            style={{ '--hue': hueOfHead(report, i) } as CSSProperties}
            onClick={() => setHead(i)}
          >
            <span className={styles.dot} />
            {say.headOf(name)}
          </button>
        ))}
      </div>
      <p className={styles.line}>
        <span className={styles.label}>{report.kind === 'encoder' ? say.wordsOfTheText : say.itSays}</span>
        {queries.map((token, i) => (
          <button
            key={i}
            type="button"
            className={styles.query}
            aria-pressed={i === query}
            onClick={() => setAsking(i)}
            onPointerEnter={(event) => event.pointerType === 'mouse' && setAsking(i)}
            onFocus={() => setAsking(i)}
          >
            {tokenWords(token)}
          </button>
        ))}
      </p>
      <p className={styles.line} aria-hidden="true">
        <span className={styles.label}>{say.looksAt}</span>
        {keys.map((token, i) => {
          const look = looks[i] ?? 0;
          return (
            <span key={i} className={styles.word} style={{ '--share': `${Math.round((look / most) * 78)}%` } as CSSProperties}>
              {tokenWords(token)}
              {look >= 0.1 ? <small>{percent(look)}</small> : null}
            </span>
          );
        })}
      </p>
      <p className={ui.note} role="status">
        {report.kind === 'encoder'
          ? say.readingLooked(tokenWords(queries[query] ?? ''), listed(top))
          : say.sayingLooked(tokenWords(queries[query] ?? ''), shortNameOf(report.model), listed(top))}
      </p>
    </div>
  );
}
