import assert from "node:assert/strict";
import { createDoorbell } from "../../../lib/log/doorbell.ts";
import { turn } from "../../support/eventually.ts";

const never = new AbortController().signal;

Deno.test("ring() wakes everybody who waits, once", async () => {
  const doorbell = createDoorbell();
  const woken: string[] = [];
  const wait = (name: string) => doorbell.wait(never).then(() => woken.push(name));
  const first = [wait("a"), wait("b")];
  await turn();
  assert.deepEqual(woken, []);
  doorbell.ring();
  doorbell.ring();
  await Promise.all(first);
  assert.deepEqual(woken, ["a", "b"]);
  const later = wait("c");
  await turn();
  assert.deepEqual(woken, ["a", "b"], "a ring is not kept for who comes later");
  doorbell.ring();
  await later;
});

Deno.test("wait() ends at its signal, also at one that was there before", async () => {
  const doorbell = createDoorbell();
  const stop = new AbortController();
  const waiting = doorbell.wait(stop.signal);
  stop.abort();
  await waiting;
  await doorbell.wait(stop.signal);
  doorbell.ring();
});

Deno.test("wait() ends after the time that is given, and leaves no timer when it is rung", async () => {
  const doorbell = createDoorbell();
  await doorbell.wait(never, 1);
  const waiting = doorbell.wait(never, 60_000);
  doorbell.ring();
  await waiting;
});

Deno.test("wait() leaves nothing behind on a signal that lives on", async () => {
  const doorbell = createDoorbell();
  const listening = new Set<unknown>();
  const { signal } = new AbortController();
  signal.addEventListener = (_type: string, listener: unknown) => void listening.add(listener);
  signal.removeEventListener = (_type: string, listener: unknown) =>
    void listening.delete(listener);
  const waiting = doorbell.wait(signal);
  assert.equal(listening.size, 1);
  doorbell.ring();
  await waiting;
  assert.equal(listening.size, 0);
});
