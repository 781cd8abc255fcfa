/**
 * The tabbed panels: inspector (change and understand) and dock (evidence); one row of tabs where there is less room.
 */
import { say } from './text/en/screen/page.ts';
import { Tabs } from '@mantine/core';
import { type ComponentType, startTransition, useEffect, useRef, useState } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import type { Part } from '../experiment/link/view.ts';
import { Setup } from './features/setup/Setup.tsx';
import { PartBoundary } from './features/status/Broken.tsx';
import { Fetched } from './features/status/Fetched.tsx';
import { useKept } from './state/kept.ts';
import { useStore } from './state/store.ts';
import { ChevronIcon } from './ui/icons.tsx';
import { type LaterPart, later } from './ui/later.tsx';
import ui from './ui/ui.module.css';
import styles from './panels.module.css';

/** Everything about a tab. A new one is a row in `TABS`. */
interface Tab {
  readonly title: string;
  /**
   * Beside the chart, for changing and understanding; or below it, for evidence. In a narrow window there is one row of
   * all.
   */
  readonly place: 'inspector' | 'dock';
  /** Its content: here from the beginning, or fetched later. */
  readonly content: ComponentType | LaterPart<object>;
  /** Where it makes sense, if not everywhere. */
  readonly when?: (experiment: Pick<Experiment, 'predict'>) => boolean;
  /**
   * How much of the column below the chart it needs: a few lines, the rows of a table or a plot, or all rows of the
   * map.
   */
  readonly height?: 'lines' | 'rows' | 'map';
  /** A number beside its title, where there is one to tell. */
  readonly badge?: ComponentType;
}

function Count({ of }: { readonly of: number }) {
  return of > 0 ? <span className={styles.number}>{of}</span> : null;
}
function RunCount() {
  return <Count of={useKept((s) => s.runs.length)} />;
}
function LogCount() {
  return <Count of={useStore((s) => s.log.length)} />;
}

/** In their order; what there is to say of theory comes first where theory is the subject. */
const TABS = {
  setup: { title: say.setup, place: 'inspector', content: Setup },
  growth: { title: say.growth, place: 'inspector', content: later(async () => (await import('./features/growth/Growth.tsx')).Growth) },
  theory: { title: say.theory, place: 'inspector', content: later(async () => (await import('./features/theory/Theory.tsx')).Theory) },
  error: {
    title: say.predictionError,
    place: 'dock',
    content: later(async () => (await import('./features/chart/panels/PredictionError.tsx')).PredictionError),
    when: ({ predict }) => predict.length > 0,
    height: 'rows',
  },
  samples: {
    title: say.samples,
    place: 'dock',
    content: later(async () => (await import('./features/dock/Samples.tsx')).Samples),
    height: 'rows',
  },
  attention: {
    title: say.attention,
    place: 'dock',
    content: later(async () => (await import('./features/attention/Attention.tsx')).Attention),
    height: 'rows',
  },
  sharpness: {
    title: say.sharpness,
    place: 'dock',
    content: later(async () => (await import('./features/chart/panels/SharpnessPanel.tsx')).SharpnessPanel),
    height: 'rows',
  },
  cost: { title: say.cost, place: 'dock', content: later(async () => (await import('./features/cost/Cost.tsx')).Cost), height: 'rows' },
  map: { title: say.map, place: 'dock', content: later(async () => (await import('./features/map/Map.tsx')).GrowthMap), height: 'map' },
  runs: { title: say.runs, place: 'dock', content: later(async () => (await import('./features/runs/Runs.tsx')).Runs), badge: RunCount },
  log: { title: say.log, place: 'dock', content: later(async () => (await import('./features/dock/Log.tsx')).Log), badge: LogCount },
} as const satisfies Readonly<Record<string, Tab>>;

export type PanelTab = keyof typeof TABS;
type In<Place extends Tab['place']> = {
  [Id in PanelTab]: (typeof TABS)[Id]['place'] extends Place ? Id : never;
}[PanelTab];
export type InspectorTab = In<'inspector'>;
export type DockTab = In<'dock'>;

const tabOf = (id: PanelTab): Tab => TABS[id];
const ALL = Object.keys(TABS) as PanelTab[];
const isIn =
  <Place extends Tab['place']>(place: Place) =>
  (id: PanelTab): id is In<Place> =>
    TABS[id].place === place;
export const isInspectorTab = isIn('inspector');
/** A link hides a tab by its name, or all of a place by that of the place. */
const isShown = (id: PanelTab, hide: readonly Part[]): boolean => !hide.includes(id) && !hide.includes(TABS[id].place);

export const inspectorTabs = (hide: readonly Part[]): readonly InspectorTab[] =>
  ALL.filter(isInspectorTab).filter((id) => isShown(id, hide));

/** The tabs below the chart that make sense for an experiment. */
export function dockTabs(experiment: Pick<Experiment, 'predict'>, hide: readonly Part[]): readonly DockTab[] {
  return ALL.filter(isIn('dock')).filter((id) => tabOf(id).when?.(experiment) !== false && isShown(id, hide));
}

/** The one row of a narrow window: what changes while one watches comes first, and Setup behind the samples. */
export function rowTabs(experiment: Pick<Experiment, 'predict'>, hide: readonly Part[]): readonly PanelTab[] {
  const first: readonly PanelTab[] = ['growth', 'theory', 'samples', 'setup'];
  return [...first.filter((id) => isShown(id, hide)), ...dockTabs(experiment, hide).filter((id) => id !== 'samples')];
}

/** How much of the column the dock needs for a tab. */
export const heightOf = (id: PanelTab): 'lines' | 'rows' | 'map' => tabOf(id).height ?? 'lines';

/** The content of a tab; an error in it stays in it. */
function Content({ tab }: { readonly tab: PanelTab }) {
  const { title, content } = tabOf(tab);
  if (!('Shown' in content)) {
    const Here = content;
    return (
      <PartBoundary name={title}>
        <Here />
      </PartBoundary>
    );
  }
  return <Fetched name={title} part={content} props={{}} until={<p className={styles.waiting}>{say.opening(title)}</p>} />;
}

/** A pointer or the focus is on a tab: what is in it will be there when it is opened. */
function expect(tab: PanelTab): void {
  const { content } = tabOf(tab);
  if ('Shown' in content) void content.fetch();
}

function Badge({ tab }: { readonly tab: PanelTab }) {
  const Own = tabOf(tab).badge;
  return Own === undefined ? null : <Own />;
}

interface PanelProps {
  readonly label: string;
  readonly tabs: readonly PanelTab[];
  readonly value: PanelTab;
  readonly onChange: (tab: PanelTab) => void;
  readonly className: string | undefined;
  /** Where there is little room only the tabs show until one of them is chosen. */
  readonly fold?: Fold | undefined;
  /** Comes into sight, whole, when another tab is chosen. */
  readonly reveals?: boolean;
}

interface Fold {
  readonly folded: boolean;
  readonly toggle: () => void;
}

/** False at first, and true in slices of its own: what appears together is then not built in one task. */
function useLater(): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => startTransition(() => setLater(true)), []);
  return later;
}

/** A tab that opens below the chart comes into sight; at the beginning nothing moves. */
function useRevealed(reveals: boolean, folded: boolean, shown: PanelTab) {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(`${folded} ${shown}`);
  useEffect(() => {
    const now = `${folded} ${shown}`;
    if (before.current === now) return;
    before.current = now;
    if (reveals && !folded) element.current?.scrollIntoView({ block: 'nearest' });
  }, [reveals, folded, shown]);
  return element;
}

export function Panel({ label, tabs, value, onChange, className, fold, reveals = false }: PanelProps) {
  const shown = tabs.includes(value) ? value : (tabs[0] ?? 'setup');
  const built = useLater();
  const folded = fold?.folded === true;
  const element = useRevealed(reveals, folded, shown);
  return (
    <Tabs
      ref={element}
      data-folded={folded || undefined}
      value={shown}
      onChange={(tab) => tab && onChange(tab as PanelTab)}
      keepMounted={false}
      className={className ?? ''}
      classNames={{ list: styles.list ?? '', tab: styles.tab ?? '', panel: styles.panel ?? '' }}
    >
      <div className={styles.head}>
        <Tabs.List aria-label={label}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab} onPointerEnter={() => expect(tab)} onFocus={() => expect(tab)}>
              {tabOf(tab).title}
              <Badge tab={tab} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {fold ? (
          <button
            type="button"
            className={`${ui.button} ${ui.icon} ${styles.fold}`}
            aria-label={folded ? say.openThePanelBelowTheChart : say.foldThePanel}
            aria-expanded={!folded}
            onClick={fold.toggle}
          >
            <ChevronIcon />
          </button>
        ) : null}
      </div>
      {folded
        ? null
        : tabs.map((tab) => (
            <Tabs.Panel key={tab} value={tab} data-tab={tab}>
              {tab === shown && built ? <Content tab={tab} /> : null}
            </Tabs.Panel>
          ))}
    </Tabs>
  );
}
