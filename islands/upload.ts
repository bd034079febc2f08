import type { BrowserClock } from "./clock.ts";

export interface UploadOptions {
  /** Of the interview: `/api/sessions/…/recordings`. */
  readonly url: string;
  readonly questionId: string;
  /** Of the session. */
  readonly csrf: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: BrowserClock;
  readonly signal: AbortSignal;
  /** Bytes that the server has. */
  readonly onProgress: (bytes: number) => void;
  /** It cannot be reached, or is busy; it is asked again. */
  readonly onWaiting: () => void;
}

/** The server does not want it, and would not later. */
export class RefusedError extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}`);
  }
}

/** Small enough to show how far it is, large enough to cost few requests. */
const PIECE_BYTES = 4 * 1024 * 1024;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Sends a file in pieces, for as long as it takes: after a cut it asks how much has arrived, and goes
 * on from there.
 * @throws RefusedError; the reason of the signal
 */
export async function upload(file: Blob, options: UploadOptions): Promise<void> {
  const { url, questionId, onProgress } = options;
  const send = createSender(options);
  const begun = await send(url, json({ questionId, size: file.size }));
  const path = `${url}/${begun.data.id}`;
  for (let offset = 0; offset < file.size;) {
    onProgress(offset);
    const piece = file.slice(offset, offset + PIECE_BYTES);
    const headers = {
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
    };
    // Whatever became of a piece: the server knows how much it has.
    const sent = await send(path, { method: "PATCH", headers, body: piece }, path);
    offset = sent.data.offset;
  }
  onProgress(file.size);
  await send(`${path}/finish`, { method: "POST" });
}

interface Answer {
  readonly data: { readonly id: string; readonly offset: number };
}

/** Asks until there is an answer; after a cut it asks at the address `otherwise`, if there is one. */
function createSender({ fetch, clock, csrf, signal, onWaiting }: UploadOptions) {
  async function once(url: string, init: RequestInit): Promise<Answer | number> {
    const headers = { ...init.headers, "x-csrf-token": csrf };
    const response = await fetch(url, { ...init, headers, signal }).catch(() => null);
    signal.throwIfAborted();
    if (response === null) return FIRST_PAUSE_MS;
    if (response.ok) return await response.json();
    await response.body?.cancel();
    if (response.status === 409 && init.method === "PATCH") return 0;
    if (response.status < 500 && response.status !== 429) throw new RefusedError(response.status);
    return Number(response.headers.get("retry-after") ?? 1) * 1000;
  }

  return async function send(
    url: string,
    init: RequestInit,
    otherwise: string | null = null,
  ): Promise<Answer> {
    let request: [url: string, init: RequestInit] = [url, init];
    for (let pauseMs = FIRST_PAUSE_MS;; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const answer = await once(...request);
      if (typeof answer !== "number") return answer;
      if (answer > 0) {
        onWaiting();
        await pause(clock, Math.max(answer, pauseMs * (0.5 + clock.random() / 2)));
        signal.throwIfAborted();
      }
      if (otherwise !== null) request = [otherwise, { method: "GET" }];
    }
  };
}

function json(body: object): RequestInit {
  const headers = { "content-type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

function pause(clock: BrowserClock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
