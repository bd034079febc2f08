import type { Browser } from "playwright-core";
import type { Look, Operator } from "./operator.ts";
import type { Server } from "./server.ts";

/** One operator's day: each step goes on where the one before it ended. */
export interface Scene {
  readonly server: Server;
  readonly browser: Browser;
  readonly operator: Operator;
}

/** Both themes and both languages, without all four of their pairs. */
export const LOOKS: readonly Look[] = [
  { locale: "ko", theme: "light" },
  { locale: "en", theme: "dark" },
];
