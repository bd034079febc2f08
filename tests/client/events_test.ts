import { ok } from "node:assert/strict";
import { EVENTS } from "../../client/mod.ts";

Deno.test("[V-18] the package names the events that docs/realtime.md lists for people", async () => {
  const page = await Deno.readTextFile("docs/realtime.md");
  const names: readonly string[] = Object.values(EVENTS);
  const forPeople = [...page.matchAll(/^\| `((?:\w+:\w+)|connected)`/gm)].map(([, name]) => name);
  ok(forPeople.length > 10);
  const asked = ["analytics:get", "user:login", "activity:create", "data:request", "test:message"];
  for (const name of forPeople) ok(names.includes(name) || asked.includes(name), name);
});
