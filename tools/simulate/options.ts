import { parseArgs } from "node:util";

export interface Options {
  /** Without a slash at the end. */
  readonly url: string;
  readonly kiosks: number;
  readonly visitors: number;
  readonly speed: number;
  readonly seed: string;
  /** Share of visits with a bad network, 0 to 1. */
  readonly faults: number;
  readonly patienceMs: number;
  readonly verify: boolean;
  readonly login: { readonly username: string; readonly password: string } | null;
  readonly token: string | null;
  /** Kiosk n uses key n modulo their number; empty when none is needed. */
  readonly kioskKeys: readonly string[];
}

export type Parsed =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly faults: readonly string[] };

export const HELP = `Plays kiosk visitors against a Docent server, over HTTP and WebSocket.

  deno task simulate --url http://127.0.0.1:3000 --kiosks 8 --visitors 200 --speed 50 --seed 1

  --url URL           the server                                     http://127.0.0.1:3000
  --kiosks N          visitors at a time                             8
  --visitors N        visitors in all                                200
  --speed X           times as fast as a real visitor                50
  --seed TEXT         the same seed plays the same visitors          1
  --faults SHARE      share of visits with a bad network, 0 to 1     0.35
  --patience SECONDS  how long a server may be away                  60
  --verify            read everything back and compare
  --username U --password P
                      an administrator, for reading back
  --token T           an administrator's token instead; with neither, each attempt
                      is read with its own token
  --kiosk-key K       sent with each start, several for several kiosks
  --help

Time. A visit is planned in the visitor's own time and played --speed times as fast. Timestamps are
the moment at which an event is played (start + offset / speed), so that none lies in the server's
future; what the visitor's device measured (timeOnStep, totalDuration …) stays as planned. The
durations that the server works out from timestamps are therefore shorter by --speed; play with
--speed 1 to have both agree. Waiting for a lost connection and back-off run in real time.

Exit codes: 0 all well, 1 differences or refused events, 2 wrong flags, 3 no server.`;

const FLAGS = {
  url: { type: "string", default: "http://127.0.0.1:3000" },
  kiosks: { type: "string", default: "8" },
  visitors: { type: "string", default: "200" },
  speed: { type: "string", default: "50" },
  seed: { type: "string", default: "1" },
  faults: { type: "string", default: "0.35" },
  patience: { type: "string", default: "60" },
  verify: { type: "boolean", default: false },
  username: { type: "string" },
  password: { type: "string" },
  token: { type: "string" },
  "kiosk-key": { type: "string", multiple: true },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the command line; every fault in one answer. */
export function parseOptions(args: readonly string[]): Parsed {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: FLAGS, strict: true }));
  } catch (error) {
    return { kind: "wrong", faults: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { kind: "help" };
  const faults: string[] = [];
  const number = (flag: "kiosks" | "visitors" | "speed" | "faults" | "patience", range: Range) => {
    const value = Number(values[flag]);
    const good = Number.isFinite(value) && value >= range.min && value <= range.max &&
      (range.whole !== true || Number.isInteger(value)) && values[flag].trim() !== "";
    if (!good) faults.push(`--${flag} must be ${describe(range)}, not "${values[flag]}"`);
    return value;
  };
  const { username, password } = values;
  if ((username === undefined) !== (password === undefined)) {
    faults.push("--username and --password go together");
  }
  const options: Options = {
    url: readUrl(values.url, faults),
    kiosks: number("kiosks", { min: 1, max: 1000, whole: true }),
    visitors: number("visitors", { min: 1, max: 1_000_000, whole: true }),
    speed: number("speed", { min: 0.1, max: 10_000 }),
    seed: values.seed,
    faults: number("faults", { min: 0, max: 1 }),
    patienceMs: number("patience", { min: 1, max: 3600 }) * 1000,
    verify: values.verify,
    login: username === undefined || password === undefined ? null : { username, password },
    token: values.token ?? null,
    kioskKeys: values["kiosk-key"] ?? [],
  };
  return faults.length > 0 ? { kind: "wrong", faults } : { kind: "run", options };
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

function describe({ min, max, whole }: Range): string {
  return `a ${whole === true ? "whole number" : "number"} from ${min} to ${max}`;
}

function readUrl(text: string, faults: string[]): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    faults.push(`--url must be an http or https address, not "${text}"`);
    return text;
  }
  return url.href.replace(/\/+$/, "");
}
