import { useEffect, useState } from "preact/hooks";
import type { Locale } from "../lib/ui/locale.ts";
import { createNumbers } from "../lib/ui/numbers.ts";
import { wordsOf } from "../lib/ui/words.ts";
import { browserClock } from "./clock.ts";

export interface AnswerTimerProps {
  /** When the page was made: on the question, and to the end of the interview. */
  readonly spentSec: number;
  readonly leftSec: number;
  /** So long before the end one is warned. */
  readonly warningSec: number;
  readonly locale: Locale;
}

const TICK_MS = 1_000;

/** Counts up on the question and down to the end; the clocks of server and reader may differ. */
export function AnswerTimer({ spentSec, leftSec, warningSec, locale }: AnswerTimerProps) {
  const words = wordsOf(locale).practice;
  const { shortDuration } = createNumbers(locale);
  const passed = useSecondsPassed();
  const left = Math.max(0, leftSec - passed);
  return (
    <div class="timer">
      <p role="timer">
        {words.onQuestion} <strong>{shortDuration(Math.floor(spentSec + passed))}</strong>
        {" · "}
        {words.left} <strong>{shortDuration(Math.floor(left))}</strong>
      </p>
      <p class="timer__warning" role="status">{left <= warningSec && words.nearlyOver}</p>
    </div>
  );
}

function useSecondsPassed(): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const from = browserClock.now();
    let cancel = () => {};
    const tick = () => {
      setPassed((browserClock.now() - from) / 1000);
      cancel = browserClock.after(TICK_MS, tick);
    };
    tick();
    return () => cancel();
  }, []);
  return passed;
}
