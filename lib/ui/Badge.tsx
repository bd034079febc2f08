import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

/** Meanings that have a colour; each comes with an icon or a word, so that colour is never alone. */
export type Tone = "good" | "bad" | "active" | "quiet" | "warn";

export interface BadgeProps {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function Badge({ tone, icon, title, children }: BadgeProps) {
  return (
    <span class={`badge badge--${tone}`} title={title}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
