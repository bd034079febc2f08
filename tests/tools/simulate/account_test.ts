import assert from "node:assert/strict";
import { type Account, addAccounts, NOTHING, toAccount } from "../../../tools/simulate/account.ts";
import { entry, stored } from "./entries.ts";

interface Case {
  readonly name: string;
  readonly entries: readonly ReturnType<typeof entry>[];
  readonly events: readonly ReturnType<typeof stored>[];
  readonly account: Partial<Account>;
}

const CASES: readonly Case[] = [
  { name: "nothing", entries: [], events: [], account: {} },
  {
    name: "what is as it was sent",
    entries: [entry(1), entry(2)],
    events: [stored(1), stored(2)],
    account: { acknowledged: 2, stored: 2 },
  },
  {
    name: "a lost event",
    entries: [entry(1), entry(2)],
    events: [stored(2)],
    account: { acknowledged: 2, stored: 1, lost: 1 },
  },
  {
    name: "an event that is stored and was not acknowledged",
    entries: [entry(1, { eventId: null })],
    events: [stored(1)],
    account: { stored: 1 },
  },
  {
    name: "an event that is stored three times",
    entries: [entry(1)],
    events: [stored(1), stored(1), { ...stored(1), eventId: "event_9" }],
    account: { acknowledged: 1, stored: 3, doubled: 2 },
  },
  {
    name: "an event that nobody sent",
    entries: [entry(1)],
    events: [stored(1), stored(7)],
    account: { acknowledged: 1, stored: 2, strange: 1 },
  },
];

for (const { name, entries, events, account } of CASES) {
  Deno.test(`toAccount() counts ${name}`, () => {
    assert.deepEqual(toAccount({ entries }, { events }), { ...NOTHING, ...account });
  });
}

Deno.test("toAccount() knows an event by the id of its acknowledgement alone", () => {
  const { clientEventId: _, ...bare } = stored(1);
  const account = toAccount({ entries: [entry(1)] }, { events: [bare] });
  assert.deepEqual(account, { ...NOTHING, acknowledged: 1, stored: 1 });
});

Deno.test("addAccounts() adds each number to its own", () => {
  const account = { acknowledged: 1, stored: 2, lost: 3, doubled: 4, strange: 5 };
  const twice = { acknowledged: 2, stored: 4, lost: 6, doubled: 8, strange: 10 };
  assert.deepEqual(addAccounts(account, account), twice);
  assert.deepEqual(addAccounts(account, NOTHING), account);
});
