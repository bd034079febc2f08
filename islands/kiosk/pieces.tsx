import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../../lib/ui/Icon.tsx";
import { useScene } from "./app_context.ts";
import { Art } from "./art.tsx";
import type { ArtName } from "./content.ts";

export interface PressProps {
  readonly text: string;
  readonly onPress: () => void;
  readonly look?: "main" | "plain" | "quiet";
  readonly disabled?: boolean;
}

/** The button that leads on; says what was pressed, as document 1 wants it. */
export function Press({ text, onPress, look = "main", disabled = false }: PressProps) {
  const { store } = useScene();
  function press(): void {
    store.pressed(text, look === "main" ? "primary" : "grey");
    onPress();
  }
  return (
    <button type="button" class={`press press--${look}`} onClick={press} disabled={disabled}>
      {text}
    </button>
  );
}

/** A large thing to touch, with a picture. */
export function Choice(
  { art, title, hint, isChosen, onPress }: {
    readonly art: ArtName;
    readonly title: string;
    readonly hint: string;
    /** Undefined for one that leads somewhere instead. */
    readonly isChosen?: boolean;
    readonly onPress: () => void;
  },
) {
  return (
    <button type="button" class="choice" aria-pressed={isChosen} onClick={onPress}>
      <Art name={art} />
      <span class="choice__text">
        <strong>{title}</strong>
        <span>{hint}</span>
      </span>
      <Icon name={isChosen ? "check" : "right"} />
    </button>
  );
}

export function IconPress(
  { icon, label, onPress, disabled = false }: {
    readonly icon: IconName;
    readonly label: string;
    readonly onPress: () => void;
    readonly disabled?: boolean;
  },
) {
  return (
    <button
      type="button"
      class="icon-press"
      aria-label={label}
      onClick={onPress}
      disabled={disabled}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The name of a screen. It has the focus when the screen comes, so that it is read out. */
export function Title({ children }: { readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 class="title" tabIndex={-1} ref={heading}>{children}</h1>;
}

/** Over the page, and the only thing that can be touched; Escape does what `onClose` does. */
export function Sheet(
  { label, onClose, children }: {
    readonly label: string;
    readonly onClose: () => void;
    readonly children: ComponentChildren;
  },
) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  function cancel(event: Event): void {
    event.preventDefault();
    onClose();
  }
  return <dialog class="sheet" aria-label={label} ref={dialog} onCancel={cancel}>{children}
  </dialog>;
}

/** @param share of the ring that is drawn, from 0 to 1 */
export function Ring({ share }: { readonly share: number }) {
  return (
    <svg viewBox="0 0 96 96" aria-hidden="true">
      <circle class="dial__ring" cx="48" cy="48" r="40" />
      <circle
        class="dial__share"
        cx="48"
        cy="48"
        r="40"
        pathLength="1"
        stroke-dasharray={`${share} 1`}
      />
    </svg>
  );
}
