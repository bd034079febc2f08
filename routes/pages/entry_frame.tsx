import type { ComponentChildren } from "preact";
import { BrandMark, LanguageSwitch } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";

export interface EntryFrameProps {
  readonly ui: Ui;
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

/** Around pages before sign-in: one card in the middle. */
export function EntryFrame({ ui, title, lead, children }: EntryFrameProps) {
  return (
    <div class="entry">
      <main class="entry__card">
        <div class="entry__brand">
          <BrandMark />
          {ui.t.product}
        </div>
        <h1 class="entry__title">{title}</h1>
        <p class="entry__lead">{lead}</p>
        {children}
      </main>
      <footer class="entry__foot">
        <LanguageSwitch ui={ui} />
      </footer>
    </div>
  );
}
