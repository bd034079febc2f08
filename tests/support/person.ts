import type { Account } from "../../lib/auth/accounts.ts";
import { newStaff } from "../../lib/auth/settings_account.ts";
import type { Role } from "../../lib/auth/roles.ts";
import { ask, bearer } from "./http.ts";
import { post, type TestApp } from "./test_app.ts";

export interface Person {
  readonly userId: string;
  readonly token: string;
  get(path: string): ReturnType<typeof ask>;
  /** A request with a JSON body, or with none. */
  send(method: string, path: string, body?: unknown): ReturnType<typeof ask>;
}

let count = 0;

/** Somebody with an account, signed in. */
export async function person(app: TestApp, role: Role = "user"): Promise<Person> {
  const { auth, tokens } = app.docent;
  const userId = `user_${String(++count).padStart(22, "0")}`;
  const email = `person${count}@example.org`;
  const account: Account = {
    ...newStaff({ userId, username: email, passwordHash: "", now: 1 }),
    email,
    role,
  };
  if (!(await auth.accounts.create(account))) throw new Error(`Account ${email} is taken`);
  const client = { userAgent: "test", address: "::1", ttlSec: tokens.loginTtlSec };
  const { session } = await auth.sessions.start({ ...client, userId });
  const token = await tokens.signLogin(session);
  return {
    userId,
    token,
    get: (path) => ask(app, path, bearer(token)),
    send: (method, path, body) =>
      ask(
        app,
        path,
        body === undefined
          ? { method, ...bearer(token) }
          : { ...post(body, bearer(token).headers), method },
      ),
  };
}
