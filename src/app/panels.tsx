/** The tabbed panels: inspector (change and understand) and dock (evidence); one row of tabs where there is less room. */
import { Tabs } from '@mantine/core';
import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import { PredictionError, SharpnessPanel } from './features/chart/index.ts';
import { Cost } from './features/cost/Cost.tsx';
import { Log } from './features/dock/Log.tsx';
import { Samples } from './features/dock/Samples.tsx';
import { Growth } from './features/growth/Growth.tsx';
import { GrowthMap } from './features/map/Map.tsx';
import { useKept } from './state/kept.ts';
import { Runs } from './features/runs/Runs.tsx';
import { Setup } from './features/setup/Setup.tsx';
import { useStore } from './state/store.ts';
import { ChevronIcon } from './ui/icons.tsx';
import ui from './ui/ui.module.css';
import { Theory } from './features/theory/Theory.tsx';
import styles from './panels.module.css';

export type InspectorTab = 'setup' | 'growth' | 'theory';
export type DockTab = 'error' | 'sharpness' | 'samples' | 'cost' | 'map' | 'runs' | 'log';
export type PanelTab = InspectorTab | DockTab;

const WORDS: Readonly<Record<PanelTab, string>> = {
  setup: 'Setup',
  growth: 'Growth',
  theory: 'Theory',
  error: 'Prediction error',
  sharpness: 'Sharpness',
  samples: 'Samples',
  cost: 'Cost',
  map: 'Map',
  runs: 'Runs',
  log: 'Log',
};

/** Dock tabs in order: the difference panel comes first where theory is the subject. */
export function dockTabs(experiment: Pick<Experiment, 'predict'>): readonly DockTab[] {
  return experiment.predict.length > 0
    ? ['error', 'samples', 'sharpness', 'cost', 'map', 'runs', 'log']
    : ['samples', 'sharpness', 'cost', 'map', 'runs', 'log'];
}

export const INSPECTOR_TABS: readonly InspectorTab[] = ['setup', 'growth', 'theory'];

function contentOf(tab: PanelTab): ReactNode {
  switch (tab) {
    case 'setup':
      return <Setup />;
    case 'growth':
      return <Growth />;
    case 'theory':
      return <Theory />;
    case 'error':
      return <PredictionError />;
    case 'sharpness':
      return <SharpnessPanel />;
    case 'samples':
      return <Samples />;
    case 'cost':
      return <Cost />;
    case 'map':
      return <GrowthMap />;
    case 'runs':
      return <Runs />;
    case 'log':
      return <Log />;
    default:
      return neverTab(tab);
  }
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
            <Tabs.Tab key={tab} value={tab}>
              {WORDS[tab]}
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
              {tab === shown && built ? contentOf(tab) : null}
            </Tabs.Panel>
          ))}
    </Tabs>
  );
}

function neverTab(tab: never): never {
  throw new Error(`unknown tab ${String(tab)}`);
}
