import { deepEqual, equal } from "node:assert/strict";
import {
  createLive,
  type EventStream,
  type LiveMessage,
  STALE_AFTER_MS,
} from "../../islands/live.ts";
import { fakeBrowserClock } from "../support/browser_clock.ts";
import { aLiveEvent, aSnapshot } from "../support/live_events.ts";

const CONNECTING = 0, CLOSED = 2;

/** An `EventSource` that does what the test says. */
class FakeStream implements EventStream {
  readyState = CONNECTING;
  closed = false;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();
  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.closed = true;
  }

  emit(name: string, data: unknown = null, lastEventId = ""): void {
    const event = new MessageEvent(name, { data: JSON.stringify(data), lastEventId });
    this.#listeners.get(name)?.(event);
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.emit("error");
  }
}

function setUp() {
  const clock = fakeBrowserClock();
  const streams: FakeStream[] = [];
  const states: string[] = [];
  const messages: LiveMessage[] = [];
  const refusals: number[] = [];
  const live = createLive({
    clock,
    open(url) {
      const stream = new FakeStream(url);
      streams.push(stream);
      return stream;
    },
    onState: (state) => states.push(state),
    onMessage: (message) => messages.push(message),
    onRefused: () => refusals.push(streams.length),
  });
  return { clock, streams, states, messages, refusals, live };
}

Deno.test("[M-46] live messages arrive typed, in order, with the state shown", () => {
  const { live, streams, states, messages } = setUp();
  live.follow("/events");
  streams[0].emit("open");
  streams[0].emit("snapshot", aSnapshot([1]), "one:1");
  streams[0].emit("mission_event", aLiveEvent(2), "one:2");
  deepEqual(states, ["connecting", "connected"]);
  deepEqual(messages.map((it) => it.name), ["snapshot", "mission_event"]);
  live.rest();
});

Deno.test("[M-46] a broken connection is left to the browser, which resumes it", () => {
  const { live, streams, states, clock } = setUp();
  live.follow("/events");
  streams[0].emit("open");
  streams[0].fail(CONNECTING);
  clock.advance(10_000);
  equal(streams.length, 1);
  streams[0].emit("open");
  deepEqual(states, ["connecting", "connected", "reconnecting", "connected"]);
  live.rest();
});

Deno.test("[M-46] a connection that was given up is opened anew with the id and all listeners", () => {
  const { live, streams, messages, clock } = setUp();
  live.follow("/events?type=page_view");
  streams[0].emit("mission_event", aLiveEvent(7), "one:7");
  streams[0].fail(CLOSED);
  clock.advance(749);
  equal(streams.length, 1);
  clock.advance(1);
  equal(streams[1].url, "/events?type=page_view&after=one%3A7");
  streams[1].emit("mission_event", aLiveEvent(8), "one:8");
  equal(messages.length, 2);
  live.rest();
});

Deno.test("[M-56][T-M16] the page is told when it is refused a stream, and not when one breaks", () => {
  const { live, streams, refusals } = setUp();
  live.follow("/events");
  streams[0].emit("open");
  streams[0].fail(CONNECTING);
  deepEqual(refusals, []);
  streams[0].fail(CLOSED);
  deepEqual(refusals, [1]);
  live.rest();
});

Deno.test("[M-46] the pause between tries doubles up to half a minute, with jitter", () => {
  const { live, streams, clock } = setUp();
  live.follow("/events");
  const pauses: number[] = [];
  for (let i = 0; i < 7; i++) {
    const before = clock.now();
    streams.at(-1)!.fail(CLOSED);
    const count = streams.length;
    while (streams.length === count) clock.advance(10);
    pauses.push(clock.now() - before);
  }
  deepEqual(pauses, [750, 1500, 3000, 6000, 12000, 22500, 22500]);
  live.rest();
});

Deno.test("[M-46] silence makes the page stale and opens anew; attempts do not hide it", () => {
  const { live, streams, states, clock } = setUp();
  live.follow("/events");
  streams[0].emit("open");
  clock.advance(STALE_AFTER_MS - 1);
  equal(states.at(-1), "connected");
  clock.advance(1);
  equal(states.at(-1), "stale");
  equal(streams[0].closed, true);
  clock.advance(1_000);
  equal(streams.length, 2);
  streams[1].fail(CLOSED);
  equal(states.at(-1), "stale");
  clock.advance(2_000);
  streams.at(-1)!.emit("beat", { at: "2025-01-19T01:40:00.000Z" });
  equal(states.at(-1), "connected");
  live.rest();
});

Deno.test("[M-46] beats keep a quiet hall connected", () => {
  const { live, streams, states, clock } = setUp();
  live.follow("/events");
  streams[0].emit("open");
  for (let i = 0; i < 10; i++) {
    clock.advance(15_000);
    streams[0].emit("beat", { at: "" });
  }
  equal(states.at(-1), "connected");
  equal(streams.length, 1);
  live.rest();
});

Deno.test("[M-48] another filter starts anew, and what the old stream still says is not heard", () => {
  const { live, streams, messages } = setUp();
  live.follow("/events");
  streams[0].emit("mission_event", aLiveEvent(7), "one:7");
  live.follow("/events?mission=portfolio");
  equal(streams[0].closed, true);
  equal(streams[1].url, "/events?mission=portfolio");
  streams[0].emit("mission_event", aLiveEvent(8), "one:8");
  equal(messages.length, 1);
  live.rest();
});

Deno.test("[M-46] a page that rests holds no connection and goes on where it was", () => {
  const { live, streams, clock } = setUp();
  live.follow("/events");
  streams[0].emit("mission_event", aLiveEvent(7), "one:7");
  live.rest();
  equal(streams[0].closed, true);
  clock.advance(10 * STALE_AFTER_MS);
  equal(streams.length, 1);
  live.retryNow();
  equal(streams[1].url, "/events?after=one%3A7");
  live.rest();
});
