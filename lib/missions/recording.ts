import { AppError } from "../errors.ts";
import { type MissionsContext, noAttempt } from "./context.ts";
import type { AttemptGate } from "./gate.ts";
import { type Arrival, decideEvent } from "./record.ts";
import { decideReview } from "./review.ts";
import type { MissionFact, ReviewInput, StoredReview } from "./schema.ts";

/** What an acknowledgement says. */
export interface Receipt {
  readonly eventId: string;
  readonly duplicate: boolean;
  /** Every `seq` up to here is durable. */
  readonly ackUpTo: number;
  /** The first `seq` that is missing before this event; null when none is. */
  readonly gapFrom: number | null;
}

export interface Connected {
  readonly ackUpTo: number;
  /** The attempt is over; what was not acknowledged is still taken. */
  readonly hasEnded: boolean;
  /** That started the attempt with its key; null without one. */
  readonly kioskId: string | null;
}

/** An ended attempt still takes connections for this long, for what was not acknowledged. */
const RECONNECT_GRACE_MS = 24 * 3_600_000;

/** What a kiosk does to a running attempt: connect, send events, rate. */
export function createRecording(context: MissionsContext) {
  const { clock, ids, log, gates, commit, decide } = context;

  /**
   * Opens a connection for an attempt; a pending attempt begins (M-05). Its gate stays in memory
   * until `disconnect`.
   * @throws AppError NOT_FOUND; ATTEMPT_EXPIRED a day after the end, and without its events
   */
  function connect(attemptId: string, connectionId: string, tokenHash: string): Promise<Connected> {
    return gates.use(attemptId, async (gate) => {
      if (gate === null) throw noAttempt();
      refuseLongEnded(gate, clock.now());
      gates.pin(attemptId);
      // Now: what is taken during the commit below may not be durable after it.
      const { ackUpTo } = gate.firsts;
      const at = clock.now();
      try {
        await decide(gate, { type: "missions.connected", attemptId, connectionId, tokenHash, at });
      } catch (error) {
        gates.unpin(attemptId);
        throw error;
      }
      const hasEnded = gate.lifecycle.terminal !== null || gate.lifecycle.expiredAt !== null;
      return { ackUpTo, hasEnded, kioskId: gate.kioskId };
    });
  }

  /** The connection has ended; the row then says when the visitor was last there. */
  async function disconnect(attemptId: string, connectionId: string): Promise<void> {
    gates.unpin(attemptId);
    const type = "missions.disconnected";
    const fact: MissionFact = { type, attemptId, connectionId, at: clock.now() };
    await log.append([fact]);
  }

  /**
   * Stores one event; resolves after the commit. A repeat resolves with the first one's id.
   * @throws AppError as `decideEvent` refuses; PAYLOAD_TOO_LARGE; UNAVAILABLE when not stored
   */
  function record(attemptId: string, arrival: Arrival): Promise<Receipt> {
    return gates.use(attemptId, (gate) => {
      if (gate === null) throw noAttempt();
      const decision = decideEvent(gate, arrival, ids);
      const { ackUpTo } = gate.firsts;
      if (decision.kind === "refused") {
        context.onRefusal(decision.reason);
        throw decision.error;
      }
      const { eventId } = decision;
      if (decision.kind === "repeat") {
        const receipt = { eventId, duplicate: true, ackUpTo, gapFrom: null };
        return Promise.resolve(gate.pending).then(() => receipt);
      }
      const receipt = { eventId, duplicate: false, ackUpTo, gapFrom: decision.gapFrom };
      return commit(gate, decision.facts).then(() => receipt);
    });
  }

  /**
   * Stores the visitor's rating (M-08); the same one again gives the same review (T-M13).
   * @throws AppError CONFLICT before the attempt began, or for another rating after a minute
   */
  function review(attemptId: string, input: ReviewInput): Promise<StoredReview> {
    return gates.use(attemptId, async (gate) => {
      if (gate === null) throw noAttempt();
      if (gate.lifecycle.phase === "pending") {
        throw new AppError("CONFLICT", "Attempt has not begun, it cannot be rated yet");
      }
      const decision = decideReview(input, {
        attemptId,
        known: gate.review,
        now: clock.now(),
        newReviewId: ids.review,
        via: "rest",
      });
      if (decision.kind === "same") await gate.pending;
      else await decide(gate, decision.fact);
      return decision.review;
    });
  }

  return { connect, disconnect, record, review };
}

function refuseLongEnded(gate: AttemptGate, now: number): void {
  const { lifecycle, clockOffsetMs, eventsRemovedAt } = gate;
  const { terminal, expiredAt } = lifecycle;
  // The end is told by the kiosk's clock, which may be days off.
  const endedAt = terminal === null ? expiredAt : terminal.at - clockOffsetMs;
  const isOpen = endedAt === null || now - endedAt <= RECONNECT_GRACE_MS;
  if (isOpen && eventsRemovedAt === null) return;
  throw new AppError("ATTEMPT_EXPIRED", "Attempt has ended");
}
