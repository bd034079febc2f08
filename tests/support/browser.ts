import { ADMIN, type TestApp } from "./test_app.ts";

const ORIGIN = "http://localhost";

/** What a browser without script does: keeps cookies, opens addresses, sends forms. */
export interface Browser {
  readonly cookies: Map<string, string>;
  open(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form from a page of ours; headers may say otherwise. */
  send(
    path: string,
    fields: Record<string, string> | FormData,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Signs in as the administrator of the settings. */
  signIn(): Promise<Response>;
  /** The session's token, as a page carries it; the dashboard unless another is named. */
  csrfToken(path?: string): Promise<string>;
}

export function openBrowser(app: TestApp): Browser {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit, headers: Record<string, string>) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await app.request(path, {
      ...init,
      headers: { accept: "text/html", ...(cookie && { cookie }), ...headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  const open = (path: string, headers = {}) => ask(path, {}, headers);
  const send = (path: string, fields: Record<string, string> | FormData, headers = {}) => {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    return ask(path, { method: "POST", body }, { origin: ORIGIN, ...headers });
  };

  return {
    cookies,
    open,
    send,
    signIn: () => send("/admin/login", { ...ADMIN }),
    async csrfToken(path = "/admin/dashboard") {
      const html = await (await open(path)).text();
      return /name="_csrf" value="([^"]+)"/.exec(html)![1];
    },
  };
}
