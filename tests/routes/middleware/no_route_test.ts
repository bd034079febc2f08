import assert from "node:assert/strict";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { testApp } from "../../support/test_app.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

function allowed(headers: Headers): string[] {
  return (headers.get("allow") ?? "").split(", ").sort();
}

/** Which paths a documented one, `/api/missions/{attemptId}`, is the pattern of. */
function toPathTest(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

Deno.test("[M-62] every documented path answers a method that is not its own with 405 and Allow", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  const { body: { paths } } = await ask(app, "/api/openapi.json");
  const patterns = Object.keys(paths);
  let asked = 0;
  for (const pattern of patterns) {
    const path = pattern.replaceAll(/\{\w+\}/g, "attempt_1");
    // A word of one path may be an id of another, as in /api/missions/start.
    const own = patterns.filter((it) => toPathTest(it).test(path))
      .flatMap((it) => Object.keys(paths[it]).map((method) => method.toUpperCase()));
    const taken = [...own, ...(own.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    for (const method of METHODS.filter((it) => !taken.includes(it))) {
      const answer = await ask(app, path, { ...admin, method });
      if (method === "HEAD") assert.equal(answer.status, 405, `${method} ${path}`);
      else assertError(answer, { status: 405, code: "METHOD_NOT_ALLOWED", field: "method" });
      assert.ok(taken.every((it) => allowed(answer.headers).includes(it)), `${method} ${path}`);
      asked++;
    }
  }
  assert.ok(asked > 50, `${asked} were asked`);
});

Deno.test("[M-62] pages, documents and files say which methods they take", async () => {
  await using app = await testApp();
  // Not as a form: one from elsewhere is refused before anything else.
  const headers = { ...(await asAdmin(app)).headers, "content-type": "application/json" };
  const expected: Record<string, string[]> = {
    "/health": ["GET", "HEAD", "OPTIONS"],
    "/metrics": ["GET", "HEAD", "OPTIONS"],
    "/api/openapi.json": ["GET", "HEAD", "OPTIONS"],
    "/admin/login": ["GET", "HEAD", "OPTIONS", "POST"],
    "/admin/dashboard": ["GET", "HEAD", "OPTIONS"],
    "/_a/build/app.css": ["GET", "HEAD", "OPTIONS"],
  };
  for (const [path, methods] of Object.entries(expected)) {
    const answer = await ask(app, path, { headers, method: "DELETE" });
    assertError(answer, { status: 405, code: "METHOD_NOT_ALLOWED", field: "method" });
    assert.deepEqual(allowed(answer.headers), methods, path);
  }
});

Deno.test("[M-62] a page that is asked for at the address of a form is the one that the form is on", async () => {
  await using app = await testApp();
  const { headers } = await asAdmin(app);
  const open = (path: string, accept = "text/html") =>
    ask(app, path, { headers: { ...headers, accept }, redirect: "manual" });
  const table: [form: string, page: string][] = [
    ["/admin/kiosks/any/message?lang=ko", "/admin/kiosks?lang=ko"],
    ["/admin/users/user_1/sessions/any/end", "/admin/users/user_1"],
  ];
  for (const [form, page] of table) {
    const { status, headers } = await open(form);
    assert.deepEqual([status, headers.get("location")], [303, page], form);
    const other = await open(form, "application/json");
    assertError(other, { status: 405, code: "METHOD_NOT_ALLOWED", field: "method" });
  }
});

Deno.test("[M-62] OPTIONS tells the methods of a path, and of no path that there is none", async () => {
  await using app = await testApp();
  const known = await ask(app, "/health", { method: "OPTIONS" });
  assert.equal(known.status, 204);
  assert.deepEqual(allowed(known.headers), ["GET", "HEAD", "OPTIONS"]);
  const unknown = await ask(app, "/nowhere", { method: "OPTIONS" });
  assertError(unknown, { status: 404, code: "NOT_FOUND" });
});

Deno.test("[M-62] HEAD is answered where GET is, without a body", async () => {
  await using app = await testApp();
  const { status, body } = await ask(app, "/health", { method: "HEAD" });
  assert.equal(status, 200);
  assert.equal(body, "");
});

Deno.test("[M-62] a file of another build is not there, whatever the method is good for", async () => {
  await using app = await testApp();
  assertError(await ask(app, "/_a/build/app.css"), { status: 404, code: "NOT_FOUND" });
});

Deno.test("[T-M16] who is not signed in learns nothing of the pages behind the guard", async () => {
  await using app = await testApp();
  for (const path of ["/admin/dashboard", "/admin/nowhere"]) {
    const { status, headers } = await ask(app, path, { method: "DELETE" });
    assert.ok(status === 401 || status === 303 || status === 403, `${status}`);
    assert.equal(headers.get("allow"), null);
  }
});
