import { equal, match, throws } from "node:assert/strict";
import { createAssets } from "../../routes/assets.ts";

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  return folder;
}

const STYLE = "a { color: red }\n".repeat(100);

Deno.test("[M-46] a static file is served unchangeable, compressed, with its type", async () => {
  const { app, href } = await createAssets(await folderWith({ "ui/base.css": STYLE }));
  const answer = await app.request(href("ui/base.css"), {
    headers: { "Accept-Encoding": "br, gzip" },
  });
  equal(answer.status, 200);
  equal(answer.headers.get("Content-Type"), "text/css; charset=utf-8");
  equal(answer.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  equal(answer.headers.get("X-Content-Type-Options"), "nosniff");
  equal(answer.headers.get("Content-Encoding"), "gzip");
  const text = await new Response(answer.body!.pipeThrough(new DecompressionStream("gzip"))).text();
  equal(text, STYLE);
});

Deno.test("[M-46] a client without gzip gets plain bytes, and a known etag a 304", async () => {
  const { app, href } = await createAssets(await folderWith({ "ui/base.css": STYLE }));
  for (const encoding of ["identity", "gzip;q=0", "br"]) {
    const plain = await app.request(href("ui/base.css"), {
      headers: { "Accept-Encoding": encoding },
    });
    equal(plain.headers.get("Content-Encoding"), null);
    equal(await plain.text(), STYLE);
  }
  const { headers } = await app.request(href("ui/base.css"));
  const again = await app.request(href("ui/base.css"), {
    headers: { "If-None-Match": headers.get("ETag")! },
  });
  equal(again.status, 304);
});

Deno.test("[M-46] the build id changes with any byte and any name", async () => {
  const folders: Record<string, string>[] = [{ "a.css": "a" }, { "a.css": "b" }, { "b.css": "a" }];
  const ids = await Promise.all(
    folders.map(async (files) => (await createAssets(await folderWith(files))).buildId),
  );
  equal(new Set(ids).size, 3);
  match(ids[0], /^[0-9a-f]{20}$/);
});

Deno.test("[M-46] hidden files, links, unknown types and other builds are not served", async () => {
  const folder = await folderWith({ "a.css": "a", ".secret.css": "s", "notes.txt": "n" });
  await Deno.symlink("/etc/passwd", `${folder}/passwd.css`);
  const { app, href, buildId } = await createAssets(folder);
  for (const path of [".secret.css", "notes.txt", "passwd.css", "../a.css", "%2e%2e/a.css"]) {
    equal((await app.request(`/_a/${buildId}/${path}`)).status, 404, path);
  }
  equal((await app.request("/_a/0123456789abcdef0123/a.css")).status, 404);
  throws(() => href("missing.js"), /run the build first/);
});
