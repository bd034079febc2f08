import type { Tally } from "./tally.ts";

export interface ProgressDeps {
  readonly visitors: number;
  readonly tally: Tally;
  readonly terminal: boolean;
  write(text: string): void;
}

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 5000;
const BAR_WIDTH = 24;

/** Says on stderr how far the run is, one line over itself or plain lines; call the result to end. */
export function showProgress({ visitors, tally, terminal, write }: ProgressDeps): () => void {
  const show = () => {
    const line = formatProgress(tally, visitors);
    write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS);
  return () => {
    clearInterval(timer);
    show();
    if (terminal) write("\n");
  };
}

export function formatProgress(tally: Tally, visitors: number): string {
  const done = Math.min(BAR_WIDTH, Math.round(tally.visitsDone / visitors * BAR_WIDTH));
  const errors = [...tally.errors.values()].reduce((sum, n) => sum + n, 0);
  return `[${"#".repeat(done)}${".".repeat(BAR_WIDTH - done)}] ` +
    `${tally.visitsDone}/${visitors} visitors, ${tally.ackMs.length} events acknowledged, ` +
    `${tally.reconnects} reconnects, ${errors} errors`;
}
