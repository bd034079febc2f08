import type { Person } from "../../lib/auth/directory.ts";
import type { UserView } from "../../routes/admin/user.tsx";
import { ENTRIES } from "./metrics.ts";
import { NOW } from "./missions.ts";

const HOUR_MS = 3_600_000;
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

const KIM: Person = {
  userId: "user_1737200000000000000001",
  username: "haneul.kim@example.org",
  email: "haneul.kim@example.org",
  name: "김하늘",
  role: "researcher",
  isFromSettings: false,
  emailVerifiedAt: NOW - 700 * HOUR_MS,
  createdAt: NOW - 701 * HOUR_MS,
  lastLoginAt: NOW - 2 * HOUR_MS,
  hasSecondFactor: true,
};

const ADMIN: Person = {
  ...KIM,
  userId: "user_1737200000000000000000",
  username: "admin",
  email: null,
  name: "admin",
  role: "admin",
  isFromSettings: true,
  emailVerifiedAt: null,
  hasSecondFactor: false,
};

/** One of each kind, and one with long names. */
export const PEOPLE: readonly Person[] = [
  {
    ...KIM,
    userId: "user_1737200000000000000002",
    username: "somebody-with-a-long-name@a-department.of-a-university.example",
    name: "Somebody Whose Name Is Rather Long",
    role: "user",
    lastLoginAt: null,
    hasSecondFactor: false,
  },
  KIM,
  {
    ...ADMIN,
    userId: "user_1737200000000000000003",
    username: "hall",
    name: "hall",
    role: "viewer",
  },
  ADMIN,
];

export const USER: UserView = {
  person: KIM,
  sessions: [
    {
      sessionId: "session_2",
      userAgent: CHROME,
      address: "203.0.113.7",
      createdAt: NOW - 2 * HOUR_MS,
      expiresAt: NOW + 22 * HOUR_MS,
    },
    {
      sessionId: "session_1",
      userAgent: "",
      address: "2001:db8:85a3::8a2e:370:7334",
      createdAt: NOW - 90 * HOUR_MS,
      expiresAt: NOW + 500 * HOUR_MS,
    },
  ],
  currentSessionId: "session_0",
  isSelf: false,
  entries: [
    {
      ...ENTRIES[0],
      action: "account.role_changed",
      target: KIM.userId,
      detail: "viewer → researcher",
    },
    { ...ENTRIES[1], action: "sessions.ended", target: KIM.userId },
  ],
  done: "role",
};

export const OWN_USER: UserView = {
  ...USER,
  person: ADMIN,
  sessions: USER.sessions.slice(0, 1),
  currentSessionId: "session_2",
  isSelf: true,
  entries: [],
  done: null,
};
