import assert from "node:assert/strict";
import { deviceOf } from "../../lib/user_agent.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36";
const DEVICES: readonly [userAgent: string | undefined, device: string][] = [
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
    "mobile",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    "mobile",
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.0 Mobile/15E148 Safari/604.1",
    "tablet",
  ],
  [`${MAC} (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36`, "web"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "web"],
  ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "unknown"],
  ["curl/8.5.0", "unknown"],
  ["node", "unknown"],
  ["", "unknown"],
  [undefined, "unknown"],
  [`${MAC} ${"a".repeat(600)}`, "unknown"],
];

Deno.test("[E-15][T-E10] a device is told from the user agent, or not at all", () => {
  for (const [userAgent, device] of DEVICES) {
    assert.equal(deviceOf(userAgent), device, String(userAgent));
  }
});
