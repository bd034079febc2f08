/** What the server answers to a request that it refuses. */
export class DocentError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** From the server's closed list, such as `VALIDATION_ERROR`; `NETWORK` when there was no answer. */
  readonly code: string;
  readonly details: unknown;

  constructor(message: string, { status, code, details, cause }: DocentErrorOptions) {
    super(message, { cause });
    this.name = "DocentError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export interface DocentErrorOptions {
  readonly status: number;
  readonly code: string;
  readonly details?: unknown;
  readonly cause?: unknown;
}

export interface ApiOptions {
  /** Where the server is, without a slash at the end; the page's own origin without it. */
  readonly baseUrl?: string;
  /** The access token of the moment: asked for at each request and each connection. */
  readonly token: () => string | null | Promise<string | null>;
  readonly fetch?: typeof fetch;
}

export interface Api {
  /** @throws DocentError */
  send<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export function createApi({ baseUrl = "", token, fetch = globalThis.fetch }: ApiOptions): Api {
  async function ask(method: string, path: string, body: unknown): Promise<Response> {
    const bearer = await token();
    const headers: Record<string, string> = {};
    if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    try {
      return await fetch(`${baseUrl}${path}`, { method, headers, body: JSON.stringify(body) });
    } catch (cause) {
      throw new DocentError("Server cannot be reached", { status: 0, code: "NETWORK", cause });
    }
  }

  return {
    async send(method, path, body) {
      const response = await ask(method, path, body);
      const answer = await response.json().catch(() => null);
      if (response.ok) return answer;
      const { code = "UNKNOWN", message = response.statusText, details } = answer?.error ?? {};
      throw new DocentError(message, { status: response.status, code, details });
    },
  };
}
