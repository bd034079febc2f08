import type { ComponentType } from "preact";
import { AnalysisProgress } from "./AnalysisProgress.tsx";
import { AnswerRecorder } from "./AnswerRecorder.tsx";
import { AnswerTimer } from "./AnswerTimer.tsx";
import { ChartPanel } from "./ChartPanel.tsx";
import { ExportForm } from "./ExportForm.tsx";
import { KioskList } from "./KioskList.tsx";
import { LiveBadge } from "./LiveBadge.tsx";
import { LiveStream } from "./LiveStream.tsx";
import { MetricsPanel } from "./MetricsPanel.tsx";
import { OverviewPanel } from "./OverviewPanel.tsx";
import { PrintButton } from "./PrintButton.tsx";
import { RecentEvents } from "./RecentEvents.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";
import { UnreadCount } from "./UnreadCount.tsx";

/** Every component that a page may make live. All are small: what is heavy they load when drawn. */
export const ISLANDS = {
  AnalysisProgress,
  AnswerRecorder,
  AnswerTimer,
  ChartPanel,
  ExportForm,
  KioskList,
  LiveBadge,
  LiveStream,
  MetricsPanel,
  OverviewPanel,
  PrintButton,
  RecentEvents,
  ThemeSwitch,
  UnreadCount,
};

export type IslandName = keyof typeof ISLANDS;

/** The component of a name found in a page; null when the page is of another build. */
export function findIsland(name: string | undefined): ComponentType<object> | null {
  if (name === undefined || !Object.hasOwn(ISLANDS, name)) return null;
  return ISLANDS[name as IslandName] as ComponentType<object>;
}
