import { z } from "zod";
import type { ActivityType } from "../lib/activity_types.ts";
import { type Clock, toIso } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { checkStorable } from "../lib/json.ts";
import {
  type Activity,
  ACTIVITY_TITLES,
  activityInputSchema,
  type People,
} from "../lib/people/mod.ts";
import {
  toActivity,
  toActivityPage,
  toLearning,
  toNotification,
  toNotificationPage,
} from "../lib/people/view.ts";
import { validate } from "../lib/validation.ts";
import type { Directory } from "./io/directory.ts";
import type { EventHandlers } from "./io/dispatch.ts";
import { requirePerson, SIGNED_IN_ROOM, userRoom } from "./io/rooms.ts";
import type { IoNamespace, IoSocket } from "./io/types.ts";
import { DATA_NAMES, type DataName, PEOPLE_ROOM, type UsersStatus } from "./protocol.ts";

/** What people are told of and what they ask for. */
export type PeopleSource =
  & Pick<People, "addActivity" | "findLearning" | "watch">
  & {
    readonly activities: Pick<People["activities"], "list">;
    readonly notifications: Pick<People["notifications"], "list">;
  };

export interface PeopleEventsDeps {
  readonly clock: Clock;
  /** The default one. */
  readonly namespace: IoNamespace;
  readonly directory: Directory;
  readonly people: PeopleSource;
  /** Kinds of activities that everybody who is signed in may hear of (T-L03). */
  readonly publicActivities: readonly ActivityType[];
}

/** Document 3 over Socket.IO: everybody hears what is their own. */
export interface PeopleEvents {
  readonly handlers: EventHandlers;
  /** Sends `users:status` if the number has changed. A timer calls it. */
  refresh(): void;
  close(): void;
}

export function createPeopleEvents(deps: PeopleEventsDeps): PeopleEvents {
  const { clock, namespace, directory, people, publicActivities } = deps;
  let sent = 0;

  function status(): UsersStatus {
    return { activeCount: directory.users(), timestamp: toIso(clock.now()) };
  }

  function refresh(): void {
    const now = status();
    if (now.activeCount === sent) return;
    sent = now.activeCount;
    namespace.local.emit("users:status", now);
  }

  function tellOfActivity(activity: Activity): void {
    const seen = toActivity(activity);
    // One of the administrators who is its owner hears of it once.
    namespace.to([userRoom(activity.userId), PEOPLE_ROOM]).emit("activity:created", seen);
    const { type, title, timestamp } = seen;
    if (!publicActivities.includes(type)) return;
    namespace.to(SIGNED_IN_ROOM).emit("activity:new", { type, title, timestamp });
  }

  const close = people.watch((userId, change) => {
    const own = namespace.to(userRoom(userId));
    if (change.kind === "activity") tellOfActivity(change.activity);
    else if (change.kind === "learning") own.emit("analytics:updated", toLearning(change.learning));
    else if (change.kind === "notification") {
      own.emit("notification:received", toNotification(change.notification));
    } else own.emit(`${change.kind}:changed`, change.change);
  });

  return { handlers: handlersOf(people, status), refresh, close };
}

const REQUEST = { code: "VALIDATION_ERROR", what: "Request is not valid" } as const;

const userId = activityInputSchema.shape.userId.optional();
const loginSchema = z.union([z.string(), z.object({ userId: z.string() })])
  .transform((given) => typeof given === "string" ? given : given.userId);

/** As over HTTP; the sender and a title that follows from the type need not be said. */
const createSchema = activityInputSchema.extend({
  userId,
  title: activityInputSchema.shape.title.optional(),
});

const MAX_ENTRIES = 100;
const dataSchema = z.object({
  name: z.enum(DATA_NAMES),
  userId,
  limit: z.int().min(1).max(MAX_ENTRIES).default(20),
  skip: z.int().min(0).max(1_000_000).default(0),
});
type DataRequest = z.infer<typeof dataSchema>;

function handlersOf(people: PeopleSource, status: () => UsersStatus): EventHandlers {
  const data: Record<DataName, (userId: string, page: DataRequest) => unknown> = {
    async activities(userId, page) {
      return toActivityPage({ ...await people.activities.list(userId, page), ...page });
    },
    async notifications(userId, page) {
      return toNotificationPage({ ...await people.notifications.list(userId, page), ...page });
    },
    analytics: async (userId) => toLearning(await people.findLearning(userId)),
    status,
  };

  return {
    "user:login"(socket, payload) {
      const userId = requirePerson(socket.data.identity, parseLogin(payload));
      const now = status();
      socket.emit("users:status", now);
      return { userId, activeCount: now.activeCount };
    },
    async "activity:create"(socket, payload) {
      checkStorable(payload);
      const input = validate(createSchema, payload, REQUEST);
      const userId = requirePerson(socket.data.identity, input.userId);
      const title = input.title ?? ACTIVITY_TITLES[input.type];
      return toActivity(await people.addActivity({ ...input, userId, title }));
    },
    async "data:request"(socket, payload) {
      const given = typeof payload === "string" ? { name: payload } : payload;
      const request = validate(dataSchema, given, REQUEST);
      const userId = requirePerson(socket.data.identity, request.userId);
      const answer = await data[request.name](userId, request);
      sendData(socket, request.name, answer);
      return answer;
    },
  };
}

/** Whom a client says it is; without a word, whom its token names. */
function parseLogin(payload: unknown): string | undefined {
  if (payload === undefined || payload === null) return undefined;
  const parsed = loginSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION_ERROR", "User id is not valid", {
    details: { field: "userId", expected: "the id of a user" },
  });
}

/** What is asked for and what is sent belong together by the name, which the package cannot tell. */
interface DataEmitter {
  emit(event: `data:${DataName}`, payload: unknown): unknown;
}

function sendData(socket: IoSocket, name: DataName, payload: unknown): void {
  (socket as DataEmitter).emit(`data:${name}`, payload);
}
