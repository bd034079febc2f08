import assert from "node:assert/strict";
import { asAdmin, ask } from "./http.ts";
import { post, type TestApp } from "./test_app.ts";

/** The header of a new key with these scopes. */
export async function apiKey(app: TestApp, ...scopes: string[]) {
  const { headers } = await asAdmin(app);
  const made = await ask(app, "/api/admin/api-keys", post({ name: "web", scopes }, headers));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return { "x-api-key": String(made.body.data.key) };
}
