import { useEffect, useRef, useState } from "preact/hooks";
import type { ChartSpec } from "../lib/ui/chart.ts";
import { Icon } from "../lib/ui/Icon.tsx";
import type { Locale } from "../lib/ui/locale.ts";
import { LoadingState, Notice, Toast } from "../lib/ui/Notice.tsx";
import { wordsOf } from "../lib/ui/words.ts";
import type { Drawing } from "./chart_drawing.ts";
import { onThemeChange, readChartTheme } from "./chart_theme.ts";
import { browserClock } from "./clock.ts";

export interface ChartPanelProps {
  readonly title: string;
  /** Of the picture, without its ending. */
  readonly fileName: string;
  readonly spec: ChartSpec;
  readonly locale: Locale;
}

type Phase = "loading" | "drawn" | "failed";

const TOAST_MS = 3_000;

/** A chart that loads its library when it is there to be drawn. Its numbers stand in a table. */
export function ChartPanel({ title, fileName, spec, locale }: ChartPanelProps) {
  const t = wordsOf(locale);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const [phase, setPhase] = useState<Phase>("loading");
  const [toast, setToast] = useState<string | null>(null);
  useEffect(
    () => keepDrawn({ canvas: canvas.current, drawing, spec, setPhase }),
    // A live page gives the same points anew; only others are drawn again.
    [JSON.stringify(spec)],
  );

  const download = () => {
    if (drawing.current === null) return;
    save(drawing.current.toPicture(title), `${fileName}.png`);
    setToast(t.analytics.downloaded);
    browserClock.after(TOAST_MS, () => setToast(null));
  };
  return (
    <div class="chart" data-chart={phase}>
      <div class={`chart__box chart__box--${spec.kind}`}>
        <canvas ref={canvas} role="img" aria-label={title} />
        {phase === "loading" && <LoadingState label={t.analytics.loading} />}
      </div>
      {phase === "failed" && <Notice tone="warn">{t.analytics.failed}</Notice>}
      <p class="chart__still">{t.analytics.noScript}</p>
      <button
        class="button chart__save"
        type="button"
        aria-label={`${t.analytics.download}: ${title}`}
        onClick={download}
      >
        <Icon name="download" />
        PNG
      </button>
      <Toast text={toast} />
    </div>
  );
}

interface KeepDrawn {
  readonly canvas: HTMLCanvasElement | null;
  readonly drawing: { current: Drawing | null };
  readonly spec: ChartSpec;
  readonly setPhase: (phase: Phase) => void;
}

/** Draws now and again whenever the colours change; gives the function that ends it. */
function keepDrawn({ canvas, drawing, spec, setPhase }: KeepDrawn): () => void {
  let ended = false;
  const draw = async () => {
    try {
      const { drawChart } = await import("./chart_drawing.ts");
      if (ended || canvas === null) return;
      drawing.current?.destroy();
      drawing.current = drawChart({ canvas, spec, theme: readChartTheme() });
      setPhase("drawn");
    } catch {
      setPhase("failed");
    }
  };
  draw();
  const stopWatching = onThemeChange(draw);
  return () => {
    ended = true;
    stopWatching();
    drawing.current?.destroy();
  };
}

function save(address: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
}
