import type { ComponentChildren } from "preact";

export interface CardProps {
  readonly title: string;
  /** Names the card for links and for the region of screen readers; unique on the page. */
  readonly id: string;
  readonly hint?: ComponentChildren;
  /** At the right of the title: a link, a button. */
  readonly action?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A titled part of a page. */
export function Card({ title, id, hint, action, class: extra, children }: CardProps) {
  return (
    <section class={extra ? `card ${extra}` : "card"} aria-labelledby={id}>
      <header class="card__head">
        <div class="card__titles">
          <h2 class="card__title" id={id}>{title}</h2>
          {hint && <p class="card__hint">{hint}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
