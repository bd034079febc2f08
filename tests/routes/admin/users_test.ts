import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { person } from "../../support/person.ts";
import { ADMIN, type TestApp, testApp } from "../../support/test_app.ts";

const PATH = "/admin/users";
const ENGLISH = { "accept-language": "en" };

async function signedIn(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  return {
    browser,
    async show(path = PATH) {
      const answer = await browser.open(path, ENGLISH);
      equal(answer.status, 200, path);
      return await answer.text();
    },
    send: (path: string, fields = {}) => browser.send(path, { _csrf: csrf, ...fields }, ENGLISH),
  };
}

async function adminId(app: TestApp): Promise<string> {
  return (await app.docent.auth.accounts.findByUsername(ADMIN.username))!.userId;
}

const namesIn = (html: string) =>
  [...html.matchAll(/<a [^>]*href="\/admin\/users\/user_\d+"[^>]*>([^<]+)</g)].map(([, name]) =>
    name
  );

Deno.test("[X-10] accounts are listed, and found by a part of their name, address or by role", async () => {
  await using app = await testApp();
  const [viewer, user] = [await person(app, "viewer"), await person(app)];
  const { show } = await signedIn(app);
  const viewerName = (await app.docent.auth.accounts.find(viewer.userId))!.name;
  const userName = (await app.docent.auth.accounts.find(user.userId))!.name;
  const all = namesIn(await show());
  deepEqual(all.toSorted(), [ADMIN.username, viewerName, userName].toSorted());
  deepEqual(namesIn(await show(`${PATH}?q=${viewerName.slice(1).toUpperCase()}`)), [viewerName]);
  deepEqual(namesIn(await show(`${PATH}?role=user`)), [userName]);
  deepEqual(namesIn(await show(`${PATH}?role=admin&q=adm`)), [ADMIN.username]);
  match(await show(`${PATH}?q=nobody-at-all`), /No account passes this search/);
});

Deno.test("[X-10] what the address says wrong is passed over, and what it says is text", async () => {
  await using app = await testApp();
  const { show } = await signedIn(app);
  for (const query of ["?role=god", "?before=x", "?q=&role=", "?before=user_", "?x=%00"]) {
    deepEqual(namesIn(await show(`${PATH}${query}`)), [ADMIN.username], query);
  }
  doesNotMatch(await show(`${PATH}?q=${encodeURIComponent('"><b>x</b>')}`), /<b>x/);
  await show(`${PATH}?q=${"x".repeat(5_000)}`);
});

Deno.test("[X-10] further accounts are a page on, each once", async () => {
  await using app = await testApp();
  for (let i = 0; i < 55; i++) await person(app);
  const { show } = await signedIn(app);
  const first = await show(`${PATH}?role=user`);
  const href = /href="(\/admin\/users\?before=[^"]+)"/.exec(first)![1].replaceAll("&amp;", "&");
  const rest = await show(href);
  const names = [...namesIn(first), ...namesIn(rest)];
  deepEqual([namesIn(first).length, names.length, new Set(names).size], [50, 55, 55]);
  match(rest, /Back to the newest/);
});

Deno.test("[X-10][P-30] a role changes with the next request, and the audit log says from what to what", async () => {
  await using app = await testApp();
  const somebody = await person(app);
  const { show, send } = await signedIn(app);
  const path = `${PATH}/${somebody.userId}`;
  equal((await somebody.get("/api/missions")).status, 403);
  const answer = await send(`${path}/role`, { role: "viewer" });
  deepEqual([answer.status, answer.headers.get("location")], [303, `${path}?done=role`]);
  equal((await somebody.get("/api/missions")).status, 200);
  const page = await show(`${path}?done=role`);
  match(page, /The role is changed/);
  match(page, /Changed a role[^]*user → viewer/);
  match(await show(`/admin/audit?target=${somebody.userId}`), /user → viewer/);
  await send(`${path}/role`, { role: "viewer" });
  equal((await show(path)).split("Changed a role").length, 2, "no change, no entry");
});

Deno.test("[X-10] no administrator takes their own role, or that of the settings' account", async () => {
  await using app = await testApp();
  const { show, send } = await signedIn(app);
  const self = `${PATH}/${await adminId(app)}`;
  match(await show(self), /This is your own account/);
  equal((await send(`${self}/role`, { role: "viewer" })).status, 409);
  const other = await person(app, "admin");
  match(await (await other.get(self)).body, /ADMIN_USERNAME|설정/);
  const { directory, accounts } = app.docent.auth;
  const who = { userId: other.userId, username: "other", role: "admin", sessionId: "" } as const;
  const settings = { userId: await adminId(app), role: "viewer", by: who } as const;
  const code = (error: Error & { code?: string }) => error.code ?? String(error);
  equal(await directory.changeRole(settings).catch(code), "CONFLICT");
  equal((await accounts.find(await adminId(app)))!.role, "admin");
});

Deno.test("[X-10] of two administrators that take each other's role at once, one stays", async () => {
  await using app = await testApp();
  const pair = [await person(app, "admin"), await person(app, "admin")];
  const { directory, accounts } = app.docent.auth;
  await Promise.allSettled(pair.map(({ userId }, i) => {
    const by = { userId: pair[1 - i].userId, username: "x", role: "admin", sessionId: "" } as const;
    return directory.changeRole({ userId, role: "user", by });
  }));
  const roles = await Promise.all(pair.map(async (it) => (await accounts.find(it.userId))!.role));
  deepEqual(roles.toSorted(), ["admin", "user"]);
});

Deno.test("[X-10][P-30] sessions of a person are shown and ended, one or all, and it is noted", async () => {
  await using app = await testApp();
  const { auth } = app.docent;
  const somebody = await person(app, "viewer");
  const account = (await auth.accounts.find(somebody.userId))!;
  const client = { userAgent: "<b>Tablet</b>", address: "203.0.113.7", ttlSec: 600 };
  const { session } = await auth.signIn(account, client);
  const { show, send } = await signedIn(app);
  const path = `${PATH}/${somebody.userId}`;
  const page = await show(path);
  match(page, /&lt;b>Tablet[^]*203\.0\.113\.7/);
  equal((await send(`${path}/sessions/${session.sessionId}/end`)).status, 303);
  equal(await auth.sessions.find(session.sessionId), null);
  equal((await somebody.get("/api/missions")).status, 200, "the other one goes on");
  equal((await send(`${path}/sessions/end`)).status, 303);
  equal((await somebody.get("/api/missions")).status, 401);
  const after = await show(path);
  match(after, /Not signed in anywhere/);
  match(after, /Ended all sessions[^]*Ended a session/);
});

Deno.test("[X-10] who ends all of their own sessions keeps the one that asks", async () => {
  await using app = await testApp();
  const { browser, send, show } = await signedIn(app);
  const elsewhere = openBrowser(app);
  await elsewhere.signIn();
  const path = `${PATH}/${await adminId(app)}`;
  match(await show(path), /this one[^]*End/);
  await send(`${path}/sessions/end`);
  equal((await browser.open(path)).status, 200);
  equal((await elsewhere.open(path)).status, 303);
});

Deno.test("[X-10] what is nobody's, and a role that is none, is refused", async () => {
  await using app = await testApp();
  const somebody = await person(app);
  const { browser, send } = await signedIn(app);
  const path = `${PATH}/${somebody.userId}`;
  for (const id of ["user_1", "x", "user_%00", `user_${"1".repeat(3_000)}`]) {
    equal((await browser.open(`${PATH}/${id}`)).status, 404, id.slice(0, 20));
    equal((await send(`${PATH}/${id}/role`, { role: "viewer" })).status, 404, id.slice(0, 20));
    equal((await send(`${PATH}/${id}/sessions/end`)).status, 404, id.slice(0, 20));
  }
  for (const role of ["", "god", "constructor"]) {
    equal((await send(`${path}/role`, { role })).status, 400, role);
  }
  const [own] = await app.docent.auth.sessions.list(await adminId(app));
  equal((await send(`${path}/sessions/${own.sessionId}/end`)).status, 404, "not this person's");
  equal((await send(`${path}/sessions/session_1/end`)).status, 404);
});

Deno.test("[X-10][T-M16] accounts are for administrators, and changes need the form's token", async () => {
  await using app = await testApp();
  const somebody = await person(app);
  const path = `${PATH}/${somebody.userId}`;
  const { browser } = await signedIn(app);
  for (const change of [`${path}/role`, `${path}/sessions/end`]) {
    equal((await browser.send(change, { role: "admin" })).status, 403);
    equal((await openBrowser(app).send(change, { role: "admin" })).status, 303, "to the login");
  }
  for (const role of ["user", "viewer", "operator", "researcher"] as const) {
    const other = await person(app, role);
    for (const page of [PATH, path]) equal((await other.get(page)).status, 403, `${role} ${page}`);
    const sent = await other.send("POST", `${path}/role`, { role: "admin" });
    equal(sent.status, 403, role);
  }
  equal((await app.docent.auth.accounts.find(somebody.userId))!.role, "user");
});
