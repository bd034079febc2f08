import assert from "node:assert/strict";
import { BAD_FRAMES } from "../support/bad_frames.ts";
import {
  type ChildServer,
  START_RUNTIME,
  startChild,
  tempFolder,
} from "../../tools/child_server.ts";
import { event, numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { concat, frame, OPCODE } from "../support/frames.ts";
import { openRaw, type RawConnection, upgradeRaw, upgradeRequest } from "../support/raw_socket.ts";
import { startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";

/** More than before while it goes on, and when it is over. */
const MAX_PEAK_MIB = 80;
const MAX_LEFT_MIB = 48;
/** As `task start` sets the runtime, which gives memory back when it is quiet: within so long. */
const GIVEN_BACK_WITHIN_MS = 20_000;
/** So that the runtime collects what is garbage, and does not just let it be: 4 GiB are usual. */
const SMALL_HEAP = START_RUNTIME.flags.map((flags) => `${flags},--max-old-space-size=128`);

const LIMITS = {
  RATE_KIOSK_PER_MIN: "100000",
  RATE_FAILED_CONNECTIONS_PER_MIN: "100000",
  RATE_EVENT_BURST: "1000000000",
  RATE_EVENTS_PER_SEC: "1000000000",
  LOG_LEVEL: "error",
};

type Attack = (server: ChildServer) => Promise<void>;

async function upgraded({ url }: ChildServer) {
  return await upgradeRaw(url, await startRemotely(url));
}

function closeAll(connections: readonly RawConnection[]): void {
  for (const connection of connections) connection[Symbol.dispose]();
}

function many<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, make));
}

const PINGS = concat(
  Array(2_000).fill(frame({ opcode: OPCODE.ping, payload: "x".repeat(125) })),
);
/** The same event again and again: each is answered, nothing has to be stored. */
const GREEDY = concat(
  Array(500).fill(frame({ opcode: OPCODE.text, payload: JSON.stringify(numbered(1)) })),
);

const ATTACKS: Readonly<Record<string, Attack>> = {
  async "bad frames"(server) {
    for (const { bytes } of BAD_FRAMES) {
      using raw = await upgraded(server);
      await Promise.all([raw.closeCode(), raw.write(bytes)]);
    }
  },
  async "handshakes that are never finished"({ url }) {
    const half = await many(200, async () => {
      const raw = await openRaw(url);
      await raw.write(`GET /ws HTTP/1.1\r\nHost: localhost\r\nCookie: ${"x".repeat(10_000)}`);
      return raw;
    });
    closeAll(half);
  },
  async "refused ones that never close"({ url }) {
    const started = { attemptId: "attempt_1", wsToken: "garbage" };
    const refused = await many(200, async () => {
      const raw = await openRaw(url);
      await raw.write(upgradeRequest(started));
      await raw.read();
      return raw;
    });
    closeAll(refused);
  },
  async "messages of which the end never comes"(server) {
    const part = frame({ opcode: OPCODE.text, fin: false, payload: new Uint8Array(60 * 1024) });
    const waiting = await many(100, async () => {
      const raw = await upgraded(server);
      await raw.write(part);
      return raw;
    });
    closeAll(waiting);
  },
  async "pings whose answers nobody reads"(server) {
    const flooding = await many(10, async () => {
      const raw = await upgraded(server);
      for (let i = 0; i < 50 && await raw.write(PINGS);) i++;
      return raw;
    });
    closeAll(flooding);
  },
  async "answers that nobody reads"(server) {
    const deaf = await many(2, async () => {
      const raw = await upgraded(server);
      for (let i = 0; i < 2_000 && await raw.write(GREEDY);) i++;
      return raw;
    });
    closeAll(deaf);
  },
};

async function assertServes({ url }: ChildServer): Promise<void> {
  const client = await connect(url, await startRemotely(url));
  client.send(event());
  await client.next("event_ack");
  await client.close();
}

Deno.test("[M-21][T-M07] attacks on the sockets leave the memory where it was", async (t) => {
  await using folder = await tempFolder();
  await using server = await startChild({
    env: { ...START_RUNTIME.env, ...LIMITS, KV_PATH: folder.kvPath },
    args: ["run", "--no-prompt", "-A", ...SMALL_HEAP, "main.ts"],
  });
  const run = async (round: string) => {
    for (const [name, attack] of Object.entries(ATTACKS)) {
      await t.step(`${name}, ${round} time`, async () => {
        await attack(server);
        await assertServes(server);
      });
    }
  };
  // For the runtime to grow to its size: code, buffers, heap.
  await run("first");
  const before = server.rssMib();
  let peak = before;
  const watch = setInterval(() => peak = Math.max(peak, server.rssMib()), 20);
  try {
    await run("second");
  } finally {
    clearInterval(watch);
  }
  const left = () => server.rssMib() - before;
  await eventually(() => left() < MAX_LEFT_MIB, "the memory is given back", GIVEN_BACK_WITHIN_MS)
    .catch(() => assert.fail(`${left()} MiB more than before`));
  assert.ok(peak - before < MAX_PEAK_MIB, `${peak - before} MiB more while it went on`);
});
