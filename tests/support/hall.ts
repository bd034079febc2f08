import assert from "node:assert/strict";
import { ioClient } from "./io_client.ts";
import { type Person, person } from "./person.ts";
import { testApp, type TestAppOptions } from "./test_app.ts";

/** Two people, a viewer and an administrator, each on a socket, and one on a socket without a token. */
export async function hall(options?: TestAppOptions) {
  const app = await testApp(options);
  const url = await app.listen();
  const [anna, bela] = [await person(app), await person(app)];
  const [viewer, admin] = [await person(app, "viewer"), await person(app, "admin")];
  const sockets = {
    anna: ioClient(url, { auth: anna }),
    bela: ioClient(url, { auth: bela }),
    viewer: ioClient(url, { auth: viewer }),
    admin: ioClient(url, { auth: admin }),
    nobody: ioClient(url),
  };
  for (const client of Object.values(sockets)) await client.next("connected");
  return {
    app,
    url,
    people: { anna, bela, viewer, admin },
    sockets,
    /** Names of events of people, by who has heard them. */
    async heard(): Promise<Record<string, string[]>> {
      const all: Record<string, string[]> = {};
      for (const [name, client] of Object.entries(sockets)) {
        await client.settled();
        const events = client.received.map(({ event }) => event);
        all[name] = events.filter((event) => !STAFFS.includes(event));
      }
      return all;
    },
    async [Symbol.asyncDispose]() {
      for (const client of Object.values(sockets)) await client.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** What is said to staff, and to everybody on connecting. */
const STAFFS = ["connected", "dashboard_data"];
export const NOTHING = { anna: [], bela: [], viewer: [], admin: [], nobody: [] };

export const activityOf = ({ userId }: Person) => ({
  userId,
  type: "log_created",
  title: "New log",
});
export const noticeOf = ({ userId }: Person) => ({
  userId,
  type: "achievement",
  title: "Milestone reached",
  message: "Ten logs",
});

export async function made(answer: ReturnType<Person["send"]>) {
  const { status, body } = await answer;
  assert.equal(status < 300, true, JSON.stringify(body));
  return body;
}
