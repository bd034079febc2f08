import { AnalysisProgress } from "../../islands/AnalysisProgress.tsx";
import { AnswerTimer } from "../../islands/AnswerTimer.tsx";
import { ChartPanel } from "../../islands/ChartPanel.tsx";
import { ExportForm } from "../../islands/ExportForm.tsx";
import { KioskList } from "../../islands/KioskList.tsx";
import { LiveBadge } from "../../islands/LiveBadge.tsx";
import { LiveStream } from "../../islands/LiveStream.tsx";
import { MetricsPanel } from "../../islands/MetricsPanel.tsx";
import { OverviewPanel } from "../../islands/OverviewPanel.tsx";
import { PrintButton } from "../../islands/PrintButton.tsx";
import { RecentEvents } from "../../islands/RecentEvents.tsx";
import { ThemeSwitch } from "../../islands/ThemeSwitch.tsx";
import { island } from "../../lib/ui/island.tsx";

/** The live parts as pages use them; the names are those of `islands/registry.ts`. */
export const AnalysisProgressIsland = island("AnalysisProgress", AnalysisProgress);
export const AnswerTimerIsland = island("AnswerTimer", AnswerTimer);
export const ChartPanelIsland = island("ChartPanel", ChartPanel);
export const ExportFormIsland = island("ExportForm", ExportForm);
export const KioskListIsland = island("KioskList", KioskList);
export const LiveBadgeIsland = island("LiveBadge", LiveBadge);
export const LiveStreamIsland = island("LiveStream", LiveStream);
export const MetricsPanelIsland = island("MetricsPanel", MetricsPanel);
export const OverviewPanelIsland = island("OverviewPanel", OverviewPanel);
export const PrintButtonIsland = island("PrintButton", PrintButton);
export const RecentEventsIsland = island("RecentEvents", RecentEvents);
export const ThemeSwitchIsland = island("ThemeSwitch", ThemeSwitch);
