import { useEffect, useState } from "preact/hooks";
import type { AnalysisStep } from "../lib/interviews/view.ts";
import { LoadingState } from "../lib/ui/Notice.tsx";
import type { Locale } from "../lib/ui/locale.ts";
import { wordsOf } from "../lib/ui/words.ts";

export interface AnalysisProgressProps {
  /** Where the steps come from, as server-sent events. */
  readonly url: string;
  readonly locale: Locale;
}

const START: AnalysisStep = { percent: 0, stage: "queued" };

/** How far an analysis is; when it is at its end, the page is loaded anew and shows it. */
export function AnalysisProgress({ url, locale }: AnalysisProgressProps) {
  const words = wordsOf(locale).practice;
  const [{ percent, stage }, setStep] = useState(START);
  useEffect(() => {
    // The browser takes a broken stream up again by itself, and the server begins with what is.
    const stream = new EventSource(url);
    stream.addEventListener("step", ({ data }) => setStep(JSON.parse(data)));
    stream.addEventListener("end", () => {
      stream.close();
      location.reload();
    });
    return () => stream.close();
  }, [url]);
  return (
    <>
      <LoadingState label={words.stages[stage]} />
      <progress class="practice__progress" max={100} value={percent} aria-label={words.analysing} />
    </>
  );
}
