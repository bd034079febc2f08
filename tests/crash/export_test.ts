import assert from "node:assert/strict";
import { ADMIN, post, SESSION_ID, testApp } from "../support/test_app.ts";
import { type ChildServer, startChild, tempFolder } from "../../tools/child_server.ts";

const ATTEMPTS = 2_000;
const EVENTS = 50;
/** All events together are some 60 MiB of JSON, and several times that as objects. */
const MAX_MORE_MIB = 80;
/** Collects what is garbage soon, and cannot hold what is exported. */
const SMALL_HEAP = "--v8-flags=--max-old-space-size=96";

/** A file with many events, as a server leaves it. */
async function leaveStore(kvPath: string): Promise<void> {
  await using app = await testApp({ env: { KV_PATH: kvPath } });
  const { missions } = app.docent;
  const timestamp = Date.parse("2025-01-19T10:30:00Z");
  const play = async () => {
    const { attemptId } = await missions.start(
      { sessionId: SESSION_ID, missionType: "portfolio", timestamp },
      { kioskId: null, idempotencyKey: null },
    );
    await Promise.all(Array.from({ length: EVENTS }, (_, n) => {
      const data = { url: `/portfolio/create/step${n}`, pageName: "포트폴리오 만들기".repeat(4) };
      const input = { eventType: "page_view", timestamp: timestamp + n * 500, data };
      const arrival = { input, receivedAt: timestamp, processingMs: 0, chars: 200 };
      return missions.record(attemptId, arrival);
    }));
  };
  for (let n = 0; n < ATTEMPTS; n += 50) await Promise.all(Array.from({ length: 50 }, play));
}

/** Reads an export piece by piece; gives its lines and the most memory that the server took. */
async function readExport(server: ChildServer, query: string) {
  const login = await fetch(`${server.url}/api/admin/login`, post(ADMIN));
  const { data } = await login.json();
  const headers = { authorization: `Bearer ${data.token}` };
  const answer = await fetch(`${server.url}/api/admin/export?${query}`, { headers });
  let lines = 0;
  let peakMib = 0;
  for await (const chunk of answer.body!) {
    for (const byte of chunk) if (byte === 0x0a) lines++;
    peakMib = Math.max(peakMib, server.rssMib());
  }
  return { lines, peakMib, told: answer.headers.get("x-record-count") };
}

Deno.test("[M-18][T-M20] a hundred thousand events are exported with the memory of a few", async () => {
  await using folder = await tempFolder();
  await leaveStore(folder.kvPath);
  const env = { KV_PATH: folder.kvPath, ADMIN_USERNAME: ADMIN.username, LOG_LEVEL: "error" };
  const args = ["run", "--no-prompt", SMALL_HEAP, "-A", "main.ts"];
  await using server = await startChild({ env, args });
  // The first one loads what any export needs.
  await readExport(server, "entity=attempts&format=csv");
  const before = server.rssMib();
  for (const format of ["ndjson", "csv"] as const) {
    const { lines, peakMib, told } = await readExport(server, `entity=events&format=${format}`);
    assert.equal(told, String(ATTEMPTS * EVENTS));
    assert.equal(lines, ATTEMPTS * EVENTS + (format === "csv" ? 1 : 0));
    const more = Math.round(peakMib - before);
    assert.ok(more < MAX_MORE_MIB, `${format} took ${more} MiB more than ${Math.round(before)}`);
  }
});
