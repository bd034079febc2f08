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
  rename: "Rename",
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
    renamed: "The kiosk has its new name and place.",
    noName: "Give the kiosk a name of up to 60 characters, and a place of up to 100.",
    removed: "The kiosk is removed. Its key is good no more; its attempts stay.",
    noText: "Write a message of up to 200 characters.",
  },
  queueTitle: "Carried by hand",
  queueHint: "A kiosk without a network writes what it could not send into a file. Bring it here.",
  queueFile: "File of a kiosk's queue",
  queueFileHint: "Signed with the kiosk's key. The same file again changes nothing.",
  queueSubmit: "Import",
  queueRead: (kiosk: string, time: string) =>
    `The queue of ${kiosk}, written at ${time} by its clock, was read.`,
  queueProblems: {
    noFile: "Choose a file first.",
    notAQueue: "This is no kiosk's queue, or it was changed on its way: its signature is not good.",
    noKiosk: "The kiosk of this file is not known here.",
    tooLarge: "The file is larger than 16 MiB.",
    unavailable: "Storage did not take all of it. Import the file again.",
  },
  report: {
    attempts: "Attempts",
    events: "Events",
    stored: "Stored now",
    known: "Were here before",
    refused: "Refused",
  },
  faults: "What was refused",
  faultsHint: "The first hundred at most.",
  attempt: "Attempt",
  why: "Why",
  empty: "No kiosks yet",
  emptyHint: "Add one below, and type its code in on the device.",
};
