import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Localized } from "../../lib/ui/locale.ts";
import type { VisitorState } from "../../client/visitors.ts";
import type { Staff } from "./staff.ts";
import type { Visit } from "./visit.ts";
import type { VisitStore } from "./visit_store.ts";
import { type KioskWords, wordsOf } from "./words.ts";

export interface App {
  readonly store: VisitStore;
  readonly visitor: ReadonlySignal<VisitorState>;
  readonly staff: Staff;
  /** Runs a step later; gives the function that calls it off. */
  readonly after: (ms: number, step: () => void) => () => void;
}

export const AppContext = createContext<App | null>(null);

export interface Scene extends App {
  readonly visit: Visit;
  readonly t: KioskWords;
  /** A text of the content in the visitor's language. */
  readonly say: (text: Localized) => string;
}

/** What a screen draws from, and what it acts on. */
export function useScene(): Scene {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A screen stands outside of the application");
  const visit = app.store.visit.value;
  return { ...app, visit, t: wordsOf(visit.locale), say: (text) => text[visit.locale] };
}
