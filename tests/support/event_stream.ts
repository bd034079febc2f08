import { inTime } from "../../tools/in_time.ts";

/** One server-sent event; a block of `retry:` alone has no name. */
export interface Sent {
  readonly event: string | null;
  readonly id: string | null;
  readonly retry: number | null;
  // deno-lint-ignore no-explicit-any
  readonly data: any;
}

/** An answer of server-sent events, read block by block. */
export interface EventStreamReader extends AsyncDisposable {
  /** The next one of a name, those before it passed over; fails when the stream ends first. */
  next(event: string): Promise<Sent>;
  /** Reads to the end; gives what still came. */
  rest(): Promise<Sent[]>;
}

export function readEvents({ body }: Response): EventStreamReader {
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";

  async function read(): Promise<Sent | null> {
    while (true) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return parse(block);
      }
      const { value, done } = await inTime(reader.read(), "a block of the stream");
      if (done) return null;
      text += value;
    }
  }

  return {
    async next(event) {
      for (let sent = await read(); sent !== null; sent = await read()) {
        if (sent.event === event) return sent;
      }
      throw new Error(`The stream ended before "${event}"`);
    },
    async rest() {
      const all: Sent[] = [];
      for (let sent = await read(); sent !== null; sent = await read()) all.push(sent);
      return all;
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}

function parse(block: string): Sent {
  const fields = new Map(
    block.split("\n").map((line) => {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line)!;
      return [name, value];
    }),
  );
  const retry = fields.get("retry");
  const data = fields.get("data");
  return {
    event: fields.get("event") ?? null,
    id: fields.get("id") ?? null,
    retry: retry === undefined ? null : Number(retry),
    data: data === undefined ? null : JSON.parse(data),
  };
}
