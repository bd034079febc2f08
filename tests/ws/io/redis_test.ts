import assert from "node:assert/strict";
import {
  type ChildServer,
  startArguments,
  startChild,
  tempFolder,
} from "../../../tools/child_server.ts";
import { event } from "../../support/events.ts";
import { eventually } from "../../support/eventually.ts";
import { type IoClient, ioClient } from "../../support/io_client.ts";
import { hasRedis, type RedisServer, startRedis } from "../../support/redis_server.ts";
import { startRemotely } from "../../support/remote.ts";
import { connect } from "../../support/socket_client.ts";
import { ADMIN, post } from "../../support/test_app.ts";

const ignore = !hasRedis();

/** Both ways in which document 4 names it. */
const byUrl = ({ port, password }: RedisServer) => ({
  REDIS_URL: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
});
const byParts = ({ port, password }: RedisServer) => ({
  REDIS_HOST: "127.0.0.1",
  REDIS_PORT: String(port),
  REDIS_PASSWORD: password,
});

/** The real program with the permissions of its start command, on a file of its own. */
async function startServer(redis: Readonly<Record<string, string>>) {
  const folder = await tempFolder();
  const env = {
    ...redis,
    KV_PATH: folder.kvPath,
    ADMIN_USERNAME: ADMIN.username,
    LOG_LEVEL: "info",
  };
  const server = await startChild({ env, args: await startArguments(env) });
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function adminToken({ url }: ChildServer): Promise<string> {
  const response = await fetch(`${url}/api/admin/login`, post(ADMIN));
  const { data } = await response.json();
  return data.token;
}

async function operator(server: ChildServer): Promise<IoClient> {
  const client = ioClient(server.url, { auth: { token: await adminToken(server) } });
  await client.next("connected");
  return client;
}

/** Somebody plays on a server; gives the attempt's id. */
async function play(server: ChildServer): Promise<string> {
  const started = await startRemotely(server.url);
  const kiosk = await connect(server.url, started);
  kiosk.send(event({ timestamp: new Date().toISOString() }));
  await kiosk.next("event_ack");
  await kiosk.close();
  return started.attemptId;
}

const outputOf = ({ output }: ChildServer) => output.stdout + output.stderr;
const times = (text: string, part: string) => text.split(part).length - 1;

const isLinked = (server: ChildServer, count: number) =>
  eventually(
    () => times(outputOf(server), "Redis is reached") === count,
    "Redis is reached",
    15_000,
  );

Deno.test({
  name:
    "[V-19][V-21][T-V07] two processes share rooms over Redis, and each keeps its own without it",
  ignore,
  async fn(t) {
    await using folder = new AsyncDisposableStack();
    let redis = await startRedis();
    folder.defer(() => redis[Symbol.asyncDispose]());
    await using first = await startServer(byUrl(redis));
    await using second = await startServer(byParts(redis));
    for (const server of [first, second]) await isLinked(server, 1);
    await using near = await operator(first);
    await using far = await operator(second);

    await t.step("operators hear of the missions of both, once", async () => {
      const ids = [await play(first), await play(second)];
      for (const client of [near, far]) {
        const heard = [await client.next("mission_event"), await client.next("mission_event")];
        assert.deepEqual(heard.map(({ attemptId }) => attemptId).sort(), ids.toSorted());
      }
    });

    await t.step("maintenance is told to all, and to who comes later", async () => {
      const headers = { authorization: `Bearer ${await adminToken(first)}` };
      const body = { enabled: true, message: "soon", until: null };
      const init = { ...post(body, headers), method: "PUT" };
      const response = await fetch(`${first.url}/api/admin/maintenance`, init);
      await response.body?.cancel();
      assert.equal(response.status, 200);
      for (const client of [near, far]) {
        assert.equal((await client.next("maintenance:mode")).message, "soon");
      }
      await using late = ioClient(second.url);
      assert.equal((await late.next("maintenance:mode")).message, "soon");
    });

    await t.step("without Redis each process serves its own", async () => {
      await redis[Symbol.asyncDispose]();
      for (const server of [first, second]) {
        await eventually(() => outputOf(server).includes("Redis is not reached"), "it is told");
      }
      const ids = [await play(first), await play(second)];
      assert.equal((await near.next("mission_event")).attemptId, ids[0]);
      assert.equal((await far.next("mission_event")).attemptId, ids[1]);
    });

    await t.step("when it is back, so are the shared rooms", async () => {
      redis = await startRedis(redis.port);
      for (const server of [first, second]) await isLinked(server, 2);
      const attemptId = await play(first);
      for (const client of [near, far]) {
        assert.equal((await client.next("mission_event")).attemptId, attemptId);
      }
    });

    await t.step("a server ends cleanly, and others' people are told nothing of it", async () => {
      first.signal("SIGTERM");
      assert.equal(await first.ended, 0);
      await near.next("server:shutdown");
      await far.settled();
      assert.ok(!far.received.some((it) => it.event === "server:shutdown"));
    });

    for (const server of [first, second]) {
      assert.ok(!outputOf(server).includes(redis.password), "the password stands in the log");
    }
  },
});

Deno.test("[V-19][T-V07] a Redis that cannot be reached holds nothing up", async () => {
  await using server = await startServer({ REDIS_URL: "redis://127.0.0.1:1" });
  await using client = await operator(server);
  const attemptId = await play(server);
  assert.equal((await client.next("mission_event")).attemptId, attemptId);
  server.signal("SIGTERM");
  assert.equal(await server.ended, 0);
  assert.equal(times(outputOf(server), "Redis is not reached"), 1);
});
