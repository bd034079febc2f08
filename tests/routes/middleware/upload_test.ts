import { deepEqual, equal, rejects } from "node:assert/strict";
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../../routes/middleware/context.ts";
import { openUpload } from "../../../routes/middleware/upload.ts";

/** Opens a body as a route does. */
async function open(body: BodyInit, contentType?: string) {
  let context: AppContext | undefined;
  const app = new Hono<AppEnv>().post("/", (c) => {
    context = c;
    return c.body(null);
  });
  const headers = contentType === undefined ? undefined : { "content-type": contentType };
  const request = new Request("http://localhost/", { method: "POST", body, headers });
  await app.fetch(request);
  return await openUpload(context!, { maxLineBytes: 100 });
}

const MULTIPART = "multipart/form-data; boundary=x";
const part = (head: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
const FILE = 'name="f"; filename="a.ndjson"';

Deno.test("a form's fields and the lines of its file are read in their order", async () => {
  const form = new FormData();
  form.append("_csrf", "token");
  form.append("facts", new Blob(['{}\n\n{"a": 1}\r\n한글']), "a.ndjson");
  const { field, file } = await open(form);
  deepEqual([field("_csrf"), field("other")], ["token", ""]);
  deepEqual(
    (await Array.fromAsync(file!)).map(({ number, text }) => [number, text?.trimEnd()]),
    [[1, "{}"], [3, '{"a": 1}'], [4, "한글"]],
  );
});

Deno.test("a file ends where the form says, and what is no text is told as such", async () => {
  const content = `first\n${"y".repeat(200)}`;
  const body = part('name="a"', "1") + part(FILE, content) + part('name="b"', "2") + "--x--\r\n";
  const { field, file } = await open(body, `${MULTIPART}; charset=utf-8`);
  equal(field("a"), "1");
  const lines = await Array.fromAsync(file!);
  deepEqual(lines.map(({ number, text }) => [number, text?.trimEnd() ?? null]), [
    [1, "first"],
    [2, null],
  ]);
  equal(field("b"), "", "what stands behind the file is not read");
});

const WITHOUT_FILE: [what: string, body: string][] = [
  ["no parts", "--x--\r\n"],
  ["fields alone", part('name="a"', "1") + "--x--\r\n"],
  ["no file chosen", part('name="f"; filename=""', "") + "--x--\r\n"],
  ["an empty file", part(FILE, "") + "--x--\r\n"],
  ["nothing at all", ""],
  ["an end in the middle", part('name="a"', "1")],
];

for (const [what, body] of WITHOUT_FILE) {
  Deno.test(`a form with ${what} has no file`, async () => {
    equal((await open(body, MULTIPART)).file, null);
  });
}

Deno.test("a body that is no such form is refused, and an endless one is not read to its end", async () => {
  await rejects(open("{}", "application/json"), { code: "UNSUPPORTED_MEDIA" });
  await rejects(open("", "multipart/form-data"), { code: "UNSUPPORTED_MEDIA" });
  await rejects(open("line\n".repeat(1_000), MULTIPART), { code: "VALIDATION_ERROR" });
});
