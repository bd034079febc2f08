import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Words } from "./words.ts";

export interface StatProps {
  readonly label: string;
  /** Null draws a dash that is read out as "no value yet". */
  readonly value: string | null;
  readonly t: Words;
  readonly hint?: ComponentChildren;
  readonly class?: string;
}

/** One figure with its name; stands in a `<dl>`. */
export function Stat({ label, value, t, hint, class: extra }: StatProps) {
  return (
    <div class={extra ? `stat ${extra}` : "stat"}>
      <dt class="stat__label">{label}</dt>
      <dd class="stat__value">
        {value === null ? <NoValue t={t} /> : <Tick value={value} />}
        {hint && <span class="stat__hint">{hint}</span>}
      </dd>
    </div>
  );
}

export function NoValue({ t }: { readonly t: Words }) {
  return (
    <>
      <span class="none" aria-hidden="true">{t.figures.none}</span>
      <span class="sr-only">{t.figures.noneLabel}</span>
    </>
  );
}

/** A value that lights up for a moment when it changes on a live page. */
export function Tick({ value }: { readonly value: string }) {
  const first = useRef(value);
  return <span key={value} class={value === first.current ? undefined : "tick"}>{value}</span>;
}
