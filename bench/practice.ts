import { createAccounts, newAccount } from "../lib/auth/accounts.ts";
import { createPasswords } from "../lib/auth/passwords.ts";
import type { Kv } from "../lib/kv/port.ts";

const PASSWORD = "correct horse battery";

/** Makes accounts that may sign in; gives their addresses. */
export async function fillPeople(kv: Kv, count: number): Promise<string[]> {
  const passwords = createPasswords();
  const passwordHash = await passwords.hash(PASSWORD);
  passwords.close();
  const accounts = createAccounts(kv);
  const emails = Array.from({ length: count }, (_, at) => `candidate${at}@example.org`);
  for (const [at, email] of emails.entries()) {
    const userId = `user_${String(at).padStart(22, "0")}`;
    const account = newAccount({ userId, username: email, name: email, now: 1, role: "user" });
    await accounts.create({ ...account, email, passwordHash, emailVerifiedAt: 1 });
  }
  return emails;
}

/** Somebody who practises over HTTP. */
export interface Candidate {
  /** The `data` of the answer, and how long it took until it was read. */
  ask(method: string, path: string, body?: unknown): Promise<Asked>;
  /** Milliseconds until all of an export was read, and its size. */
  download(format: "json" | "csv"): Promise<{ ms: number; bytes: number }>;
}

export interface Asked {
  readonly ms: number;
  // deno-lint-ignore no-explicit-any
  readonly data: any;
}

let addresses = 0;

/** Milliseconds that signing in took, and who did. */
export async function signInAs(
  url: string,
  email: string,
): Promise<{ ms: number; candidate: Candidate }> {
  // Of an address of its own: tries are counted by address.
  const from = `10.1.${addresses >> 8}.${addresses++ & 255}`;
  const startedAt = performance.now();
  const { accessToken } = await send(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": from },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const ms = performance.now() - startedAt;
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  return {
    ms,
    candidate: {
      async ask(method, path, body) {
        const from = performance.now();
        const json = body === undefined ? undefined : JSON.stringify(body);
        const data = await send(url + path, { method, headers, body: json });
        return { ms: performance.now() - from, data };
      },
      async download(format) {
        const from = performance.now();
        const init = { method: "POST", headers, body: JSON.stringify({ format }) };
        const response = await fetch(`${url}/api/analytics/export`, init);
        const { byteLength: bytes } = await response.arrayBuffer();
        if (!response.ok) throw new Error(`Export was answered by ${response.status}`);
        return { ms: performance.now() - from, bytes };
      },
    },
  };
}

// deno-lint-ignore no-explicit-any
async function send(url: string, init: RequestInit): Promise<any> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} was answered by ${response.status}: ${text}`);
  return JSON.parse(text).data;
}
