/** The page: bar above, chart in the middle, inspector beside it, dock below it, health at the foot. */
import { say } from './text/en/screen/page.ts';
import { type CSSProperties, startTransition, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import styles from './App.module.css';
import { PhoneBar, PhoneTransport, PresentBar, TopBar } from './features/bar/TopBar.tsx';
import { useWakeLock } from './features/background/wake-lock.ts';
import { LossChart, lossPlot, usePlanHeight } from './features/chart/index.ts';
import { Conclusion } from './features/conclusion/Conclusion.tsx';
import { FirstVisit } from './features/first-visit/FirstVisit.tsx';
import { useShortcuts } from './features/keys/Shortcuts.tsx';
import { DropTarget } from './features/open/DropTarget.tsx';
import {
  type DockTab,
  dockTabs,
  heightOf,
  inspectorTabs,
  type InspectorTab,
  isInspectorTab,
  Panel,
  type PanelTab,
  rowTabs,
} from './panels.tsx';
import { Sentence } from './features/setup/Sentence.tsx';
import { Banners } from './features/status/Banners.tsx';
import { PartBoundary } from './features/status/Broken.tsx';
import { Fetched } from './features/status/Fetched.tsx';
import { LaterDialog } from './features/status/LaterDialog.tsx';
import { Progress } from './features/status/Progress.tsx';
import { StatusBar } from './features/status/StatusBar.tsx';
import { TrainingStatus } from './features/status/TrainingStatus.tsx';
import { inLesson, isPresenting, isTraining } from './state/derived/derive.ts';
import { useSpotlight } from './state/spotlight.ts';
import { useStore } from './state/store.ts';
import { later } from './ui/later.tsx';
import { useLayout, useLow } from './ui/layout.ts';
import ui from './ui/ui.module.css';

const share = later(async () => (await import('./features/share/Share.tsx')).Share);
const figure = later(async () => (await import('./features/figure/Figure.tsx')).Figure);
const lessons = later(async () => (await import('./features/lesson/list/LessonList.tsx')).LessonList);
const player = later(async () => (await import('./features/lesson/player/Player.tsx')).Player);
const keys = later(async () => (await import('./features/keys/ShortcutList.tsx')).ShortcutList);

/** Setup before the first run, Growth at the first fusion; what someone picked stays. */
function useInspectorTab(): readonly [InspectorTab, (tab: InspectorTab) => void] {
  const [picked, setPicked] = useState<InspectorTab | null>(null);
  const [grown, setGrown] = useState(false);
  const fused = useStore((s) => s.growth !== null);
  useEffect(() => {
    // In slices of its own: the chart takes the fused network in at the same moment.
    if (fused) startTransition(() => setGrown(true));
  }, [fused]);
  const tab = picked ?? (grown ? 'growth' : 'setup');
  return [tab, setPicked];
}

export function App() {
  const layout = useLayout();
  const presenting = useStore(isPresenting);
  useWakeLock(useStore((s) => isPresenting(s) || (s.awake && isTraining(s))));
  const view = useStore((s) => s.view.view);
  const lesson = useStore(inLesson);
  const covered = useStore((s) => s.covered !== null);
  const spotlight = useSpotlight();
  // Deferred, so that building chart and dock is cut into slices and no task holds the page up.
  const started = useDeferredValue(useStore((s) => s.visited)) || lesson;
  const experiment = useStore((s) => s.experiment);
  const [inspector, setInspector] = useInspectorTab();
  const [dock, setDock] = useState<DockTab | null>(null);
  const [inRow, setInRow] = useState<PanelTab | null>(null);
  const low = useLow();
  const [unfolded, setUnfolded] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [listing, setListing] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const hide = useStore((s) => s.view.hide);
  const tabs = dockTabs(experiment, hide);
  const beside = inspectorTabs(hide);
  const row = rowTabs(experiment, hide);
  // In a lesson the one panel has the tabs that stand beside the chart otherwise.
  const below = lesson ? row : tabs;
  const plan = usePlanHeight();
  const narrow = layout === 'narrow' || layout === 'phone';
  const current: PanelTab = dock && tabs.includes(dock) ? dock : (tabs[0] ?? 'samples');

  const pick = useCallback(
    (tab: PanelTab) => {
      if (isInspectorTab(tab)) setInspector(tab);
      else setDock(tab);
      // In a lesson Setup, Growth and Theory lie below the chart, too.
      if (lesson || !isInspectorTab(tab)) setUnfolded(true);
      setInRow(tab);
    },
    [setInspector, lesson],
  );
  const fold = useMemo(() => (low ? { folded: !unfolded, toggle: () => setUnfolded(!unfolded) } : undefined), [low, unfolded]);
  const page = useMemo(
    () => ({ openTab: pick, openShare: () => setSharing(true), openKeys: () => setListing(true), openLessons: () => setChoosing(true) }),
    [pick],
  );
  useShortcuts(page);

  const status = hide.includes('status') ? null : <StatusBar />;
  const welcome = started || view === 'chart' ? undefined : <FirstVisit />;
  const chart = (
    <PartBoundary name={say.theChart} part={lossPlot}>
      <LossChart welcome={welcome} />
    </PartBoundary>
  );
  const dialogs = (
    <>
      <LaterDialog name={say.share} part={share} opened={sharing} onClose={() => setSharing(false)} />
      <LaterDialog name={say.lessons} part={lessons} opened={choosing} onClose={() => setChoosing(false)} />
      <LaterDialog name={say.theListOfKeys} part={keys} opened={listing} onClose={() => setListing(false)} />
      <TrainingStatus />
      <DropTarget />
    </>
  );

  if (view === 'chart')
    return (
      <div className={styles.page} data-layout="chart">
        <Banners />
        <Fetched name={say.theChart} part={figure} props={{ children: chart }} />
        <TrainingStatus />
      </div>
    );

  const text = lesson ? <Fetched name={say.theLesson} part={player} props={{ openTab: pick }} /> : null;

  if (presenting) {
    return (
      <div className={styles.page} data-layout="present">
        <PresentBar />
        <main className={styles.present}>
          <Banners />
          <div className={styles.shown} data-lesson={(lesson && !narrow) || undefined}>
            {narrow ? null : text}
            <section className={`${ui.card} ${styles.chart}`} aria-label={say.chart}>
              <Progress />
              {lesson ? null : <Conclusion />}
              {chart}
            </section>
          </div>
        </main>
        {narrow && text ? <div className={styles.sheet}>{text}</div> : null}
        {dialogs}
      </div>
    );
  }

  return (
    <div className={styles.page} data-layout={layout} data-spotlight={spotlight}>
      {layout === 'phone' ? <PhoneBar page={page} /> : <TopBar page={page} narrow={layout === 'narrow'} />}
      <main className={styles.main} data-started={started || undefined}>
        <Banners />
        <div className={styles.columns} data-alone={beside.length === 0 || undefined} data-lesson={lesson || undefined}>
          {narrow ? null : text}
          <div
            className={styles.centre}
            data-dock={below.length === 0 ? 'none' : fold?.folded ? 'folded' : heightOf(current)}
            data-low={low || undefined}
            style={{ '--plan': `${plan}px` } as CSSProperties}
          >
            <section className={`${ui.card} ${styles.chart}`} aria-label={say.chart}>
              {layout === 'phone' || lesson || hide.includes('sentence') ? null : <Sentence />}
              <Progress />
              {narrow || lesson ? null : <Conclusion />}
              {chart}
            </section>
            {/* Where the page scrolls, the chart keeps its height. */}
            {narrow && !lesson ? <Conclusion /> : null}
            {/* In the hand the chart comes first. */}
            {layout === 'phone' && !hide.includes('sentence') ? <Sentence /> : null}
            {/* Samples, errors and earlier runs would tell what a lesson has covered. */}
            {covered && below.length > 0 ? (
              <p className={`${ui.card} ${ui.note} ${narrow ? styles.row : styles.dock} ${styles.covered}`}>{say.closedUntilAnswered}</p>
            ) : null}
            {started && !covered && !narrow && below.length > 0 ? (
              <Panel
                label={say.evidence}
                tabs={below}
                value={lesson ? (inRow ?? 'samples') : current}
                onChange={pick}
                className={`${ui.card} ${styles.dock}`}
                fold={fold}
                reveals
              />
            ) : null}
            {narrow && !covered && row.length > 0 ? (
              <Panel
                label={say.panels}
                tabs={row}
                value={inRow ?? (started ? (inspector === 'setup' ? 'growth' : inspector) : 'setup')}
                onChange={pick}
                className={`${ui.card} ${styles.row}`}
              />
            ) : null}
          </div>
          {layout === 'phone' ? status : null}
          {narrow || lesson || beside.length === 0 ? null : (
            <Panel label={say.inspector} tabs={beside} value={inspector} onChange={pick} className={`${ui.card} ${styles.inspector}`} />
          )}
        </div>
      </main>
      {/* Over the chart, above the transport. */}
      {narrow && text ? <div className={styles.sheet}>{text}</div> : null}
      {layout === 'phone' ? <PhoneTransport /> : status}
      {dialogs}
    </div>
  );
}
