/**
 * The service worker of `/kiosk`: a page that is loaded again while the server is away comes as it
 * came the last time, with everything that it names.
 */

/** What a worker's global object has; its own types cannot stand beside those of pages. */
interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as WorkerScope;

const CACHE = "docent-kiosk";
const PAGE = "/kiosk";
/** Where files stand whose address changes with their bytes. */
const FILES = "/_a/";
/** A server that takes longer is away: a visitor does not wait for it. */
const ANSWER_MS = 4_000;
/** What a server says that does not serve the page. */
const GONE = 404;

scope.addEventListener("install", (event) => {
  event.waitUntil(askForPage(PAGE).then(follow).then(() => scope.skipWaiting()));
});

// Of the page that is open too: it may be loaded again before it is closed.
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.location.origin) return;
  if (mode === "navigate" && pathname === PAGE) event.respondWith(pageOf(event));
  else if (pathname.startsWith(FILES)) event.respondWith(fileOf(event.request));
});

/** As the server has it now; where that does not answer, as it was. */
async function pageOf(event: Fetching): Promise<Response> {
  try {
    const page = await askForPage(event.request.url);
    // The page that is kept stays whole when the line is cut in the middle of it.
    event.waitUntil(follow(page.clone()).catch(() => {}));
    return page;
  } catch {
    return await caches.match(PAGE) ?? Response.error();
  }
}

async function fileOf(request: Request): Promise<Response> {
  return await caches.match(request, { ignoreVary: true }) ?? await fetch(request);
}

async function askForPage(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok && response.status !== GONE) throw new Error(`It answered ${response.status}`);
  return response;
}

/** A page that is switched off at the server is so here too. */
async function follow(page: Response): Promise<void> {
  if (page.status === GONE) await caches.delete(CACHE);
  else await keep(page);
}

/** Keeps a page with the files that it names, and lets go of those of an older one. */
async function keep(page: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  const named = filesOf(await page.clone().text());
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await cache.addAll(named.filter((path) => !kept.includes(path)));
  // Only now: a page without its files is none.
  await cache.put(PAGE, page);
  const old = kept.filter((path) => path !== PAGE && !named.includes(path));
  await Promise.all(old.map((path) => cache.delete(path)));
}

function filesOf(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="([^"]+)"/g)]
    .map(([, path]) => path)
    .filter((path) => path.startsWith(FILES));
}
