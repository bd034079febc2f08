import type { Audit } from "../lib/audit/mod.ts";
import type { ApiKeys } from "../lib/auth/api_keys.ts";
import type { Auth } from "../lib/auth/mod.ts";
import type { Tokens } from "../lib/auth/tokens.ts";
import type { Clock } from "../lib/clock.ts";
import type { Config } from "../lib/config/mod.ts";
import type { Logger } from "../lib/logger.ts";
import type { Metrics } from "../lib/metrics/mod.ts";
import type { AdminDeps } from "./admin/app.tsx";
import type { EventStreamDeps } from "./pages/event_stream.ts";
import type { AnalyticsRoutesDeps } from "./api/analytics.ts";
import type { UserRoutesDeps } from "./api/auth/users.ts";
import type { EventRoutesDeps } from "./api/events.ts";
import type { ExportRoutesDeps } from "./api/export.ts";
import type { InterviewRoutesDeps } from "./api/interviews/sessions.ts";
import type { KioskRoutesDeps } from "./api/kiosks/devices.ts";
import type { ImportQueue } from "./api/kiosks/import.ts";
import type { MaintenanceRoutesDeps } from "./api/maintenance.ts";
import type { BatchRoutesDeps } from "./api/mission_batch.ts";
import type { MissionRoutesDeps } from "./api/missions.ts";
import type { LearningRoutesDeps } from "./api/people/learning.ts";
import type { WebsocketRoutesDeps } from "./api/websocket.ts";
import type { Assets } from "./assets.ts";
import type { HealthDeps } from "./health.ts";
import type { MetricsDeps } from "./metrics.ts";
import type { RequestContextDeps } from "./middleware/context.ts";

/** What all that answers HTTP stands on. */
export interface AppDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly http: Config["http"];
  readonly limits: Config["limits"];
  /** Cookies are for HTTPS, and browsers are told to come by nothing else. */
  readonly production: boolean;
  /** Tells the stack of a fault to who asks from this machine; for development alone (P-26). */
  readonly showsFaults: boolean;
  /** Of the exhibition, IANA name. */
  readonly timeZone: string;
  /** Whether `/kiosk` plays the missions. */
  readonly demoKiosk: Config["exhibition"]["demoKiosk"];
  readonly auth: Auth;
  readonly tokens: Tokens;
  readonly assets: Assets;
  readonly context: Omit<RequestContextDeps, "sessions">;
  readonly admin: Pick<AdminDeps, "content"> & {
    readonly live: Omit<AdminDeps["live"], "isSignedIn">;
    readonly metrics: Omit<AdminDeps["metrics"], "isSignedIn">;
    readonly kiosks: Omit<AdminDeps["kiosks"], "isSignedIn" | "importQueue">;
  };
  readonly missions: MissionRoutesDeps & Omit<BatchRoutesDeps, "origins">;
  readonly analytics: AnalyticsRoutesDeps;
  readonly events: EventRoutesDeps;
  /** Of events of any kind; `metrics` are Prometheus' own. */
  readonly figures: Pick<Metrics, "dashboard" | "analytics">;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly mailer: AdminDeps["administration"]["mailer"];
  readonly exports: ExportRoutesDeps;
  readonly people: LearningRoutesDeps;
  readonly users: UserRoutesDeps;
  readonly maintenance: MaintenanceRoutesDeps;
  readonly websocket: WebsocketRoutesDeps;
  readonly interviews: InterviewRoutesDeps;
  /** Of the pages on which people wait for their feedback. */
  readonly practice: Omit<EventStreamDeps, "isSignedIn">;
  readonly kiosks: KioskRoutesDeps & { readonly importQueue: ImportQueue };
  readonly health: HealthDeps;
  readonly metrics: MetricsDeps;
}
