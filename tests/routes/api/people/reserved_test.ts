import { deepEqual, equal, ok } from "node:assert/strict";
import { ask, assertError } from "../../../support/http.ts";
import { type Person, person } from "../../../support/person.ts";
import { type TestApp, testApp } from "../../../support/test_app.ts";

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every route of the API below a path, as its document has them. */
async function routesBelow(app: TestApp, prefix: RegExp): Promise<Route[]> {
  const { body } = await ask(app, "/api/openapi.json");
  return Object.entries<object>(body.paths)
    .filter(([path]) => prefix.test(path))
    .flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method.toUpperCase(), path }))
    );
}

const TODAY = new Date().toISOString().slice(0, 10);
/** Good for every route that takes a body, so that no refusal comes of it. */
const BODY = {
  hours: 1,
  currentStreak: 9,
  longestStreak: 9,
  statName: "skillsAdded",
  date: TODAY,
  hoursLogged: 1,
  logsCount: 1,
  status: "abandoned",
  questionId: "asked_1",
  size: 1,
};

const send = (who: Person, { method }: Route, path: string) =>
  method === "GET" || method === "DELETE" ? who.send(method, path) : who.send(method, path, BODY);

/** Words of an address in which a person's id could stand. */
const ANALYTICS_WORDS = [
  "missions",
  "realtime",
  "vocabulary",
  "user-stats",
  "progress",
  "skills",
  "benchmarks",
  "export",
  "leaderboard",
];

Deno.test("[X-01][T-X01][E-8.13] the words of /api/analytics are all reserved: the routes themselves are there", async () => {
  await using app = await testApp();
  const [kim, viewer] = [await person(app), await person(app, "viewer")];
  const routes = await routesBelow(app, /^\/api\/analytics\//);
  for (const { path } of routes) {
    const [word] = path.slice("/api/analytics/".length).split("/");
    ok(word === "{userId}" || ANALYTICS_WORDS.includes(word), `${word} is not in the table`);
  }
  const reached: [who: Person, path: string, field: string][] = [
    [viewer, "missions/portfolio", "totalAttempts"],
    [viewer, "missions/vocabulary/paths", "pathStats"],
    [viewer, "vocabulary/paths", "pathStats"],
    [viewer, "realtime", "activeConnections"],
    [kim, "leaderboard/all", "analytics"],
    [kim, "user-stats", ""],
    [kim, "progress", ""],
    [kim, "skills", ""],
    [kim, kim.userId, "totalLearningHours"],
  ];
  for (const [who, path, field] of reached) {
    const { status, body } = await who.get(`/api/analytics/${path}`);
    equal(status, 200, path);
    const data = body.data ?? body;
    ok(field === "" || field in data, `${path}: ${Object.keys(data)}`);
    equal("totalLearningHours" in data, field === "totalLearningHours", path);
  }
});

Deno.test("[X-01][T-X01][E-8.13] no reserved word, and nothing but an id of a person, is taken for a person", async () => {
  await using app = await testApp();
  const admin = await person(app, "admin");
  const routes = (await routesBelow(app, /^\/api\/(analytics|activities|notifications)\//))
    .filter(({ path }) => path.includes("{userId}"));
  equal(routes.length, 13);
  const words = [
    ...ANALYTICS_WORDS,
    "all",
    "unread",
    "read",
    "read-all",
    "init",
    "me",
    "0",
    "__proto__",
  ];
  for (const route of routes) {
    for (const word of words) {
      const path = route.path.replace("{userId}", word);
      const { status, body } = await send(admin, route, path);
      // One of the words may be a route of its own there, which answers with what is its own.
      if (status < 300) equal(JSON.stringify(body).includes('"userId"'), false, path);
      else ok([400, 404, 405].includes(status), `${route.method} ${path} gave ${status}`);
    }
    const nobody = route.path.replace("{userId}", "user_0");
    const { status, body } = await send(admin, route, nobody);
    // Of a feed that there is not an administrator hears that it is empty.
    if (status < 300) equal(Object.values(body).some((it) => it === true), false, nobody);
    else assertError(await send(admin, route, nobody), { status: 404, code: "NOT_FOUND" });
  }
});

Deno.test("[T-L02][T-L01][V-17][E-8.12] another person's data is given by no route that names it, and changed by none", async () => {
  await using app = await testApp();
  const [kim, lee, viewer] = [await person(app), await person(app), await person(app, "viewer")];
  const { userId } = kim;
  const secret = { userId, title: "Kim's secret", description: "Kim's secret" };
  const activity = (await kim.send("POST", "/api/activities", { ...secret, type: "login" })).body;
  const notice = { ...secret, type: "system", message: "Kim's secret" };
  const notification = (await kim.send("POST", "/api/notifications", notice)).body;
  const interview = (await kim.send("POST", "/api/sessions", { customCategory: "Kim's secret" }))
    .body.data;
  const { sessions } = (await kim.get("/api/users/sessions")).body.data;
  const idsOf = (path: string): Record<string, string> => ({
    userId,
    activityId: activity.id,
    notificationId: notification.id,
    sessionId: path.startsWith("/api/users/") ? sessions[0].sessionId : interview.id,
  });
  const before = await everythingOf(kim);

  const families =
    /^\/api\/(analytics\/\{userId\}|activities|notifications|users\/sessions|sessions|(v1\/)?websocket\/user)/;
  // Recordings, which have other bodies, have a test of their own.
  const routes = (await routesBelow(app, families))
    .filter(({ path }) => path.includes("{") && !path.includes("{recordingId}"));
  ok(routes.length >= 24, `${routes.length} routes`);
  for (const route of routes) {
    const ids = idsOf(route.path);
    const path = route.path.replace(/\{(\w+)\}/g, (_, name) => ids[name]);
    for (const other of [lee, viewer]) {
      const answer = await send(other, route, path);
      ok([403, 404].includes(answer.status), `${route.method} ${path} gave ${answer.status}`);
      equal(JSON.stringify(answer.body).includes("secret"), false, path);
    }
    equal((await ask(app, path, { method: route.method })).status, 401, path);
  }
  for (
    const [path, body] of [["/api/activities", { ...secret, type: "login" }], [
      "/api/notifications",
      notice,
    ]] as const
  ) {
    assertError(await lee.send("POST", path, body), { status: 403, code: "FORBIDDEN" });
  }
  deepEqual(await everythingOf(kim), before);
});

async function everythingOf(who: Person) {
  const { userId } = who;
  const paths = [
    `/api/activities/${userId}`,
    `/api/notifications/${userId}`,
    `/api/analytics/${userId}`,
    "/api/sessions",
    "/api/users/profile",
  ];
  const all = [];
  for (const path of paths) all.push((await who.get(path)).body);
  return JSON.parse(JSON.stringify(all, (key, value) => key === "duration" ? undefined : value));
}
