import type { Audit } from "../lib/audit/mod.ts";
import { type Clock, toIso } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { isJsonObject } from "../lib/json.ts";
import type { Kiosks, QueueFile, QueueReport } from "../lib/kiosks/mod.ts";
import { batchAttemptSchema, type MissionsService } from "../lib/missions/mod.ts";
import type { TextLine } from "../lib/text_lines.ts";
import { isCredible } from "../lib/timestamp.ts";
import { validate } from "../lib/validation.ts";

export interface QueueImportDeps {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly kiosks: Pick<Kiosks, "readQueueFile">;
  readonly missions: Pick<MissionsService, "recordAttempt">;
  readonly onMessage: (outcome: "stored" | "duplicate" | "refused") => void;
}

/** Told one by one; a file that is all wrong is told by its first. */
const MAX_FAULTS = 100;
const ATTEMPT = { code: "VALIDATION_ERROR", what: "Attempt validation failed" } as const;

/**
 * Takes in what a kiosk could not send, by the way that a batch goes: the same file again, or what
 * the kiosk has sent meanwhile, changes nothing.
 */
export function createQueueImport(deps: QueueImportDeps) {
  const { clock, audit, kiosks, missions } = deps;

  return async function importQueue(lines: AsyncIterable<TextLine>, by: string) {
    const file = await kiosks.readQueueFile(lines);
    const { kioskId } = file;
    const attemptIds = new Set<string>();
    const faults: QueueReport["faults"][number][] = [];
    const counts = { events: 0, stored: 0, known: 0, refused: 0 };

    function refuse(attemptId: string | null, { code, message, details }: AppError): void {
      counts.refused++;
      deps.onMessage("refused");
      if (faults.length === MAX_FAULTS) return;
      const { field, expected } = details ?? {};
      faults.push({ attemptId, code, message, field, expected });
    }

    async function take(part: unknown): Promise<void> {
      const sentAt = sentAtOf(file, clock.now());
      const { events, ...attempt } = validate(batchAttemptSchema, part, ATTEMPT);
      const sent = events.map((it) => isJsonObject(it) ? { ...it, sentAt: toIso(sentAt) } : it);
      const input = { ...attempt, sentAt, events: sent };
      const taken = await missions.recordAttempt(input, { kioskId, waitMs: () => 0 });
      attemptIds.add(taken.attemptId);
      counts.events += taken.results.length;
      for (const { outcome } of taken.results) {
        if (outcome instanceof AppError) refuse(taken.attemptId, outcome);
        else {
          counts[outcome.duplicate ? "known" : "stored"]++;
          deps.onMessage(outcome.duplicate ? "duplicate" : "stored");
        }
      }
    }

    // One after the other: parts of one attempt stand in their order.
    for (const part of file.attempts) {
      try {
        await take(part);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "UNAVAILABLE") throw error;
        refuse(null, error);
      }
    }
    const detail = `${counts.stored} of ${counts.events} events were new`;
    await audit.record({ action: "queue.imported", target: kioskId, by, detail });
    const exportedAt = toIso(file.exportedAt);
    const report: QueueReport = {
      kioskId,
      exportedAt,
      attempts: attemptIds.size,
      ...counts,
      faults,
    };
    return report;
  };
}

/**
 * When the kiosk would have sent it, by its own clock, had it sent it now: by that its clock is set
 * right. One that was never measured is taken for right, unless it is plainly ahead, or has lost
 * its time: the file may have been carried for days, and they are no fault of the clock.
 */
function sentAtOf({ exportedAt, clockOffsetMs }: QueueFile, now: number): number {
  if (clockOffsetMs !== null) return Math.round(now + clockOffsetMs);
  return isCredible(exportedAt) ? Math.max(now, exportedAt) : exportedAt;
}
