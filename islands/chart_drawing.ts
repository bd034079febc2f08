import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  type Scale,
  type ScriptableLineSegmentContext,
  Tooltip,
} from "chart.js";
import type { ChartSpec } from "../lib/ui/chart.ts";
import type { ChartTheme } from "./chart_theme.ts";

/**
 * The heavy half of the charts, a chunk of its own that is loaded where a chart is drawn. It imports
 * nothing that the pages' own script has, or that script would be split as well.
 */
export interface Drawing {
  /** A PNG data address with title and ground, as a report needs it. */
  toPicture(title: string): string;
  destroy(): void;
}

export interface DrawParts {
  readonly canvas: HTMLCanvasElement;
  readonly spec: ChartSpec;
  readonly theme: ChartTheme;
}

export function drawChart(parts: DrawParts): Drawing {
  Chart.register(
    BarController,
    BarElement,
    CategoryScale,
    LinearScale,
    LineController,
    LineElement,
    PointElement,
    Tooltip,
  );
  const chart = new Chart(parts.canvas, configure(parts));
  return {
    toPicture: (title) => toPicture(parts, title),
    destroy: () => chart.destroy(),
  };
}

function configure(parts: DrawParts): ChartConfiguration<"bar" | "line"> {
  const { spec, theme } = parts;
  const { points, kind } = spec;
  const font = fontOf(theme);
  return {
    type: kind,
    data: {
      labels: points.map((point) => point.label),
      datasets: [{
        data: points.map((point) => point.value),
        ...(kind === "bar" ? barLook(spec, theme) : lineLook(spec, theme)),
      }],
    },
    options: {
      indexAxis: kind === "bar" ? "y" : "x",
      maintainAspectRatio: false,
      // A picture for a report is sharp even when it is taken on an ordinary screen.
      devicePixelRatio: Math.max(2, devicePixelRatio),
      // Numbers that fly in help nobody.
      animation: false,
      layout: { padding: kind === "bar" ? { right: widestText(spec, theme) } : { top: 8 } },
      scales: scalesOf(parts),
      plugins: {
        tooltip: {
          enabled: kind === "line",
          displayColors: false,
          titleFont: font,
          bodyFont: font,
          callbacks: { label: ({ dataIndex }) => points[dataIndex].text },
        },
      },
    },
    plugins: kind === "bar" ? [textsBesideBars(spec, theme)] : [],
  };
}

function fontOf({ family, size }: ChartTheme) {
  return { family, size };
}

function barLook({ points }: ChartSpec, theme: ChartTheme) {
  const colours = { marked: theme.marked, quiet: theme.less };
  return {
    backgroundColor: points.map(({ tone }) => tone === undefined ? theme.main : colours[tone]),
    borderRadius: 4,
    maxBarThickness: 30,
  };
}

function lineLook({ points }: ChartSpec, theme: ChartTheme) {
  return {
    borderColor: theme.main,
    borderWidth: 2.5,
    // Days without a value are gone over, and seen to be.
    spanGaps: true,
    segment: {
      borderDash: ({ p0, p1 }: ScriptableLineSegmentContext) =>
        p0.skip || p1.skip ? [5, 5] : undefined,
    },
    pointRadius: 4,
    // A point at 100 % is drawn whole, over the edge.
    clip: false as const,
    pointHoverRadius: 6,
    pointBorderWidth: 2,
    pointBorderColor: theme.main,
    pointBackgroundColor: points.map((it) => it.isWeak ? theme.surface : theme.main),
  };
}

type Scales = NonNullable<ChartConfiguration<"bar" | "line">["options"]>["scales"];

function scalesOf({ spec, theme }: DrawParts): Scales {
  const { kind, unit, points } = spec;
  const font = fontOf(theme);
  const names = {
    grid: { display: false },
    border: { color: theme.grid },
    ticks: {
      font,
      color: kind === "bar" ? theme.text : theme.quiet,
      maxRotation: 0,
      autoSkip: kind === "line",
      autoSkipPadding: LABEL_GAP,
      callback(this: Scale, _value: string | number, index: number) {
        const { label } = points[index];
        return kind === "bar" ? wrap(label, roomForNames(this.chart, { spec, theme })) : label;
      },
    },
  };
  const values = {
    // The bars carry their values themselves, so their axis would say it twice.
    display: kind === "line",
    beginAtZero: true,
    max: unit === "percent" ? 1 : undefined,
    suggestedMax: Math.max(1, ...points.map(({ value }) => value ?? 0)),
    grid: { color: theme.grid },
    border: { display: false },
    ticks: {
      font,
      color: theme.quiet,
      maxTicksLimit: 5,
      precision: unit === "count" ? 0 : undefined,
      callback: (value: string | number) =>
        unit === "percent"
          ? `${Math.round(Number(value) * 100)}%`
          : Number(value).toLocaleString(document.documentElement.lang),
    },
  };
  return kind === "bar" ? { y: names, x: values } : { x: names, y: values };
}

interface Room {
  readonly width: number;
  readonly measure: (text: string) => number;
}

/** Between the days under a line: fewer of them are shown rather than closer ones. */
const LABEL_GAP = 16;

/** Between a name and its bar, as the library draws it. */
const NAME_GAP = 14;

/** The library gives the names at most half of what the texts leave. */
function roomForNames({ ctx, width }: Chart, { spec, theme }: Omit<DrawParts, "canvas">): Room {
  ctx.font = `${theme.size}px ${theme.family}`;
  return {
    width: (width - widestText(spec, theme)) / 2 - NAME_GAP,
    measure: (text) => ctx.measureText(text).width,
  };
}

/** A long name in lines that fit, parted between words: on a phone it would be cut otherwise. */
function wrap(label: string, { width, measure }: Room): string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const TEXT_GAP = 8;

function textsBesideBars({ points }: ChartSpec, theme: ChartTheme): Plugin {
  return {
    id: "texts-beside-bars",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `600 ${theme.size}px ${theme.family}`;
      ctx.fillStyle = theme.text;
      ctx.textBaseline = "middle";
      for (const [index, bar] of chart.getDatasetMeta(0).data.entries()) {
        ctx.fillText(points[index].text, bar.x + TEXT_GAP, bar.y);
      }
      ctx.restore();
    },
  };
}

function widestText({ points }: ChartSpec, { size, family }: ChartTheme): number {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return 0;
  context.font = `600 ${size}px ${family}`;
  return TEXT_GAP * 2 + Math.max(0, ...points.map((it) => context.measureText(it.text).width));
}

function toPicture({ canvas, theme }: DrawParts, title: string): string {
  const scale = canvas.width / canvas.clientWidth;
  const margin = 24 * scale;
  const head = theme.size * 2.5 * scale;
  const picture = document.createElement("canvas");
  picture.width = canvas.width + 2 * margin;
  picture.height = canvas.height + head + 2 * margin;
  const context = picture.getContext("2d");
  if (context === null) return canvas.toDataURL("image/png");
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = theme.text;
  context.font = `600 ${theme.size * 1.25 * scale}px ${theme.family}`;
  context.textBaseline = "top";
  context.fillText(title, margin, margin);
  context.drawImage(canvas, margin, margin + head);
  return picture.toDataURL("image/png");
}
