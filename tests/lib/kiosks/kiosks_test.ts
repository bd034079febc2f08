import assert from "node:assert/strict";
import { createAudit } from "../../../lib/audit/mod.ts";
import { AppError, type ErrorCode } from "../../../lib/errors.ts";
import { createIds } from "../../../lib/ids.ts";
import { type Command, openKiosks } from "../../../lib/kiosks/mod.ts";
import type { Kv } from "../../../lib/kv/port.ts";
import { testClock } from "../../support/test_clock.ts";

const FIXED_KEY = "a-key-of-the-settings";
const FIXED = new Map([[FIXED_KEY, "kiosk_hall-9"]]);

async function withKiosks(test: (parts: Awaited<ReturnType<typeof openOn>>) => Promise<void>) {
  const kv: Kv = await Deno.openKv(":memory:");
  try {
    await test(await openOn(kv));
  } finally {
    kv.close();
  }
}

async function openOn(kv: Kv, clock = testClock()) {
  const ids = createIds({ clock });
  const audit = createAudit({ kv, clock, ids });
  const kiosks = await openKiosks({ kv, clock, ids, audit, fixed: FIXED });
  async function paired(name: string) {
    const { code } = await kiosks.add({ name, place: "" }, "admin");
    const { kiosk, kioskKey } = await kiosks.pair(code.code);
    return { kioskId: kiosk.kioskId, kioskKey };
  }
  return { kv, clock, audit, kiosks, paired };
}

const failsWith = (code: ErrorCode) => (error: unknown) =>
  error instanceof AppError && error.code === code;

Deno.test("[T-M07] a silent kiosk is unknown after 45 seconds and offline after three minutes", () =>
  withKiosks(async ({ clock, kiosks, paired }) => {
    const { kioskId, kioskKey } = await paired("A");
    const other = await paired("B");
    const states = () => [kioskId, other.kioskId].map((id) => kiosks.get(id).state);
    clock.advance(44_999);
    assert.deepEqual(states(), ["online", "online"]);
    kiosks.recognise(other.kioskKey);
    clock.advance(1);
    assert.deepEqual(states(), ["unknown", "online"]);
    clock.advance(134_999);
    kiosks.heartbeat(other.kioskId, {});
    assert.deepEqual(states(), ["unknown", "online"]);
    clock.advance(1);
    assert.deepEqual(states(), ["offline", "online"]);
    // A wall clock that is set ahead silences nobody.
    clock.jump(86_400_000);
    assert.deepEqual(states(), ["offline", "online"]);
    kiosks.recognise(kioskKey);
    assert.deepEqual(states(), ["online", "online"]);
  }));

Deno.test("[T-M07] what a kiosk leaves out of a heartbeat stays as it was", () =>
  withKiosks(async ({ kiosks, paired }) => {
    const { kioskId } = await paired("A");
    kiosks.heartbeat(kioskId, { queue: 3, battery: 0.5, page: "/home" });
    kiosks.heartbeat(kioskId, { queue: 0, clockOffsetMs: -250, lastTouchAt: 1_737_282_600_000 });
    const { queue, battery, charging, page, clockOffsetMs, lastTouchAt } = kiosks.get(kioskId);
    assert.deepEqual({ queue, battery, charging, page, clockOffsetMs, lastTouchAt }, {
      queue: 0,
      battery: 0.5,
      charging: null,
      page: "/home",
      clockOffsetMs: -250,
      // By our clock.
      lastTouchAt: "2025-01-19T10:30:00.250Z",
    });
  }));

Deno.test("[T-M07] kiosks, their keys and when they were heard outlive the process", () =>
  withKiosks(async ({ kv, clock, kiosks, paired }) => {
    const { kioskId, kioskKey } = await paired("A");
    kiosks.heartbeat(kioskId, { queue: 7, lastTouchAt: clock.now() });
    kiosks.recognise(FIXED_KEY);
    await kiosks.storePresence();
    clock.advance(60_000);
    const before = kiosks.list();
    const later = await openOn(kv, testClock(clock.now()));
    assert.deepEqual(later.kiosks.list(), before);
    assert.equal(later.kiosks.get(kioskId).state, "unknown");
    assert.equal(later.kiosks.recognise(kioskKey), kioskId);
    for await (const { value } of kv.list({ prefix: [] })) {
      const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
      assert.ok(!text.includes(kioskKey), "The key stands in the store");
    }
  }));

Deno.test("[T-M05] another device takes the place of the first one, whose key then ends", () =>
  withKiosks(async ({ kiosks, paired }) => {
    const { kioskId, kioskKey } = await paired("A");
    kiosks.heartbeat(kioskId, { queue: 12, version: "1.0" });
    const heard: Command[] = [];
    const line = kiosks.openLine(kioskId, (command) => heard.push(command))!;
    line.ready();
    const { code } = await kiosks.openCode(kioskId, "admin");
    assert.equal(kiosks.recognise(kioskKey), kioskId);
    const replaced = await kiosks.pair(code);
    assert.equal(replaced.kiosk.kioskId, kioskId);
    assert.deepEqual([kiosks.recognise(kioskKey), kiosks.recognise(replaced.kioskKey)], [
      null,
      kioskId,
    ]);
    // The new device has said nothing of itself, and the old one speaks for it no more.
    line.report({ queue: 99 });
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    assert.deepEqual([kiosks.get(kioskId).queue, kiosks.get(kioskId).version], [null, null]);
    assert.deepEqual(heard, []);
    assert.deepEqual(kiosks.heartbeat(kioskId, {}), [{ name: "reload" }]);
    line.close();
  }));

Deno.test("[T-M05] two devices with one code: one of them is the kiosk", () =>
  withKiosks(async ({ kiosks }) => {
    const { code } = await kiosks.add({ name: "A", place: "" }, "admin");
    const outcomes = await Promise.allSettled(
      [code, code].map(({ code }) => kiosks.pair(code)),
    );
    assert.deepEqual(outcomes.map(({ status }) => status), ["fulfilled", "rejected"]);
  }));

Deno.test("[T-M07] commands wait for the kiosk, the newest of each name, for ten minutes", () =>
  withKiosks(async ({ clock, kiosks, paired }) => {
    const { kioskId } = await paired("A");
    const other = await paired("B");
    await kiosks.command(kioskId, { name: "message", text: "one" }, "admin");
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    await kiosks.command(kioskId, { name: "message", text: "two" }, "operator");
    assert.equal(kiosks.get(kioskId).command?.deliveredAt, null);
    assert.deepEqual(kiosks.heartbeat(other.kioskId, {}), []);
    assert.deepEqual(kiosks.heartbeat(kioskId, {}), [
      { name: "reload" },
      { name: "message", text: "two" },
    ]);
    assert.deepEqual(kiosks.heartbeat(kioskId, {}), []);
    assert.equal(kiosks.get(kioskId).command?.deliveredAt, "2025-01-19T10:30:00.000Z");
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    clock.advance(600_000);
    assert.equal(kiosks.get(kioskId).command?.hasExpired, true);
    assert.deepEqual(kiosks.heartbeat(kioskId, {}), []);
  }));

Deno.test("[T-M07] a socket gets commands once it knows them; a silent one once it is heard", () =>
  withKiosks(async ({ clock, kiosks, paired }) => {
    const { kioskId } = await paired("A");
    const heard: Command[] = [];
    const line = kiosks.openLine(kioskId, (command) => heard.push(command))!;
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    line.heard();
    assert.deepEqual(heard, []);
    line.ready();
    assert.deepEqual(heard, [{ name: "reload" }]);
    clock.advance(45_000);
    await kiosks.command(kioskId, { name: "message", text: "hello" }, "admin");
    assert.equal(heard.length, 1);
    line.heard();
    assert.deepEqual(heard.slice(1), [{ name: "message", text: "hello" }]);
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    assert.equal(heard.length, 3);
    line.close();
    await kiosks.command(kioskId, { name: "reload" }, "admin");
    assert.equal(heard.length, 3);
  }));

Deno.test("[T-M05] kiosks of the settings are seen beside the others, and changed there alone", () =>
  withKiosks(async ({ kiosks }) => {
    const [fixed] = kiosks.list();
    assert.deepEqual([fixed.name, fixed.state, fixed.isFixed], ["hall-9", "offline", true]);
    assert.equal(kiosks.recognise(FIXED_KEY), "kiosk_hall-9");
    assert.equal(kiosks.get("kiosk_hall-9").state, "online");
    await assert.rejects(kiosks.openCode("kiosk_hall-9", "admin"), failsWith("CONFLICT"));
    await assert.rejects(kiosks.remove("kiosk_hall-9", "admin"), failsWith("CONFLICT"));
  }));

Deno.test("[T-M05] a removed kiosk is nobody, and its socket speaks for nobody", () =>
  withKiosks(async ({ kv, clock, kiosks, paired }) => {
    const { kioskId, kioskKey } = await paired("A");
    const line = kiosks.openLine(kioskId, () => {})!;
    await kiosks.storePresence();
    const { code } = await kiosks.openCode(kioskId, "admin");
    await kiosks.remove(kioskId, "admin");
    line.heard();
    line.report({ queue: 1 });
    await kiosks.storePresence();
    assert.equal(kiosks.recognise(kioskKey), null);
    assert.equal(kiosks.openLine(kioskId, () => {}), null);
    assert.throws(() => kiosks.heartbeat(kioskId, {}), failsWith("NOT_FOUND"));
    await assert.rejects(kiosks.pair(code), failsWith("AUTH_FAILED"));
    const names = (all: Awaited<ReturnType<typeof openOn>>["kiosks"]) =>
      all.list().map(({ name }) => name);
    assert.deepEqual(names((await openOn(kv, clock)).kiosks), ["hall-9"]);
    assert.deepEqual(names(kiosks), ["hall-9"]);
  }));

Deno.test("[T-M05] every deed to a kiosk is in the audit log", () =>
  withKiosks(async ({ kiosks, audit, paired }) => {
    const { kioskId } = await paired("A");
    await kiosks.command(kioskId, { name: "message", text: "안녕하세요" }, "operator");
    await kiosks.openCode(kioskId, "admin");
    await kiosks.remove(kioskId, "admin");
    const entries = await audit.list({ limit: 10 });
    assert.deepEqual(entries.map(({ action, by, detail }) => [action, by, detail]).reverse(), [
      ["kiosk.added", "admin", "A"],
      ["kiosk.paired", "admin", undefined],
      ["kiosk.commanded", "operator", "message: 안녕하세요"],
      ["kiosk.code_opened", "admin", undefined],
      ["kiosk.removed", "admin", "A"],
    ]);
    assert.ok(entries.every(({ target }) => target === kioskId));
  }));

Deno.test("[M-04] a kiosk is renamed and keeps its device; one that the settings name is not", () =>
  withKiosks(async ({ kv, kiosks, paired }) => {
    const { kioskId, kioskKey } = await paired("A");
    await kiosks.rename(kioskId, { name: "B", place: "2F" }, "admin");
    const { kiosks: later } = await openOn(kv);
    const { name, place, state } = later.get(kioskId);
    assert.deepEqual([name, place, state], ["B", "2F", "offline"]);
    assert.equal(later.recognise(kioskKey), kioskId);
    const to = { name: "C", place: "" };
    await assert.rejects(kiosks.rename("kiosk_none", to, "admin"), failsWith("NOT_FOUND"));
    await assert.rejects(kiosks.rename("kiosk_hall-9", to, "admin"), failsWith("CONFLICT"));
  }));
