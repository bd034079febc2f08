import type { CommandView, KioskState } from "../../kiosks/view.ts";
import { createNumbers } from "../numbers.ts";

const { number } = createNumbers("en");

const states: Readonly<Record<KioskState, string>> = {
  online: "Online",
  unknown: "Unknown",
  offline: "Offline",
  unpaired: "Not paired",
};

const commands: Readonly<Record<CommandView["name"], string>> = {
  reload: "Reload",
  message: "Message",
};

/** Of `/admin/kiosks`. */
export const kiosksEn = {
  title: "Kiosks",
  lead:
    "How the devices of the hall are. Silent for 45 seconds is unknown, for three minutes offline.",
  states,
  fixed: "Named by KIOSK_KEYS",
  lastSeen: "Last heard",
  queue: "Waiting to send",
  events: (count: number) => `${number(count)} event${count === 1 ? "" : "s"}`,
  page: "Page",
  lastTouch: "Last touch",
  battery: "Battery",
  charging: (level: string) => `${level}, charging`,
  clock: "Clock",
  inStep: "right",
  ahead: (time: string) => `${time} fast`,
  behind: (time: string) => `${time} slow`,
  version: "Version",
  commands,
  told: (command: string, by: string) => `${command} by ${by}:`,
  delivered: (time: string) => `delivered at ${time}.`,
  waiting: "waits for the kiosk.",
  expired: "not delivered, the kiosk was away for too long.",
  codeOpen: (time: string) => `A pairing code is open until ${time}.`,
  actions: "Actions",
  message: "Message on its screen",
  send: "Send",
  reload: "Reload",
  newCode: "New code",
  replace: "Replace device",
  remove: "Remove",
  add: "New kiosk",
  addHint: "Its device is paired by a code, and gets a key of its own.",
  name: "Name",
  place: "Place",
  placeHint: "Where it stands, for example 1st floor, entrance",
  submit: "Add and show the code",
  problems: {
    name: "Give the kiosk a name of up to 60 characters.",
    place: "Say the place in up to 100 characters.",
    tooMany: "There are too many kiosks. Remove one that is gone.",
  },
  codeFor: (name: string) => `Type this code in on the device that is to be ${name}:`,
  codeUntil: (time: string) =>
    `It is good once, until ${time}. A device that it replaces goes on until the new one is paired.`,
  news: {
    delivered: "The kiosk was told.",
    waits: "The kiosk is told as soon as it is heard, within ten minutes.",
    removed: "The kiosk is removed. Its key is good no more; its attempts stay.",
    noText: "Write a message of up to 200 characters.",
  },
  empty: "No kiosks yet",
  emptyHint: "Add one below, and type its code in on the device.",
};
