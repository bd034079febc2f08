import assert from "node:assert/strict";
import { parseOptions } from "../../../tools/simulate/options.ts";

Deno.test("parseOptions() has a default for everything", () => {
  const parsed = parseOptions([]);
  assert.ok(parsed.kind === "run");
  assert.equal(parsed.options.url, "http://127.0.0.1:3000");
  assert.deepEqual([parsed.options.kiosks, parsed.options.visitors], [8, 200]);
  assert.equal(parsed.options.login, null);
});

Deno.test("parseOptions() reads the whole line", () => {
  const line =
    "--url https://docent.example/ --kiosks 2 --visitors 9 --speed 1.5 --seed x --verify " +
    "--username a --password b --kiosk-key k1 --kiosk-key k2 --faults 0 --patience 5";
  const parsed = parseOptions(line.split(" "));
  assert.deepEqual(parsed, {
    kind: "run",
    options: {
      url: "https://docent.example",
      kiosks: 2,
      visitors: 9,
      speed: 1.5,
      seed: "x",
      faults: 0,
      patienceMs: 5000,
      verify: true,
      login: { username: "a", password: "b" },
      token: null,
      kioskKeys: ["k1", "k2"],
    },
  });
});

Deno.test("parseOptions() names every fault at once", () => {
  const parsed = parseOptions(
    ["--url", "ftp://x", "--kiosks", "0", "--visitors", "1.5", "--speed", "", "--username", "a"],
  );
  assert.ok(parsed.kind === "wrong");
  assert.equal(parsed.faults.length, 5, parsed.faults.join("\n"));
});

Deno.test("parseOptions() refuses an unknown flag and answers --help", () => {
  assert.equal(parseOptions(["--kiosk", "3"]).kind, "wrong");
  assert.equal(parseOptions(["--help"]).kind, "help");
});
