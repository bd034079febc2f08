import { deepEqual, equal, match } from "node:assert/strict";
import { tempFolder } from "../../../tools/child_server.ts";
import { ANSWER, begun, ended, NO_LIMITS } from "../../support/analysing.ts";
import { person } from "../../support/person.ts";
import { runStoreCommand } from "../../support/store_command.ts";
import { testApp } from "../../support/test_app.ts";

const linesOf = async (path: string) => (await Deno.readTextFile(path)).trim().split("\n");

Deno.test("[P-30] `deno task rotate-key` adds a key, seals all anew, and nothing is lost", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath, KEY_FILE: `${folder.path}/keys` };
  let place = { userId: "", sessionId: "" };
  let analysisId = "";
  {
    await using app = await testApp({ env: { ...NO_LIMITS, ...env } });
    const kim = await person(app);
    const input = await begun(kim);
    analysisId = (await kim.send("POST", "/api/analysis/answer", input)).body.data.id;
    await ended(app, kim.userId, analysisId);
    place = { userId: kim.userId, sessionId: input.sessionId };
    const refused = await runStoreCommand("rotate-key", [], env);
    equal(refused.code, 2, "a server has it open");
    equal((await linesOf(env.KEY_FILE)).length, 1);
  }
  const { code, stdout, stderr } = await runStoreCommand("rotate-key", [], env);
  deepEqual([code, stderr], [0, ""]);
  match(stdout, /: keys: 2, sealed anew: 2\n$/);
  const [, newest] = await linesOf(env.KEY_FILE);
  equal((await Deno.stat(env.KEY_FILE)).mode! & 0o777, 0o600);
  // Without the old key: whatever is still sealed with it cannot be read.
  await Deno.writeTextFile(env.KEY_FILE, `${newest}\n`);
  await using app = await testApp({ env: { ...NO_LIMITS, ...env } });
  const { sessions, analyses } = app.docent.interviews;
  const session = await sessions.get(place);
  equal((await sessions.findAnswer(place, session.asked[0].askedId))?.text, ANSWER);
  equal((await analyses.get(place.userId, analysisId)).status, "completed");
});
