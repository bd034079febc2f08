import { deepEqual, equal, ok } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Server, startServer } from "./server.ts";
import { until } from "./until.ts";

const DOC = new URL("../../docs/integrate.md", import.meta.url);
const CONFIG = new URL("deno.json", import.meta.url);
const PLACEHOLDER = "https://docent.example";

/** As build tools are set up for React. */
const JSX = "/** @jsxRuntime automatic */\n/** @jsxImportSource react */";

/** The example of the page in a language. */
async function exampleOf(language: string): Promise<string> {
  const text = await Deno.readTextFile(DOC);
  const code = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)![1];
  const added = code.split("\n").filter((line) => line.endsWith("// docent"));
  ok(added.length <= 10, `${added.length} lines are added in ${language}`);
  ok(code.includes(PLACEHOLDER));
  return code;
}

/** An application on an origin of its own. */
function serveApplication(port: number, files: Readonly<Record<string, string>>) {
  const types = { html: "text/html", js: "text/javascript" };
  return Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, ({ url }) => {
    const path = new URL(url).pathname;
    const body = files[path];
    if (body === undefined) return new Response(null, { status: 204 });
    const type = path.endsWith(".js") ? types.js : types.html;
    return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
  });
}

function freePort(): number {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** React's own files come from npm; the kiosk's module stays an address. */
async function bundle(code: string): Promise<string> {
  const folder = await Deno.makeTempDir({ dir: new URL(".", import.meta.url).pathname });
  try {
    await Deno.writeTextFile(`${folder}/app.tsx`, `${JSX}\n${code}`);
    const options = ["--quiet", "--config", CONFIG.pathname, "--platform", "browser"];
    const files = ["--external", "http*", "--output", `${folder}/app.js`, `${folder}/app.tsx`];
    const args = ["bundle", ...options, ...files];
    const { code: exit } = await new Deno.Command(Deno.execPath(), { args }).output();
    equal(exit, 0);
    return await Deno.readTextFile(`${folder}/app.js`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Stored {
  readonly status: string;
  readonly eventCount: number;
  readonly review: { readonly rating: number } | null;
}

/** What the server has of the page's attempt, asked as a kiosk may. */
async function attempt(server: Server, page: Page): Promise<Stored> {
  const stored = await page.evaluate(() => sessionStorage.getItem("docent-kiosk"));
  const { attemptId } = JSON.parse(stored!);
  const answer = await fetch(`${server.origin}/api/missions/${await toServerId(attemptId)}`);
  const { data } = await answer.json();
  return data ?? { status: "none", eventCount: 0, review: null };
}

/** As the server makes its id of the client's. */
async function toServerId(uuid: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(uuid));
  const hex = Array.from(new Uint8Array(digest), (it) => it.toString(16).padStart(2, "0")).join("");
  return `attempt_${String(BigInt(`0x${hex.slice(0, 32)}`)).padStart(39, "0")}`;
}

async function withApplication(
  files: (origin: string) => Promise<Readonly<Record<string, string>>>,
  play: (page: Page, server: Server, home: string) => Promise<void>,
): Promise<void> {
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  // Who looks so often what has come is no kiosk.
  const settings = { ALLOWED_ORIGINS: origin, RATE_ANONYMOUS_PER_15_MIN: "10000" };
  await using server = await startServer(settings);
  await using _application = serveApplication(port, await files(server.origin));
  const browser: Browser = await launchBrowser();
  const complaints: string[] = [];
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${origin}/`);
    await play(page, server, `${origin}/`);
  } finally {
    await browser.close();
    deepEqual(complaints, []);
  }
}

/** Everything is there at once, or never. */
const SOON = { timeout: 5_000 };
const ignore = whyNoChromium !== null;

Deno.test({
  name:
    "[M-04] the plain HTML of docs/integrate.md runs: over a dead server and a reload nothing is lost",
  ignore,
  async fn() {
    await withApplication(async (origin) => ({
      "/": (await exampleOf("html")).replaceAll(PLACEHOLDER, origin),
    }), async (page, server, home) => {
      await page.locator("section#attract").click(SOON);
      await page.locator("#start").click(SOON);
      const running = () => attempt(server, page);
      const isHere = (count: number) => ({ eventCount }: Stored) => eventCount === count;
      await until("the mission runs", running, isHere(2));
      await server.kill();
      await page.locator("#create").click(SOON);
      // The tab goes away with what is on its disk, and comes back.
      await page.goto("about:blank");
      await server.restart();
      await page.goto(home);
      await until("what happened meanwhile is stored", running, isHere(4));
      await page.locator("section#attract").click(SOON);
      await page.locator("#easy").click(SOON);
      const { status, review } = await until("it is rated", running, isHere(5));
      deepEqual([status, review?.rating], ["completed", 4]);
    });
  },
});

Deno.test({
  name: "[M-04] the React of docs/integrate.md runs",
  ignore,
  async fn() {
    await withApplication(async (origin) => ({
      "/": '<!doctype html><div id="root"></div><script type="module" src="/app.js"></script>',
      "/app.js": await bundle((await exampleOf("tsx")).replaceAll(PLACEHOLDER, origin)),
    }), async (page, server) => {
      await page.locator("section#attract").click(SOON);
      await page.locator("#start").click(SOON);
      await page.locator("#done").click(SOON);
      const { status, eventCount } = await until(
        "the mission is completed",
        () => attempt(server, page),
        (it) => it.status === "completed",
      );
      deepEqual([status, eventCount], ["completed", 3]);
    });
  },
});
