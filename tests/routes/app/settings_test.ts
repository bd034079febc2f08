import { deepEqual, equal, match } from "node:assert/strict";
import { peopleApp } from "../../support/signed_up.ts";

const FORM = { name: "Kim", jobCategory: "backend", difficulty: "hard", language: "en" };
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

Deno.test("[P-05][P-08][L-31] what is set by the form is kept and shown", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const saved = await kim.submit("/app/settings", { ...FORM, name: " Kim K. " });
  equal(saved.headers.get("location"), "/app/settings?news=saved");
  const { preferences, settings } = await it.app.docent.people.profiles.find(kim.userId);
  deepEqual(preferences, {
    jobCategory: "backend",
    difficulty: "hard",
    language: "en",
    notifications: false,
  });
  deepEqual(settings, { showOnLeaderboard: false });
  const html = await kim.read("/app/settings?news=saved");
  match(html, /Saved\.[^]*value="Kim K\."[^]*<option value="backend" selected/);
});

for (
  const [name, wrong, said] of [
    ["an empty name", { name: " " }, /Type a name of 1 to 80 characters/],
    ["a name of 81 characters", { name: "a".repeat(81) }, /Type a name of 1 to 80 characters/],
    ["a choice that is none", { jobCategory: "king" }, /Not understood/],
    ["a language that is none", { language: "" }, /Not understood/],
  ] as const
) {
  Deno.test(`[P-05] settings with ${name} are refused and change nothing`, async () => {
    await using it = await peopleApp();
    const kim = await it.signUp("Kim");
    const answer = await kim.submit("/app/settings", { ...FORM, ...wrong });
    equal(answer.status, 400);
    match(await answer.text(), said);
    const { preferences } = await it.app.docent.people.profiles.find(kim.userId);
    equal(preferences.jobCategory, "other");
  });
}

Deno.test("[P-08][T-P11] a picture is shown, and what is none is refused on the page", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const upload = async (bytes: Uint8Array<ArrayBuffer> | null) => {
    const form = new FormData();
    form.set("_csrf", await kim.csrfToken("/app/feed"));
    if (bytes !== null) form.set("picture", new File([bytes], "me.png"));
    return await kim.send("/app/settings/picture", form, { "accept-language": "en" });
  };
  equal((await upload(PNG)).headers.get("location"), "/app/settings?news=saved");
  const address = /<img class="portrait" src="([^"]+)"/.exec(await kim.read("/app/settings"))![1];
  const served = await kim.open(address);
  deepEqual(new Uint8Array(await served.arrayBuffer()), PNG);
  const tooLarge = new Uint8Array(48 * 1024 + 1);
  tooLarge.set(PNG);
  for (const wrong of [null, new Uint8Array(), Uint8Array.of(1, 2, 3), tooLarge]) {
    const refused = await upload(wrong);
    equal(refused.status, 400);
    match(await refused.text(), /Use a PNG, JPEG or WebP picture/);
  }
  const beyond = await upload(new Uint8Array(70 * 1024));
  equal(beyond.status, 413);
  match(await beyond.text(), /Too large/);
  match(await kim.read("/app/settings"), new RegExp(address.replace("?", "\\?")));
});
