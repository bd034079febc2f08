import { isOutsideServer } from "./layout.ts";

const CLOCKS = ["lib/clock.ts", "islands/clock.ts", "client/kiosk/browser.ts"] as const;

/** What reads the machine or the world, and the files that may. */
const HOMES = {
  "Date.now": CLOCKS,
  "new Date()": CLOCKS,
  "performance.now": CLOCKS,
  "Math.random": ["lib/ids.ts", "lib/jitter.ts", "islands/clock.ts", "client/kiosk/browser.ts"],
  "crypto.randomUUID": ["lib/ids.ts"],
  "Deno.env": ["main.ts"],
  "console": ["lib/logger.ts", "main.ts"],
} as const satisfies Record<string, readonly string[]>;

/** A global that is kept to its own file, so that a test can put another in its place. */
export type GuardedGlobal = keyof typeof HOMES;

/**
 * The guarded global behind a dotted name such as `Date.now` or `globalThis.console.error`, or
 * behind `new Date()`; null when the name is free to use.
 */
export function toGuardedGlobal(dottedName: string): GuardedGlobal | null {
  const name = dottedName.replace(/^(new )?(?:globalThis|window|self)\./, "$1");
  if (name.startsWith("console.")) return "console";
  return isGuarded(name) ? name : null;
}

/** Says why a file may not use a guarded global, or null when it may. */
export function refuseGlobal(file: string, name: GuardedGlobal): string | null {
  const homes: readonly string[] = HOMES[name];
  if (homes.includes(file) || isOutsideServer(file)) return null;
  return `${name} stands only in ${homes.join(" and ")}; take it as an argument`;
}

function isGuarded(name: string): name is GuardedGlobal {
  return Object.hasOwn(HOMES, name);
}
