import { setTimeout as sleep } from "node:timers/promises";
import { toIso } from "../../lib/clock.ts";
import { type Api, RefusedError } from "./api.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createDialogue, type Dialogue } from "./dialogue.ts";
import { createLink, type Link } from "./link.ts";
import type { Act, NetworkPlan } from "./network_plan.ts";
import { createPatience, type PatienceDeps } from "./patience.ts";
import type { Random } from "./random.ts";
import { createStarter, type Starter, toKioskHeaders } from "./starter.ts";
import { countError, type Tally } from "./tally.ts";
import type { PlannedEvent, Visit } from "./visit.ts";
import { reviewedSchema } from "./wire.ts";

export interface KioskDeps extends PatienceDeps {
  readonly api: Api;
  readonly tally: Tally;
  readonly speed: number;
  readonly kioskKey: string | null;
  /** Identifiers of this run; another stream than the plans', which repeat from run to run. */
  readonly ids: Random;
}

/** What remains of a played visit, for the report and for reading back. */
export interface VisitRecord {
  readonly visit: Visit;
  readonly network: NetworkPlan;
  readonly starter: Starter;
  readonly ledger: Ledger;
  /** What went wrong besides events: the start or the review. */
  readonly complaints: readonly string[];
}

interface Playing extends VisitRecord {
  readonly dialogue: Dialogue;
  readonly link: Link;
  readonly complaints: string[];
  readonly ids: Random;
}

/** Plays one visitor from the start of the mission to the end; all that it sent is answered then. */
export async function playVisit(
  { visit, network }: Pick<VisitRecord, "visit" | "network">,
  deps: KioskDeps,
): Promise<VisitRecord> {
  const ids = deps.ids.fork(`visitor ${visit.number}`);
  const complaints: string[] = [];
  const starter = createStarter(deps, {
    sessionId: ids.uuid(),
    idempotencyKey: ids.uuid(),
    missionType: visit.persona.mission,
    timestamp: toIso(deps.clock.now()),
    onComplaint: (complaint) => complaints.push(complaint),
  });
  await starter.start(network.start);
  const ledger = createLedger();
  const { dialogue, link } = connectAttempt({ network, starter, ledger }, deps);
  const playing = { visit, network, starter, ledger, dialogue, link, complaints, ids };
  const running = link.run();
  const lost = new Promise<never>((_, reject) => running.catch(reject));
  try {
    await Promise.race([playActs(playing, deps), lost]);
  } finally {
    await link.close(isSilent(visit));
  }
  await running;
  return { visit, network, starter, ledger, complaints };
}

function connectAttempt(
  { network, starter, ledger }: Pick<VisitRecord, "network" | "starter" | "ledger">,
  deps: KioskDeps,
): { readonly dialogue: Dialogue; readonly link: Link } {
  const patience = createPatience(deps);
  const attemptId = starter.attemptId();
  const dialogue = createDialogue({
    ...deps,
    attemptId,
    sessionId: starter.sessionId,
    saysHello: network.saysHello,
    ledger,
    tokenRefreshed: starter.keep,
    progressed: patience.reset,
  });
  const link = createLink({
    ...deps,
    attemptId,
    wsUrl: starter.wsUrl(),
    headers: toKioskHeaders(deps.kioskKey),
    dialogue,
    patience,
    token: starter.token,
    renewToken: starter.renew,
  });
  return { dialogue, link };
}

async function playActs(playing: Playing, deps: KioskDeps): Promise<void> {
  const { clock, speed, signal } = deps;
  const from = { atMs: clock.now(), monotonicMs: clock.monotonic() };
  let review = Promise.resolve();
  for (const act of playing.network.acts) {
    const waitMs = from.monotonicMs + act.atMs / speed - clock.monotonic();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    if (act.kind === "review") {
      review = sendReview(playing, deps);
      // It is awaited below; until then its failure must not count as nobody's.
      review.catch(() => {});
    }
    if (act.kind === "drop") playing.link.drop({ ...act, downMs: act.downMs / speed });
    if (act.kind !== "send") continue;
    const { offsetMs } = playing.visit.events[act.seq - 1];
    sendEvent({ ...act, timestamp: toIso(from.atMs + Math.round(offsetMs / speed)) }, playing);
  }
  await review;
  await playing.dialogue.drained();
}

function sendEvent(
  { seq, repeat, cut, timestamp }: Act & { readonly kind: "send"; readonly timestamp: string },
  { visit, ledger, dialogue, link, ids }: Playing,
): void {
  const event = visit.events[seq - 1];
  const { eventType } = event;
  const data = stamp(event, timestamp);
  ledger.add({ seq, clientEventId: ids.uuid(), eventType, timestamp, data });
  if (repeat) dialogue.send(seq);
  if (cut) link.sendAndCut(seq);
  else dialogue.send(seq);
}

function stamp({ data, stampAs }: PlannedEvent, timestamp: string): PlannedEvent["data"] {
  return stampAs === null ? data : { ...data, [stampAs]: timestamp };
}

/** A pending attempt takes no review, so it waits for the first answers. */
async function sendReview(
  { visit, starter, dialogue, complaints }: Playing,
  { tally }: KioskDeps,
): Promise<void> {
  await dialogue.drained();
  if (visit.restReview === null) return;
  const { offsetMs: _, ...body } = visit.restReview;
  const path = `/api/missions/${starter.attemptId()}/review`;
  try {
    await starter.call({ path, body, schema: reviewedSchema });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    countError(tally, error.code);
    complaints.push(`Review was refused: ${error.message}`);
  }
}

function isSilent({ persona: { ending } }: Visit): boolean {
  return ending.kind !== "completed" && ending.by === "silent";
}
