import { type Api, RefusedError, type Request } from "./api.ts";
import type { NetworkPlan } from "./network_plan.ts";
import { type Started, startedSchema } from "./wire.ts";

export interface StartParts {
  readonly sessionId: string;
  readonly idempotencyKey: string;
  readonly missionType: string;
  readonly timestamp: string;
  onComplaint(complaint: string): void;
}

/** One attempt's start, which may be repeated by its key, and the token that it gave last. */
export interface Starter {
  readonly sessionId: string;
  readonly startTime: string;
  attemptId(): string;
  wsUrl(): string;
  token(): string;
  /** Another token came over the socket. */
  keep(token: string): void;
  start(how: NetworkPlan["start"]): Promise<void>;
  /** Starts again by the same key, for a token that lives. */
  renew(): Promise<void>;
  /** A request of the attempt itself, with a new token if the old one is past its life. */
  call<T>(request: Omit<Request<T>, "bearer" | "headers">): Promise<T>;
}

export function createStarter(
  { api, kioskKey }: { readonly api: Api; readonly kioskKey: string | null },
  parts: StartParts,
): Starter {
  const { sessionId, idempotencyKey, missionType, timestamp, onComplaint } = parts;
  let started: Started | null = null;
  const get = () => {
    if (started === null) throw new Error("Attempt is not started");
    return started;
  };
  const renew = async () => {
    const answer = await api.call({
      path: "/api/missions/start",
      body: { sessionId, missionType, timestamp },
      headers: { "idempotency-key": idempotencyKey, ...toKioskHeaders(kioskKey) },
      schema: startedSchema,
    });
    if (started !== null && started.attemptId !== answer.attemptId) {
      onComplaint(`Start repeated by its key gave "${answer.attemptId}" besides`);
    } else started = answer;
  };
  const callOnce = <T>(request: Omit<Request<T>, "bearer" | "headers">) =>
    api.call({ ...request, bearer: get().wsToken, headers: toKioskHeaders(kioskKey) });
  return {
    sessionId,
    startTime: timestamp,
    renew,
    async call(request) {
      try {
        return await callOnce(request);
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 401) throw error;
        await renew();
        return await callOnce(request);
      }
    },
    attemptId: () => get().attemptId,
    wsUrl: () => get().wsUrl,
    token: () => get().wsToken,
    keep: (wsToken) => void (started = { ...get(), wsToken }),
    async start(how) {
      if (how === "together") await Promise.all([renew(), renew()]);
      else await renew();
      if (how === "again") await renew();
    },
  };
}

export function toKioskHeaders(kioskKey: string | null): Readonly<Record<string, string>> {
  return kioskKey === null ? {} : { "x-kiosk-key": kioskKey };
}
