import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

export interface EmptyStateProps {
  readonly title: string;
  readonly hint?: ComponentChildren;
  readonly icon?: IconName;
  readonly action?: ComponentChildren;
}

/** In the place of content that is not there (yet). */
export function EmptyState({ title, hint, icon = "inbox", action }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty__title">{title}</p>
      {hint && <p class="empty__hint">{hint}</p>}
      {action}
    </div>
  );
}

/** In the place of content that is on its way. */
export function LoadingState({ label }: { readonly label: string }) {
  return (
    <div class="empty empty--loading" role="status">
      <Icon name="spinner" />
      <p class="empty__hint">{label}</p>
    </div>
  );
}

export interface NoticeProps {
  readonly tone: "good" | "bad" | "warn";
  readonly children: ComponentChildren;
}

/** A message above what it is about; read out at once when something failed. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <div class={`notice notice--${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={tone === "good" ? "check" : "alert"} />
      <div>{children}</div>
    </div>
  );
}

/** Says briefly that something was done. The region stays, so that its text is read out. */
export function Toast({ text }: { readonly text: string | null }) {
  return (
    <div class="toasts" role="status">
      {text && (
        <p class="toast">
          <Icon name="check" />
          {text}
        </p>
      )}
    </div>
  );
}
