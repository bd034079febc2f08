import type { VNode } from "preact";
import type { ArtName } from "./content.ts";

/** Drawn on 96 by 96; `a` to `d` are colours of the theme (`static/ui/demo.css`). */
const SHAPES: Readonly<Record<ArtName, VNode>> = {
  sprout: (
    <>
      <path class="art__d" d="M14 78h68a34 12 0 0 1-68 0z" />
      <path class="art__line" d="M48 78V44" />
      <path class="art__c" d="M48 52C30 52 22 40 22 26c16 0 26 8 26 26z" />
      <path class="art__a" d="M48 44c0-16 10-24 26-24 0 14-8 24-26 24z" />
    </>
  ),
  scales: (
    <>
      <path class="art__line" d="M48 20v54M22 30h52M32 78h32" />
      <path class="art__b" d="M8 52h28a14 12 0 0 1-28 0z" />
      <path class="art__a" d="M60 52h28a14 12 0 0 1-28 0z" />
      <path class="art__thin" d="M22 30 10 52M22 30l12 22M74 30 62 52M74 30l12 22" />
      <circle class="art__c" cx="48" cy="20" r="7" />
    </>
  ),
  kite: (
    <>
      <path class="art__b" d="M56 8 84 36 56 64 36 36z" />
      <path class="art__e" d="M56 8v56L36 36z" />
      <path class="art__thin" d="M56 64c-6 12-18 4-24 12s-8 10-18 12" />
      <path class="art__a" d="m34 70 8 4-6 6zM20 80l8 4-7 5z" />
    </>
  ),
  tree: (
    <>
      <path class="art__line" d="M48 84V52M48 66l12-10" />
      <circle class="art__c" cx="34" cy="42" r="18" />
      <circle class="art__a" cx="58" cy="34" r="22" />
      <circle class="art__b" cx="50" cy="28" r="4" />
      <circle class="art__b" cx="66" cy="40" r="4" />
      <circle class="art__b" cx="34" cy="46" r="4" />
    </>
  ),
  coins: (
    <>
      <path class="art__b" d="M16 60h36v18a18 7 0 0 1-36 0z" />
      <ellipse class="art__e" cx="34" cy="60" rx="18" ry="7" />
      <path class="art__b" d="M46 36h36v40a18 7 0 0 1-36 0z" />
      <path class="art__thin" d="M46 50a18 7 0 0 0 36 0M46 63a18 7 0 0 0 36 0" />
      <ellipse class="art__e" cx="64" cy="36" rx="18" ry="7" />
      <path class="art__a" d="M64 8c4 6 8 9 8 13a8 8 0 0 1-16 0c0-4 4-7 8-13z" />
    </>
  ),
  bricks: (
    <>
      <rect class="art__a" x="12" y="56" width="34" height="22" rx="6" />
      <rect class="art__b" x="50" y="56" width="34" height="22" rx="6" />
      <rect class="art__d" x="30" y="30" width="36" height="22" rx="6" />
      <circle class="art__c" cx="48" cy="17" r="9" />
    </>
  ),
  basket: (
    <>
      <circle class="art__b" cx="36" cy="34" r="13" />
      <rect class="art__c" x="50" y="20" width="22" height="24" rx="5" />
      <path class="art__a" d="M10 42h76l-9 38a6 6 0 0 1-6 5H25a6 6 0 0 1-6-5z" />
      <path class="art__over" d="M32 54v20M48 54v20M64 54v20" />
    </>
  ),
  card: (
    <>
      <rect
        class="art__d"
        x="24"
        y="14"
        width="52"
        height="64"
        rx="10"
        transform="rotate(9 50 46)"
      />
      <rect
        class="art__a"
        x="18"
        y="16"
        width="52"
        height="64"
        rx="10"
        transform="rotate(-5 44 48)"
      />
      <path class="art__over" d="m30 36 26-2M31 48l18-1.500M32 60l26-2" />
    </>
  ),
  medal: (
    <>
      <path class="art__b" d="m30 8 18 34L66 8h14L58 50H38L16 8z" />
      <circle class="art__a" cx="48" cy="60" r="26" />
      <path class="art__over" d="m36 60 9 9 16-17" />
    </>
  ),
  door: (
    <>
      <rect class="art__d" x="24" y="12" width="46" height="72" rx="6" />
      <path class="art__c" d="m24 14 32 10v66L24 84z" />
      <circle class="art__b" cx="48" cy="54" r="4" />
      <path class="art__line" d="M12 84h72" />
    </>
  ),
};

/** A picture beside words that say the same. */
export function Art({ name }: { readonly name: ArtName }) {
  return <svg class="art" viewBox="0 0 96 96" aria-hidden="true">{SHAPES[name]}</svg>;
}

/** From very hard (1) to very easy (5). */
const MOUTHS = [
  "M30 68q18-16 36 0",
  "M32 66q16-8 32 0",
  "M32 63h32",
  "M32 60q16 10 32 0",
  "M28 58q20 22 40 0z",
];

export function Face({ rating }: { readonly rating: number }) {
  return (
    <svg class={`art face face--${rating}`} viewBox="0 0 96 96" aria-hidden="true">
      <circle class="face__skin" cx="48" cy="48" r="40" />
      <circle class="face__ink" cx="34" cy="40" r="5" />
      <circle class="face__ink" cx="62" cy="40" r="5" />
      <path class="face__mouth" d={MOUTHS[rating - 1]} />
    </svg>
  );
}
