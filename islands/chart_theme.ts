/** The tokens of `static/ui/tokens.css` as a canvas needs them: resolved for the theme in force. */
export interface ChartTheme {
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly surface: string;
  readonly main: string;
  readonly marked: string;
  readonly less: string;
  readonly family: string;
  /** Pixels of the small text, which grows with the screen. */
  readonly size: number;
}

/** Reads the tokens through an element: `light-dark()` has a value only where it is used. */
export function readChartTheme(): ChartTheme {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    text: colour("--text"),
    quiet: colour("--text-quiet"),
    grid: colour("--grid"),
    surface: colour("--surface"),
    main: colour("--series-1"),
    marked: colour("--series-2"),
    less: colour("--series-quiet"),
    family: getComputedStyle(probe).fontFamily,
    size: 0.8125 * parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
  probe.remove();
  return theme;
}

/** Calls back when light and dark change, by the switch or by the machine. */
export function onThemeChange(step: () => void): () => void {
  const observer = new MutationObserver(step);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const machine = matchMedia("(prefers-color-scheme: dark)");
  machine.addEventListener("change", step);
  return () => {
    observer.disconnect();
    machine.removeEventListener("change", step);
  };
}
