import type { VNode } from "preact";
import type { Ui } from "../../lib/ui/ui.ts";

export interface Story {
  /** Address in the gallery; that of the page where it is the ordinary state. */
  readonly path: string;
  readonly title: (ui: Ui) => string;
  readonly page: (ui: Ui) => VNode;
}
