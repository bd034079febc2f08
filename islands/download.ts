/** How far a download has come. */
export interface Progress {
  readonly bytes: number;
  /** Lines so far; in every format a record stands in one, so they tell the records. */
  readonly lines: number;
  /** Records in all; null where the server does not know before the end. */
  readonly total: number | null;
}

/** A file that came to its end. */
export interface Downloaded {
  readonly name: string;
  readonly file: Blob;
  /** Attempts whose events would be in it, had they not been removed because of their age. */
  readonly withoutEvents: number;
}

/** The server's answer was no file. */
export class NoFileError extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}`);
  }
}

export interface DownloadOptions {
  readonly fetch: (url: string, init: { signal: AbortSignal }) => Promise<Response>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const LINE_FEED = 0x0a;

/**
 * Fetches a file and tells how far it is. What arrived is the browser's to keep, on disk where it is
 * large; a file that breaks off is none.
 * @throws NoFileError; whatever `fetch` throws for a connection that broke, and at the signal
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const response = await options.fetch(url, { signal: options.signal });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new NoFileError(response.status);
  }
  const { headers } = response;
  const counted = response.body.pipeThrough(counter(numberIn(headers, "x-record-count"), options));
  return {
    name: /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "export",
    file: await new Response(counted).blob(),
    withoutEvents: numberIn(headers, "x-attempts-without-events") ?? 0,
  };
}

function counter(total: number | null, { onProgress }: DownloadOptions) {
  let bytes = 0;
  let lines = 0;
  onProgress({ bytes, lines, total });
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === LINE_FEED) lines++;
      onProgress({ bytes, lines, total });
      controller.enqueue(chunk);
    },
  });
}

function numberIn(headers: Headers, name: string): number | null {
  const value = headers.get(name);
  return value === null ? null : Number(value);
}
