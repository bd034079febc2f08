import { equal, match, ok } from "node:assert/strict";
import { testApp } from "../support/test_app.ts";

Deno.test("[M-04][M-55] the demo kiosk is a page of nothing inline, in the visitor's language", async () => {
  await using app = await testApp();
  const korean = await app.request("/kiosk", { headers: { "accept-language": "ko-KR" } });
  equal(korean.status, 200);
  match(korean.headers.get("content-security-policy") ?? "", /^default-src 'self';/);
  const text = await korean.text();
  match(text, /<html lang="ko">/);
  ok(!/ style=|<style|<script(?![^>]* src=)/.test(text), text);
  const script = /<script type="module" src="([^"]+)"/.exec(text)?.[1] ?? "";
  equal((await app.request(script)).status, 200);
  ok(!text.includes("data-pin"));
  const english = await app.request("/kiosk?lang=en&theme=dark");
  match(await english.text(), /<html lang="en" data-theme="dark">/);
});

Deno.test("[M-04] the demo kiosk keeps itself on the device: its worker may look after the page, and after no other", async () => {
  await using app = await testApp();
  const worker = await app.request("/kiosk/worker.js");
  equal(worker.status, 200);
  match(worker.headers.get("content-type") ?? "", /^text\/javascript/);
  equal(worker.headers.get("service-worker-allowed"), "/kiosk");
  ok((await worker.text()).includes("respondWith"));
});

Deno.test("[M-04] the demo kiosk is given the pin that staff type on it", async () => {
  await using app = await testApp({ env: { DEMO_KIOSK_PIN: "2468" } });
  match(await (await app.request("/kiosk")).text(), /<div id="app" data-pin="2468"/);
});

Deno.test("[M-04] the demo kiosk can be switched off, and is off in production until it is wanted", async () => {
  for (
    const [env, status] of [
      [{ DEMO_KIOSK: "false" }, 404],
      [{ NODE_ENV: "production" }, 404],
      [{ NODE_ENV: "production", DEMO_KIOSK: "true" }, 200],
    ] as const
  ) {
    await using app = await testApp({ env });
    equal((await app.request("/kiosk")).status, status, JSON.stringify(env));
  }
});
