import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Context, Hono } from "hono";

/** Files as browsers get them: read once at start, under an address that changes with any byte. */
export interface Assets {
  /** Mount at the root: it answers `/_a/<build id>/…` and `/client/…` and nothing else. */
  readonly app: Hono;
  readonly buildId: string;
  /**
   * Address of a file by its path under the folder.
   * @throws RangeError when there is no such file: the build is not done
   */
  href(path: string): string;
  /**
   * What is in a file, for one that is served elsewhere.
   * @throws RangeError as `href`
   */
  read(path: string): Uint8Array<ArrayBuffer>;
}

interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** Null where compression does not make it smaller. */
  readonly gzip: Uint8Array<ArrayBuffer> | null;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/typescript; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Reads a folder of static files; hidden files, links and unknown types are left out. */
export async function createAssets(folder: string): Promise<Assets> {
  const files = new Map<string, Asset>();
  for (const path of await listFiles(folder)) {
    files.set(path, toAsset(extname(path), await readFile(join(folder, path))));
  }
  const buildId = hash(...[...files].map(([path, { etag }]) => `${path} ${etag}\n`));
  function get(path: string): Asset {
    const asset = files.get(path);
    if (asset === undefined) throw new RangeError(`No static file "${path}", run the build first`);
    return asset;
  }
  return {
    app: routesOf(files, buildId),
    buildId,
    href(path) {
      get(path);
      return `/_a/${buildId}/${path}`;
    },
    read: (path) => get(path).plain,
  };
}

async function listFiles(folder: string, under = ""): Promise<string[]> {
  const paths: string[] = [];
  for (const name of (await readdir(join(folder, under))).sort()) {
    if (name.startsWith(".")) continue;
    const path = under === "" ? name : `${under}/${name}`;
    const entry = await lstat(join(folder, path));
    if (entry.isDirectory()) paths.push(...await listFiles(folder, path));
    else if (entry.isFile() && Object.hasOwn(TYPES, extname(path))) paths.push(path);
  }
  return paths;
}

function toAsset(extension: string, bytes: Uint8Array): Asset {
  const plain = new Uint8Array(bytes);
  const gzip = new Uint8Array(gzipSync(plain, { level: 9 }));
  return {
    type: TYPES[extension],
    etag: hash(plain),
    plain,
    gzip: gzip.length < plain.length ? gzip : null,
  };
}

/** 80 bits of SHA-256 are enough to tell builds apart. */
function hash(...parts: (string | Uint8Array)[]): string {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest("hex").slice(0, 20);
}

/** Where the build puts the client modules, and their sources for the types. */
const CLIENT = "_built/client/";

function routesOf(files: ReadonlyMap<string, Asset>, buildId: string): Hono {
  const app = new Hono();
  app.get("/_a/:build/:path{.+}", (c) => {
    const asset = files.get(c.req.param("path"));
    // Another build's page asks for another build's bytes; ours would not fit it.
    if (asset === undefined || c.req.param("build") !== buildId) return c.notFound();
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    return send(c, asset);
  });
  // At a lasting address, for applications of any origin.
  app.get("/client/:path{.+}", (c) => {
    const asset = files.get(`${CLIENT}${c.req.param("path")}`);
    if (asset === undefined) return c.notFound();
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cache-Control", "no-cache");
    // Editors and Deno find the types of a module by it.
    c.header("X-TypeScript-Types", c.req.path.replace(/([^/]+)\.js$/, "src/$1.ts"));
    return send(c, asset);
  });
  return app;
}

function send(c: Context, asset: Asset): Response {
  const etag = `"${asset.etag}"`;
  c.header("ETag", etag);
  c.header("Vary", "Accept-Encoding");
  c.header("X-Content-Type-Options", "nosniff");
  if (c.req.header("If-None-Match") === etag) return c.body(null, 304);
  c.header("Content-Type", asset.type);
  const packed = acceptsGzip(c.req.header("Accept-Encoding")) ? asset.gzip : null;
  if (packed !== null) c.header("Content-Encoding", "gzip");
  return c.body(packed ?? asset.plain);
}

function acceptsGzip(header: string | undefined): boolean {
  return /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/.test(header ?? "");
}
