import assert from "node:assert/strict";
import { SETTING_NAMES } from "../../lib/config/names.ts";
import { ERROR_CODES } from "../../lib/errors.ts";
import { readFile } from "../../tools/files.ts";
import config from "../../deno.json" with { type: "json" };

/** Document 1, "Deployment Checklist". */
const ITEMS = [
  "Environment variables configured",
  "Database indexes created",
  "HTTPS/WSS enabled",
  "CORS properly configured",
  "Rate limiting enabled",
  "Admin credentials set",
  "Logging configured",
  "Health check endpoint working",
  "Backup strategy implemented",
  "Monitoring dashboard deployed",
  "Load balancer configured",
  "SSL certificates installed",
  "Firewall rules set",
  "Documentation updated",
];

Deno.test("[M-70] docs/deployment.md answers each item of the checklist", async () => {
  const rows = (await readFile("docs/deployment.md")).split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (Item|-)/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  assert.deepEqual(rows.map(([, item]) => item), ITEMS);
  for (const [, item, answer] of rows) assert.match(answer, /^\S.{10,}/, item);
});

Deno.test("[M-70] what the pages on operation name is there: settings and tasks", async () => {
  const names: readonly string[] = [...SETTING_NAMES, ...ERROR_CODES];
  for (const file of ["docs/deployment.md", "docs/backup.md", "docs/export.md"]) {
    const page = await readFile(file);
    for (const [, name] of page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g)) {
      assert.ok(names.includes(name), `${file} names ${name}`);
    }
    for (const [, task] of page.matchAll(/\btask ([a-z][a-z:-]*)/g)) {
      assert.ok(Object.hasOwn(config.tasks, task), `${file} names the task ${task}`);
    }
  }
});

/** The text below a heading, up to the next one of its level. */
async function section(file: string, heading: string): Promise<string> {
  const [, text = ""] = (await readFile(file)).split(`\n## ${heading}\n`);
  return text.split("\n## ")[0];
}

Deno.test("[M-74] nginx is told to pass upgrades on, and not to hold back streams", async () => {
  const text = await section("docs/deployment.md", "TLS in front");
  for (
    const line of [
      "proxy_http_version 1.1;",
      "proxy_set_header Upgrade $http_upgrade;",
      "proxy_set_header Connection $connection_header;",
      "proxy_buffering off;",
    ]
  ) {
    assert.ok(text.includes(line), line);
  }
});

Deno.test("[M-69][M-74] several processes: kiosks stick by their key, never by address", async () => {
  const text = await section("docs/deployment.md", "Several halls behind one name");
  assert.match(text, /map \$http_x_kiosk_key \$kiosk/);
  assert.match(text, /hash \$kiosk consistent;/);
  assert.doesNotMatch(text, /ip_hash/);
  const shared = await section("docs/deployment.md", "Several processes");
  assert.match(shared, /`REDIS_URL`\s+joins\s+their\s+Socket.IO\s+rooms/);
  assert.match(await section("docs/deployment.md", "Where it ends"), /no\s+failover/);
});

Deno.test("[M-72] why there are no settings for batches and pools is said", async () => {
  const text = await section("docs/deployment.md", "Batches and pools");
  assert.match(text, /no\s+settings/);
  const names: readonly string[] = SETTING_NAMES;
  assert.deepEqual(names.filter((name) => /BATCH|POOL/.test(name)), []);
});

/** Document 1, "Project Structure": files without their folders' names. */
const PARTS = [
  "database, websocket, constants",
  "attempt, event, review",
  "missions, events, reviews",
  "websocketService",
  "eventProcessor",
  "analyticsService",
  "auth, validation, errors",
  "missions, analytics, admin",
  "views, public, server",
  "idGenerator, validators, logger",
  "app.js",
  "tests/, unit and integration",
  ".env.example",
];

Deno.test("[M-73] each part that document 1 lists has its place, and the place is there", async () => {
  const rows = (await section("docs/architecture.md", "Where things are")).split("\n");
  for (const part of PARTS) {
    const row = rows.find((line) => line.split("|")[1]?.replaceAll("`", "").includes(part));
    assert.ok(row !== undefined, part);
    const places = [...row.split("|")[2].matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    assert.ok(places.length > 0, part);
    for (const path of places) await Deno.stat(new URL(`../../${path}`, import.meta.url));
  }
});

Deno.test("[M-75] README says where to ask and how versions are named, CHANGELOG what changed", async () => {
  const text = await section("README.md", "Versions and questions");
  assert.match(text, /Questions and faults go to/);
  assert.match(text, /`CHANGELOG.md`/);
  assert.match(await readFile("CHANGELOG.md"), /^## (Unreleased|\d{4}-\d\d-\d\d)$/m);
});
