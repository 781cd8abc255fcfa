/** The tabbed panels: inspector (change and understand) and dock (evidence); one row of tabs where there is less room. */
import { Tabs } from '@mantine/core';
import { type ComponentType, startTransition, Suspense, useEffect, useRef, useState } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import { Setup } from './features/setup/Setup.tsx';
import { PartBoundary } from './features/status/Broken.tsx';
import { useKept } from './state/kept.ts';
import { useStore } from './state/store.ts';
import { ChevronIcon } from './ui/icons.tsx';
import { type LaterPart, later } from './ui/later.tsx';
import ui from './ui/ui.module.css';
import styles from './panels.module.css';

export type InspectorTab = 'setup' | 'growth' | 'theory';
export type DockTab = 'error' | 'sharpness' | 'samples' | 'cost' | 'map' | 'runs' | 'log';
export type PanelTab = InspectorTab | DockTab;

interface Tab {
  readonly title: string;
  /** What is in it: here from the beginning, or fetched later. */
  readonly content: ComponentType | LaterPart<object>;
}

const TABS: Readonly<Record<PanelTab, Tab>> = {
  setup: { title: 'Setup', content: Setup },
  growth: { title: 'Growth', content: later(async () => (await import('./features/growth/Growth.tsx')).Growth) },
  theory: { title: 'Theory', content: later(async () => (await import('./features/theory/Theory.tsx')).Theory) },
  error: { title: 'Prediction error', content: later(async () => (await import('./features/chart/PredictionError.tsx')).PredictionError) },
  sharpness: { title: 'Sharpness', content: later(async () => (await import('./features/chart/SharpnessPanel.tsx')).SharpnessPanel) },
  samples: { title: 'Samples', content: later(async () => (await import('./features/dock/Samples.tsx')).Samples) },
  cost: { title: 'Cost', content: later(async () => (await import('./features/cost/Cost.tsx')).Cost) },
  map: { title: 'Map', content: later(async () => (await import('./features/map/Map.tsx')).GrowthMap) },
  runs: { title: 'Runs', content: later(async () => (await import('./features/runs/Runs.tsx')).Runs) },
  log: { title: 'Log', content: later(async () => (await import('./features/dock/Log.tsx')).Log) },
};

/** Dock tabs in order: the difference panel comes first where theory is the subject. */
export function dockTabs(experiment: Pick<Experiment, 'predict'>): readonly DockTab[] {
  return experiment.predict.length > 0
    ? ['error', 'samples', 'sharpness', 'cost', 'map', 'runs', 'log']
    : ['samples', 'sharpness', 'cost', 'map', 'runs', 'log'];
}

export const INSPECTOR_TABS: readonly InspectorTab[] = ['setup', 'growth', 'theory'];

/** What is in a tab. What it throws stays in it. */
function Content({ tab }: { readonly tab: PanelTab }) {
  const { title, content } = TABS[tab];
  if (!('Shown' in content)) {
    const Here = content;
    return (
      <PartBoundary name={title}>
        <Here />
      </PartBoundary>
    );
  }
  const { Shown } = content;
  return (
    <PartBoundary name={title} part={content}>
      <Suspense fallback={<p className={styles.waiting}>Opening {title} …</p>}>
        <Shown />
      </Suspense>
    </PartBoundary>
  );
}

/** A pointer or the focus is on a tab: what is in it will be there when it is opened. */
function expect(tab: PanelTab): void {
  const { content } = TABS[tab];
  if ('Shown' in content) void content.fetch();
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

/** What opens below the chart comes into sight; at the beginning nothing moves. */
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
  const entries = useStore((s) => s.log.length);
  const runs = useKept((s) => s.runs.length);
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
              {TABS[tab].title}
              {tab === 'runs' && runs > 0 ? <span className={styles.number}>{runs}</span> : null}
              {tab === 'log' && entries > 0 ? <span className={styles.number}>{entries}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {fold ? (
          <button
            type="button"
            className={`${ui.button} ${ui.icon} ${styles.fold}`}
            aria-label={folded ? 'Open the panel below the chart' : 'Fold the panel'}
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
