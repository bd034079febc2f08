/** Drawn on a 24-pixel grid with round 1.75-pixel strokes; colour is that of the text. */
const SHAPES = {
  grid: "M4 4h7v7H4zM13 4h7v4h-7zM13 11h7v9h-7zM4 14h7v6H4z",
  pulse: "M3 12h4l2.5-7 5 14 2.5-7h4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  chart: "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14",
  sun:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  screen: "M4 5h16v11H4zM9 20h6M12 16v4",
  left: "M14.5 6 8.5 12l6 6",
  right: "M9.5 6l6 6-6 6",
  down: "M6 9.5l6 6 6-6",
  up: "M6 14.5l6-6 6 6",
  rise: "M4 17l6-6 4 4 6-8M14.5 7H20v5.5",
  fall: "M4 7l6 6 4-4 6 8M14.5 17H20v-5.5",
  gauge: "M4 18a8 8 0 1 1 16 0M12 18l4-6",
  key: "M14.5 9.5a4 4 0 1 0-3 3.9L13 15h2v2h2v2h3v-3l-5.6-5.6a4 4 0 0 0 .1-.9zM9.5 8.5h.01",
  updown: "M8 10l4-4 4 4M8 14l4 4 4-4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M7 7l10 10M17 7 7 17",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l10.5-6.5z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
  offline:
    "M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 5-2.7M19 12a10 10 0 0 0-3.5-2.3M12 19h.01",
  user: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20a7.5 7.5 0 0 1 15 0",
  exit: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  alert: "M12 4 2.8 20h18.4zM12 10v4M12 17h.01",
  bell: "M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
  inbox: "M4 13l3-8h10l3 8v6H4zM4 13h5l1.5 2.5h3L15 13h5",
  filter: "M4 6h16M7 12h10M10 18h4",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
  minus: "M5 12h14",
  plus: "M5 12h14M12 5v14",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8h.01",
  spinner: "M12 4a8 8 0 1 0 8 8",
} as const;

export type IconName = keyof typeof SHAPES;

/** A picture beside a text that says the same, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon--${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}
