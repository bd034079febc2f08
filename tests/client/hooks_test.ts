import { deepEqual, equal } from "node:assert/strict";
import * as preact from "preact/hooks";
import { createClient, createHooks, EVENTS } from "../../client/mod.ts";
import { eventually, turn } from "../support/eventually.ts";
import { type Person, person } from "../support/person.ts";
import { type Rendered, rendered } from "../support/rendered.ts";
import { type TestApp, testApp } from "../support/test_app.ts";

/** A page of somebody: the client of the package, its hooks in Preact, a server that runs. */
async function pageOf(app: TestApp, { userId, token }: Person) {
  const client = createClient({ baseUrl: await app.listen(), token: () => token });
  const hooks = createHooks(client, preact);
  const parts: Rendered<unknown>[] = [];
  const use = <T>(hook: () => T) => {
    const part = rendered(hook);
    parts.push(part);
    return part.current;
  };
  const socket = use(() => hooks.useSocket(userId));
  await eventually(() => socket().isConnected, "it is connected");
  return {
    client,
    hooks,
    use,
    socket,
    async [Symbol.asyncDispose]() {
      const engine = client.getSocket()?.io.engine;
      const closed = new Promise((resolve) => engine?.once("close", resolve));
      for (const part of parts.reverse()) part.unmount();
      await closed;
      for (let i = 0; i < 5; i++) await turn();
    },
  };
}

Deno.test("[V-22] a page is told that its connection is gone, and that it is back", async () => {
  await using app = await testApp();
  await using page = await pageOf(app, await person(app));
  equal(page.socket().isConnected, true);
  page.client.getSocket()?.io.engine.close();
  await eventually(() => !page.socket().isConnected, "it is gone");
  await eventually(() => page.socket().isConnected, "it is back", 10_000);
});

Deno.test("[L-30][L-34][V-24] useActivities() shows what is stored, what comes, and what is read elsewhere", async () => {
  await using app = await testApp();
  const [kim, lee] = [await person(app), await person(app)];
  const add = (who: Person, title: string) =>
    who.send("POST", "/api/activities", { userId: who.userId, type: "skill_added", title });
  for (let i = 1; i <= 25; i++) await add(kim, `Old ${i}`);
  await using page = await pageOf(app, kim);
  const feed = page.use(() => page.hooks.useActivities(kim.userId));
  await eventually(() => feed().activities.length === 20, "the first page is there");
  deepEqual([feed().unreadCount, feed().hasMore], [25, true]);
  await add(lee, "Another's");
  const { body } = await add(kim, "New");
  await eventually(() => feed().activities[0].title === "New", "the new one is there");
  equal(feed().unreadCount, 26);
  await feed().loadMore();
  await eventually(() => feed().activities.length === 26, "all are there, each once");
  equal(feed().hasMore, false);
  equal(feed().activities.some(({ title }) => title === "Another's"), false);
  // On another page.
  await kim.send("PATCH", `/api/activities/${body.id}/read`);
  await eventually(() => feed().activities[0].read && feed().unreadCount === 25, "it is read");
  await feed().markAsRead(feed().activities[1].id);
  await eventually(() => feed().activities[1].read && feed().unreadCount === 24, "one more");
  await feed().deleteActivity(body.id);
  await eventually(() => feed().activities.length === 25, "it is gone");
  await kim.send("PATCH", `/api/activities/${kim.userId}/read-all`);
  await eventually(() => feed().activities.every(({ read }) => read), "all are read");
  equal(feed().unreadCount, 0);
});

Deno.test("[L-30][L-34][V-24] useNotifications() counts what is unread, and hears of what is deleted elsewhere", async () => {
  await using app = await testApp();
  const [kim, admin] = [await person(app), await person(app, "admin")];
  const notify = (title: string) => {
    const notice = { userId: kim.userId, type: "system", title, message: "Read this" };
    return admin.send("POST", "/api/notifications", notice);
  };
  await notify("First");
  await using page = await pageOf(app, kim);
  const centre = page.use(() => page.hooks.useNotifications(kim.userId));
  await eventually(() => centre().unreadCount === 1, "what was stored is there");
  await notify("Second");
  await eventually(() => centre().notifications[0].title === "Second", "the new one is there");
  await centre().markAsRead(centre().notifications[0].id);
  await eventually(() => centre().unreadCount === 1, "one is read");
  await centre().deleteNotification(centre().notifications[1].id);
  await eventually(() => centre().notifications.length === 1, "one is gone");
  equal(centre().unreadCount, 0);
  await page.client.notificationService.clearAll(kim.userId);
  await eventually(() => centre().notifications.length === 0, "all are gone");
});

Deno.test("[L-30][L-34][V-24] useAnalytics() changes figures, and hears of changes elsewhere", async () => {
  await using app = await testApp();
  const kim = await person(app);
  await using page = await pageOf(app, kim);
  const figures = page.use(() => page.hooks.useAnalytics(kim.userId));
  await eventually(() => figures().analytics?.totalLearningHours === 0, "zeros are there");
  await figures().updateLearningHours(2);
  await figures().updateStreak(3, 5);
  await figures().incrementStat("goalsCompleted");
  await eventually(() => figures().analytics?.goalsCompleted === 1, "it is counted");
  await kim.send("PATCH", `/api/analytics/${kim.userId}/learning-hours`, { hours: 1 });
  await eventually(() => figures().analytics?.totalLearningHours === 3, "it is told");
  deepEqual([figures().analytics?.currentStreak, figures().analytics?.longestStreak], [3, 5]);
});

Deno.test("[L-22][L-23][L-24][L-30] the socket service speaks as document 3 has it", async () => {
  await using app = await testApp();
  const kim = await person(app);
  await using page = await pageOf(app, kim);
  const { client } = page;
  const heard: string[] = [];
  const listener = ({ type }: { type: string }) => void heard.push(type);
  client.on(EVENTS.activityCreated, listener);
  client.emit("activity:create", { userId: kim.userId, type: "login" });
  await eventually(() => heard.length === 1, "the activity is told");
  client.off(EVENTS.activityCreated, listener);
  let status: { activeCount: number } | null = null;
  client.on<{ activeCount: number }>(EVENTS.dataStatus, (told) => status = told);
  client.emit("activity:create", { userId: kim.userId, type: "login" });
  client.emit("data:request", "status");
  await eventually(() => status?.activeCount === 1, "the status is told");
  deepEqual(heard, ["login"]);
  equal(client.initializeSocket(kim.userId), client.getSocket());
});

Deno.test("[V-04][V-24] after a cut the hooks connect again, and ask anew", async () => {
  await using app = await testApp();
  const kim = await person(app);
  await using page = await pageOf(app, kim);
  const centre = page.use(() => page.hooks.useNotifications(kim.userId));
  const socket = page.client.getSocket()!;
  socket.io.reconnectionDelay(1);
  socket.io.engine.close();
  const { userId } = kim;
  await app.docent.people.notify({
    userId,
    type: "system",
    title: "Missed",
    message: "While away",
  });
  await eventually(() => centre().notifications.length === 1, "what was missed is there");
  equal(centre().unreadCount, 1);
});
