import { ADMIN, ADMIN_PASSWORD_HASH } from "../../tools/known_admin.ts";

/** Settings with which the server knows who asks. */
export const KNOWN_ADMIN = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD_HASH };

export interface StoredEvent {
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StoredAttempt {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly missionType: string;
  readonly status: string;
  readonly startTime: string;
  readonly review: { readonly rating: number; readonly feedback: string | null } | null;
  readonly endTime: string | null;
  readonly succeededAt: string | null;
  readonly path: string | null;
  readonly steps: readonly { readonly step: number; readonly derived: boolean }[];
  readonly leftAtRating: boolean;
  readonly quitKind: string | null;
  readonly quitReason: string | null;
}

/** What the server has stored, as an operator reads it. */
export interface Store {
  /** Attempts since the store was opened, in the order of their starts. */
  attempts(): Promise<StoredAttempt[]>;
  events(attemptId: string): Promise<StoredEvent[]>;
}

export async function openStore(origin: string): Promise<Store> {
  const since = Date.now();
  const answer = await fetch(`${origin}/api/admin/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: ADMIN.username, password: ADMIN.password }),
  });
  const { data: { token } } = await answer.json();
  async function get(path: string) {
    const answer = await fetch(`${origin}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()).data;
  }
  return {
    async attempts() {
      const newest = "/api/missions?sortBy=startTime&order=desc&limit=100";
      const listed: StoredAttempt[] = (await get(newest)).attempts;
      const own = listed.filter(({ startTime }) => Date.parse(startTime) >= since).reverse();
      return await Promise.all(own.map(({ attemptId }) => get(`/api/missions/${attemptId}`)));
    },
    events: async (attemptId) => (await get(`/api/missions/${attemptId}/events?limit=500`)).events,
  };
}
