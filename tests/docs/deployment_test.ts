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
