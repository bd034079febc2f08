// scratch, not committed
import { launchBrowser } from "./browser.ts";
const [origin, out, which = "", link = ""] = Deno.args;
Deno.mkdirSync(out, { recursive: true });
const STATE = "/tmp/x/dashrun/state.json";
const b = await launchBrowser();
async function stateOf() { try { return JSON.parse(Deno.readTextFileSync(STATE)); } catch { return undefined; } }
if (link) {
  const c = await b.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
  const p = await c.newPage();
  await p.goto(link);
  await p.screenshot({ path: `${out}/setup-en.png` });
  await p.getByLabel("User name").fill("hall"); await p.getByLabel("Password", { exact: true }).fill("a long enough secret"); await p.getByLabel("Password again").fill("a long enough secret");
  await p.getByRole("button", { name: "Create and sign in" }).click();
  await p.waitForURL(/dashboard/);
  Deno.writeTextFileSync(STATE, JSON.stringify(await c.storageState()));
  await c.close();
}
const attempt = which.split(",").find((w) => w.startsWith("attempt_"));
const pages: [string, string][] = [["dashboard", "/admin/dashboard"], ["live", "/admin/missions/live"], ["attempts", "/admin/attempts"], ["all", "/admin/missions/all"], ["portfolio", "/admin/missions/portfolio"], ["vocabulary", "/admin/missions/vocabulary"], ["export", "/admin/export"]];
if (attempt) pages.push(["attempt", "/admin/attempts/" + attempt]);
const looks = [["ko", "light"], ["en", "dark"], ["ko", "dark"], ["en", "light"]];
for (const [locale, theme] of looks.slice(0, which.includes("all4") ? 4 : 2)) for (const width of [1440, 390]) {
  const c = await b.newContext({ locale, colorScheme: theme as "light", viewport: { width, height: width === 390 ? 844 : 900 }, storageState: await stateOf(), reducedMotion: "reduce", deviceScaleFactor: 1 });
  const p = await c.newPage();
  for (const [name, path] of pages) {
    await p.goto(`${origin}${path}?lang=${locale}`);
    await p.waitForTimeout(900);
    await p.screenshot({ path: `${out}/${name}-${locale}-${theme}-${width}.png`, fullPage: true });
    const o = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (o > 0) console.log("OVERFLOW", name, locale, width, o);
  }
  await c.close();
}
await b.close();
