import { deepEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { followUnread } from "../../islands/unread.ts";
import { eventually } from "../support/eventually.ts";
import { ioClient } from "../support/io_client.ts";
import { person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";

Deno.test("[L-26][L-31][L-34] the number beside the bell follows what comes and what is read", async () => {
  await using app = await testApp();
  const [kim, lee] = [await person(app), await person(app)];
  const notice = (userId: string) => ({ userId, type: "system", title: "News", message: "Hello" });
  const make = async (who: typeof kim) =>
    (await who.send("POST", "/api/notifications", notice(who.userId))).body.id;
  await make(kim);

  await using client = ioClient(await app.listen(), { auth: kim });
  const told: number[] = [];
  const heard = (...unread: number[]) =>
    eventually(() => isDeepStrictEqual(told, unread), `${unread} are told`);
  const stop = followUnread(client.socket, (unread) => told.push(unread));
  await heard(1);
  const second = await make(kim);
  await heard(1, 2);
  await make(lee);
  await kim.send("PATCH", `/api/notifications/${second}/read`);
  await heard(1, 2, 1);
  await kim.send("DELETE", `/api/notifications/${kim.userId}/clear-all`);
  await heard(1, 2, 1, 0);

  stop();
  await make(kim);
  await client.next("notification:received");
  await client.settled();
  deepEqual(told, [1, 2, 1, 0]);
});
