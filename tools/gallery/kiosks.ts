import type { KioskView } from "../../lib/kiosks/view.ts";
import { NOW } from "./missions.ts";

const ago = (ms: number) => new Date(NOW - ms).toISOString();

const SILENT: KioskView = {
  kioskId: "kiosk_1737200000000000000001",
  name: "1층 안내 데스크 옆",
  place: "1층, 입구",
  state: "unpaired",
  isFixed: false,
  lastSeenAt: null,
  pairedAt: null,
  codeExpiresAt: ago(-480_000),
  queue: null,
  battery: null,
  charging: null,
  page: null,
  lastTouchAt: null,
  version: null,
  clockOffsetMs: null,
  command: null,
};

const ONLINE: KioskView = {
  ...SILENT,
  kioskId: "kiosk_1737200000000000000002",
  name: "Hall A",
  place: "1F, next to the café",
  state: "online",
  lastSeenAt: ago(4_000),
  pairedAt: ago(86_400_000),
  codeExpiresAt: null,
  queue: 0,
  battery: 0.82,
  charging: true,
  page: "/portfolio/create/auto/step3",
  lastTouchAt: ago(6_000),
  version: "hall 1.4.0",
  clockOffsetMs: 120,
  command: {
    name: "reload",
    by: "operator",
    sentAt: ago(60_000),
    deliveredAt: ago(59_000),
    hasExpired: false,
  },
};

export const KIOSKS: readonly KioskView[] = [
  SILENT,
  ONLINE,
  {
    ...ONLINE,
    kioskId: "kiosk_1737200000000000000003",
    name: "Hall B",
    place: "",
    state: "unknown",
    lastSeenAt: ago(70_000),
    queue: 1_284,
    battery: 0.07,
    charging: false,
    page: "/mission-selection",
    clockOffsetMs: 10_800_000,
    command: {
      name: "message",
      by: "operator",
      sentAt: ago(20_000),
      deliveredAt: null,
      hasExpired: false,
    },
  },
  {
    ...ONLINE,
    kioskId: "kiosk_1737200000000000000004",
    name: "A kiosk with a name that is as long as a name is allowed to",
    place: "2층, 기획전시실 안쪽 왼편, 비상구 앞 기둥 옆",
    state: "offline",
    lastSeenAt: ago(7_200_000),
    page: `/etf/${"0123456789".repeat(12)}/detail`,
    clockOffsetMs: -2_400,
    command: { ...ONLINE.command!, deliveredAt: null, hasExpired: true },
  },
  {
    ...SILENT,
    kioskId: "kiosk_hall-9",
    name: "hall-9",
    place: "",
    state: "offline",
    isFixed: true,
    codeExpiresAt: null,
  },
];
