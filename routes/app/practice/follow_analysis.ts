import type { Clock } from "../../../lib/clock.ts";
import type { Interviews } from "../../../lib/interviews/mod.ts";
import type { AnalysisStep } from "../../../lib/interviews/view.ts";
import { createDoorbell } from "../../../lib/log/doorbell.ts";

export interface AnalysisFollowDeps {
  readonly clock: Clock;
  readonly interviews: Pick<Interviews, "analyses" | "watch">;
}

/** One page that waits for an analysis. */
export interface AnalysisWatcher {
  readonly userId: string;
  readonly analysisId: string;
  /** Asked at each beat: the stream ends with the session that opened it. */
  readonly isWelcome: () => Promise<boolean>;
  /** Aborted when the page or the server goes. */
  readonly signal: AbortSignal;
  /** Resolves when the page has room for more. */
  readonly send: (name: "step" | "end" | "beat", data: object) => Promise<void>;
}

/** A sign of life for proxies in between. */
const BEAT_MS = 15_000;

/** Sends a page the steps of an analysis from now on, until it is at its end or one side goes. */
export async function followAnalysis(
  { clock, interviews }: AnalysisFollowDeps,
  { userId, analysisId, isWelcome, signal, send }: AnalysisWatcher,
): Promise<void> {
  const rung = createDoorbell();
  let step: AnalysisStep | null = null;
  /** A ring while the page is busy is not heard. */
  let hasChanged = false;
  let beatAt = clock.monotonic();
  const leave = interviews.watch((_userId, change) => {
    if (!("analysis" in change) || change.analysis.analysisId !== analysisId) return;
    if (change.kind === "analysis:progress") step = change;
    hasChanged = true;
    rung.ring();
  });
  try {
    while (!signal.aborted) {
      hasChanged = false;
      const { status } = await interviews.analyses.get(userId, analysisId);
      if (status === "completed" || status === "failed") return await send("end", { status });
      const latest = takeStep();
      if (latest !== null) await send("step", { percent: latest.percent, stage: latest.stage });
      if (clock.monotonic() - beatAt >= BEAT_MS) {
        if (!await isWelcome()) return;
        beatAt = clock.monotonic();
        await send("beat", {});
      }
      if (!hasChanged) await rung.wait(signal, BEAT_MS);
    }
  } finally {
    leave();
  }

  /** Of those that came while the page was busy the last one is enough. */
  function takeStep(): AnalysisStep | null {
    const latest = step;
    step = null;
    return latest;
  }
}
