import { equal, match } from "node:assert/strict";
import type { Kv } from "../../../lib/kv/port.ts";
import type { Logger } from "../../../lib/logger.ts";
import { openBrowser } from "../../support/browser.ts";
import { post, testApp } from "../../support/test_app.ts";

const PASSWORD = "a password that nobody may read";

/** Keeps what was logged, as text. */
function keepingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const log = (message: string, properties: Record<string, unknown> = {}) => {
    const errors = Object.values(properties).map((it) => it instanceof Error ? describe(it) : it);
    lines.push(`${message} ${JSON.stringify(errors)}`);
  };
  return { lines, debug: log, info: log, warn: log, error: log };
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? describe(error.cause) : "";
  return `${error.stack} ${JSON.stringify(error)} ${cause}`;
}

/** A store whose accounts cannot be read. */
function withoutAccounts(kv: Kv): Kv {
  return new Proxy(kv, {
    get(target, name) {
      if (name !== "get") return Reflect.get(target, name).bind(target);
      return (key: Deno.KvKey) => {
        if (key[1] === "username_claims" && key[2] === "kim") {
          throw new Error("disk sector 7 is gone");
        }
        return target.get(key);
      };
    },
  });
}

Deno.test("[M-56] no password is logged or shown, even when signing in breaks; nor is the fault", async () => {
  using kv = await Deno.openKv(":memory:");
  const logger = keepingLogger();
  await using app = await testApp({ parts: { logger, kv: withoutAccounts(kv) } });
  const browser = openBrowser(app);
  const sent = { username: "kim", password: PASSWORD };
  const form = await browser.send("/admin/login", sent, { "accept-language": "en" });
  const html = await form.text();
  const api = await app.request("/api/admin/login", post(sent));
  const json = await api.text();
  equal(`${form.status} ${api.status}`, "503 503");
  match(html, /Not available right now[^]*req_\d+/);
  match(logger.lines.join("\n"), /disk sector 7/);
  equal(logger.lines.length, 2);
  for (const text of [html, json, ...logger.lines]) equal(text.includes(PASSWORD), false);
  for (const text of [html, json]) equal(/disk|sector|stack/.test(text), false);
});
