import type { Visit } from "./visit.ts";

const NAME = "docent-demo";

/** Of this tab, over a reload; storage may be forbidden, and throws then. */
export const tabMemory = {
  read(): Visit | null {
    try {
      // Only this page writes it; a page of another version is not resumed.
      const kept: { version: number; visit: Visit } | null = JSON.parse(
        sessionStorage.getItem(NAME) ?? "null",
      );
      return kept?.version === VERSION ? kept.visit : null;
    } catch {
      return null;
    }
  },
  write(visit: Visit): void {
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ version: VERSION, visit }));
    } catch {
      // A reload then begins a new visit.
    }
  },
};

/** Of what is kept. */
const VERSION = 1;
