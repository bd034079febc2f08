import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { readEvents } from "../../support/event_stream.ts";
import { ask } from "../../support/http.ts";
import { HEARTBEAT, pairWith } from "../../support/kiosk_registry.ts";
import { person } from "../../support/person.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const PATH = "/admin/kiosks";
const EVENTS = `${PATH}/events`;
const ENGLISH = { "accept-language": "en" };
const STREAM = { accept: "text/event-stream" };

async function signedIn(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  const send = async (fields: Record<string, string>, path = PATH) => {
    const answer = await browser.send(path, { _csrf: csrf, ...fields }, ENGLISH);
    return { status: answer.status, html: await answer.text() };
  };
  return {
    browser,
    send,
    show: async () => await (await browser.open(PATH, ENGLISH)).text(),
    follow: async () => readEvents(await browser.open(EVENTS, STREAM)),
  };
}

const codeOf = (html: string) => />(\d{6})<\/code>/.exec(html)![1];

Deno.test("[T-M05] a kiosk is added, paired, told, replaced and removed on its page", async () => {
  await using app = await testApp();
  const { send, show } = await signedIn(app);
  match(await show(), /No kiosks yet/);
  const added = await send({ name: " 1층 입구 ", place: "1F" });
  equal(added.status, 200);
  const kiosk = await pairWith(app, codeOf(added.html));
  const one = `${PATH}/${kiosk.kioskId}`;
  const listed = await show();
  doesNotMatch(listed, /pairing-code/);
  match(listed, /1층 입구[^]*Online/);
  const message = await send({ text: "Back at 3" }, `${one}/message`);
  match(message.html, /as soon as it is heard/);
  const { body } = await ask(app, HEARTBEAT, post({ queue: 1_284 }, kiosk.headers));
  deepEqual(body.data.commands, [{ name: "message", text: "Back at 3" }]);
  match(await show(), /1,284 events[^]*Message by admin[^]*delivered at/);
  match((await send({}, `${one}/reload`)).html, /as soon as it is heard/);
  const renamed = await send({ name: "2층 <출구>", place: "2F" }, `${one}/name`);
  match(renamed.html, /new name and place[^]*2층 &lt;출구>[^]*2F/);
  const replaced = await pairWith(app, codeOf((await send({}, `${one}/code`)).html));
  equal(replaced.kioskId, kiosk.kioskId);
  match((await send({}, `${one}/remove`)).html, /The kiosk is removed[^]*No kiosks yet/);
  equal((await ask(app, HEARTBEAT, post({}, replaced.headers))).status, 401);
});

Deno.test("[T-M05] a form that is wrong comes back with what is wrong, and does nothing", async () => {
  await using app = await testApp();
  const { send, show } = await signedIn(app);
  for (
    const [fields, problem] of [
      [{ name: " " }, /Give the kiosk a name/],
      [{ name: "x".repeat(61) }, /Give the kiosk a name/],
      [{ name: "A", place: "x".repeat(101) }, /Say the place/],
    ] as [Record<string, string>, RegExp][]
  ) {
    const { status, html } = await send(fields);
    equal(status, 400, JSON.stringify(fields));
    match(html, problem);
  }
  match(await show(), /No kiosks yet/);
  const empty = await send({ text: " " }, `${PATH}/kiosk_1/message`);
  equal(empty.status, 400);
  match(empty.html, /Write a message/);
  const unnamed = await send({ name: "", place: "" }, `${PATH}/kiosk_1/name`);
  equal(unnamed.status, 400);
  match(unnamed.html, /Give the kiosk a name/);
  equal((await send({ name: "A", place: "" }, `${PATH}/kiosk_1/name`)).status, 404);
  for (const deed of ["code", "remove", "reload"]) {
    equal((await send({}, `${PATH}/kiosk_1/${deed}`)).status, 404);
  }
  await send({ name: "<b>A</b>", place: "<i>1F</i>" });
  doesNotMatch(await show(), /<b>A|<i>1F/);
});

Deno.test("[X-10][T-M16] operators see and tell kiosks; forms need the token of their session", async () => {
  await using app = await testApp();
  const { browser, send, show } = await signedIn(app);
  const kiosk = await pairWith(app, codeOf((await send({ name: "A" })).html));
  equal((await browser.send(PATH, { name: "B" })).status, 403);
  equal((await browser.send(`${PATH}/${kiosk.kioskId}/remove`, { _csrf: "x" })).status, 403);
  match(await show(), /Online/);
  const as = async (role: "viewer" | "operator", path: string, method = "GET") => {
    const { token } = await person(app, role);
    const headers = { authorization: `Bearer ${token}`, origin: "http://localhost" };
    return await app.request(path, { method, headers });
  };
  for (const path of [PATH, EVENTS]) equal((await as("viewer", path)).status, 403);
  doesNotMatch(await (await as("viewer", "/admin/attempts")).text(), /href="\/admin\/kiosks"/);
  const seen = await (await as("operator", PATH)).text();
  match(seen, new RegExp(`${PATH}/${kiosk.kioskId}/reload`));
  doesNotMatch(seen, /\/(code|remove)"|name="place"/);
  for (const deed of ["remove", "name"]) {
    equal((await as("operator", `${PATH}/${kiosk.kioskId}/${deed}`, "POST")).status, 403);
  }
  equal((await as("operator", `${PATH}/${kiosk.kioskId}/reload`, "POST")).status, 200);
  equal((await app.request(EVENTS, { headers: STREAM })).status, 401);
});

Deno.test("[T-M07] the page gets all kiosks, and again when one of them changed", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { browser, send, follow } = await signedIn(app);
  const kiosk = await pairWith(app, codeOf((await send({ name: "A" })).html));
  await using page = await follow();
  const next = async () => {
    const { data } = await page.next("kiosks");
    return [data[0].name, data[0].state, data[0].queue];
  };
  deepEqual(await next(), ["A", "online", null]);
  await ask(app, HEARTBEAT, post({ queue: 3 }, kiosk.headers));
  deepEqual(await next(), ["A", "online", 3]);
  clock.advance(45_000);
  deepEqual(await next(), ["A", "unknown", 3]);
  await page.next("beat");
  await browser.send("/admin/logout", { _csrf: await browser.csrfToken() });
  clock.advance(135_000);
  deepEqual((await page.rest()).filter(({ event }) => event === "beat"), []);
});
