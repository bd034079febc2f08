import { EVENTS } from "./events.ts";
import type { Client } from "./mod.ts";
import type { Activity, Analytics, FeedChange, Notification, StatName } from "./shapes.ts";

type Cleanup = () => void;
type Dependencies = readonly unknown[];

/** Of Preact or of React: whichever the application has, so that there is one of it. */
export interface HookPrimitives {
  useState<T>(initial: T): [T, (next: T | ((before: T) => T)) => void];
  useEffect(effect: () => Cleanup | void, dependencies: Dependencies): void;
  useCallback<T extends (...args: never[]) => unknown>(callback: T, dependencies: Dependencies): T;
}

const PAGE = 20;

/** The hooks of document 3 (L-30) for a client, made of the application's own primitives. */
export function createHooks(client: Client, { useState, useEffect, useCallback }: HookPrimitives) {
  const { activityService, analyticsService, notificationService, on } = client;

  /** Connects while the part of the page is there, and says whether the connection stands. */
  function useSocket(userId: string): { readonly isConnected: boolean } {
    const [isConnected, setConnected] = useState(false);
    useEffect(() => {
      const stops = [
        on("connect", () => setConnected(true)),
        on("disconnect", () => setConnected(false)),
      ];
      client.initializeSocket(userId);
      return () => {
        client.disconnectSocket();
        for (const stop of stops) stop();
      };
    }, [userId]);
    return { isConnected };
  }

  /** Listens while the part of the page is there; another person's events are not for it. */
  function useEvent<T extends { readonly userId: string }>(
    event: string,
    userId: string,
    listener: (payload: T) => void,
  ): void {
    useEffect(() =>
      on<T>(event, (payload) => {
        if (payload.userId === userId) listener(payload);
      }), [event, userId]);
  }

  /** Asks anew when the person changes and after each reconnect; late answers are dropped. */
  function useLoaded<T>(userId: string, load: () => Promise<T>, take: (loaded: T) => void): void {
    useEffect(() => {
      let isHere = true;
      const ask = () => {
        load().then((loaded) => isHere && take(loaded), () => {});
      };
      ask();
      const stop = on("connect", ask);
      return () => {
        isHere = false;
        stop();
      };
    }, [userId]);
  }

  function useActivities(userId: string) {
    const [activities, setActivities] = useState<readonly Activity[]>([]);
    const [unreadCount, setUnreadCount] = useState(0);
    const [hasMore, setHasMore] = useState(false);
    const load = async () => {
      const [page, { unreadCount }] = await Promise.all([
        activityService.getActivities(userId, PAGE),
        activityService.getUnreadCount(userId),
      ]);
      return { ...page, unreadCount };
    };
    useLoaded(userId, load, (loaded) => {
      setActivities(loaded.activities);
      setHasMore(loaded.hasMore);
      setUnreadCount(loaded.unreadCount);
    });
    useEvent<Activity>(EVENTS.activityCreated, userId, (activity) => {
      setActivities((known) => withNew(known, activity));
      setUnreadCount((count) => count + 1);
    });
    useEvent<FeedChange>(EVENTS.activitiesChanged, userId, (change) => {
      setActivities((known) => changed(known, change));
      setUnreadCount(change.unreadCount);
    });
    const markAsRead = useCallback(async (activityId: string) => {
      const read = await activityService.markAsRead(activityId);
      setActivities((known) => known.map((it) => it.id === activityId ? read : it));
      setUnreadCount((await activityService.getUnreadCount(userId)).unreadCount);
    }, [userId]);
    const deleteActivity = useCallback(async (activityId: string) => {
      await activityService.deleteActivity(activityId);
      setActivities((known) => known.filter(({ id }) => id !== activityId));
      setUnreadCount((await activityService.getUnreadCount(userId)).unreadCount);
    }, [userId]);
    const loadMore = useCallback(async () => {
      const page = await activityService.getActivities(userId, PAGE, activities.length);
      setActivities((known) => withOlder(known, page.activities));
      setHasMore(page.hasMore);
    }, [userId, activities.length]);
    return { activities, unreadCount, hasMore, markAsRead, deleteActivity, loadMore };
  }

  function useNotifications(userId: string) {
    const [notifications, setNotifications] = useState<readonly Notification[]>([]);
    const [unreadCount, setUnreadCount] = useState(0);
    useLoaded(userId, () => notificationService.getNotifications(userId), (loaded) => {
      setNotifications(loaded.notifications);
      setUnreadCount(loaded.unreadCount);
    });
    useEvent<Notification>(EVENTS.notificationReceived, userId, (notification) => {
      setNotifications((known) => withNew(known, notification));
      setUnreadCount((count) => count + 1);
    });
    useEvent<FeedChange>(EVENTS.notificationsChanged, userId, (change) => {
      setNotifications((known) => changed(known, change));
      setUnreadCount(change.unreadCount);
    });
    const markAsRead = useCallback(async (notificationId: string) => {
      const read = await notificationService.markAsRead(notificationId);
      setNotifications((known) => known.map((it) => it.id === notificationId ? read : it));
      setUnreadCount((await notificationService.getUnreadCount(userId)).unreadCount);
    }, [userId]);
    const deleteNotification = useCallback(async (notificationId: string) => {
      await notificationService.deleteNotification(notificationId);
      setNotifications((known) => known.filter(({ id }) => id !== notificationId));
      setUnreadCount((await notificationService.getUnreadCount(userId)).unreadCount);
    }, [userId]);
    return { notifications, unreadCount, markAsRead, deleteNotification };
  }

  function useAnalytics(userId: string) {
    const [analytics, setAnalytics] = useState<Analytics | null>(null);
    useLoaded(userId, () => analyticsService.getAnalytics(userId), setAnalytics);
    useEvent<Analytics>(EVENTS.analyticsUpdated, userId, setAnalytics);
    const updateLearningHours = useCallback(async (hours: number) => {
      setAnalytics(await analyticsService.updateLearningHours(userId, hours));
    }, [userId]);
    const updateStreak = useCallback(async (currentStreak: number, longestStreak: number) => {
      setAnalytics(await analyticsService.updateStreak(userId, currentStreak, longestStreak));
    }, [userId]);
    const incrementStat = useCallback(async (statName: StatName, incrementBy = 1) => {
      setAnalytics(await analyticsService.incrementStat(userId, statName, incrementBy));
    }, [userId]);
    return { analytics, updateLearningHours, updateStreak, incrementStat };
  }

  return { useSocket, useActivities, useNotifications, useAnalytics };
}

interface Entry {
  readonly id: string;
  readonly read: boolean;
}

/** An entry may come by event and by request; it stands there once. */
function withNew<T extends Entry>(known: readonly T[], entry: T): readonly T[] {
  return [entry, ...known.filter(({ id }) => id !== entry.id)];
}

/** What was done on another page of the same person. */
function changed<T extends Entry>(
  known: readonly T[],
  { change, id }: FeedChange,
): readonly T[] {
  if (change === "all-deleted") return [];
  if (change === "deleted") return known.filter((entry) => entry.id !== id);
  return known.map((entry) =>
    change === "all-read" || entry.id === id ? { ...entry, read: true } : entry
  );
}

/** What came meanwhile has moved the pages: an entry may come again. */
function withOlder<T extends Entry>(known: readonly T[], older: readonly T[]): readonly T[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...older.filter(({ id }) => !ids.has(id))];
}
