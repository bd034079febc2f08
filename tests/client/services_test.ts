import { deepEqual, equal, rejects } from "node:assert/strict";
import { createApi, DocentError } from "../../client/api.ts";
import { createServices } from "../../client/services.ts";
import { person } from "../support/person.ts";
import { type TestApp, testApp } from "../support/test_app.ts";

const services = (app: TestApp, token: string | null) =>
  createServices(createApi({
    baseUrl: "http://localhost",
    token: () => token,
    fetch: (input, init) => app.request(String(input), init),
  }));

Deno.test("[L-30] the services speak to the server under the names of document 3", async () => {
  await using app = await testApp();
  const { userId, token } = await person(app);
  const { activityService, analyticsService, notificationService } = services(app, token);

  const activity = await activityService.createActivity(
    userId,
    "log_created",
    "New log",
    "2 hours",
    {
      hours: 2,
    },
  );
  deepEqual(await activityService.getActivities(userId), {
    activities: [activity],
    total: 1,
    hasMore: false,
  });
  deepEqual(await activityService.getUnreadCount(userId), { unreadCount: 1 });
  equal((await activityService.markAsRead(activity.id)).read, true);
  deepEqual(await activityService.markAllAsRead(userId), { modifiedCount: 0 });
  await activityService.deleteActivity(activity.id);

  await analyticsService.initAnalytics(userId);
  await analyticsService.updateLearningHours(userId, 2);
  await analyticsService.updateStreak(userId, 3, 5);
  await analyticsService.incrementStat(userId, "goalsCompleted");
  const date = new Date().toISOString().slice(0, 10);
  await analyticsService.addWeeklyData(userId, { date, hoursLogged: 1, logsCount: 1 });
  const known = await analyticsService.getAnalytics(userId);
  deepEqual(
    [known.totalLearningHours, known.longestStreak, known.goalsCompleted, known.weeklyData.length],
    [2, 5, 1, 1],
  );
  equal((await analyticsService.getLeaderboard()).total, 1);

  const made = await notificationService.createNotification(userId, "system", "Hello", "Welcome");
  equal((await notificationService.getNotifications(userId)).unreadCount, 1);
  equal((await notificationService.markAsRead(made.id)).read, true);
  await notificationService.markAllAsRead(userId);
  await notificationService.deleteNotification(made.id);
  deepEqual(await notificationService.clearAll(userId), { deletedCount: 0 });
  deepEqual(await notificationService.getUnreadCount(userId), { unreadCount: 0 });
});

Deno.test("[L-30][L-35] a refusal is an error that says what the server said", async () => {
  await using app = await testApp();
  const { userId } = await person(app);
  await rejects(services(app, null).activityService.getActivities(userId), (error) => {
    return error instanceof DocentError && error.status === 401 && error.code === "AUTH_FAILED";
  });
  const gone = createServices(createApi({
    token: () => null,
    fetch: () => Promise.reject(new TypeError("connection refused")),
  }));
  await rejects(gone.analyticsService.getAnalytics(userId), { code: "NETWORK", status: 0 });
});
