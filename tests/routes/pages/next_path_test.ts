import { equal } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { ADMIN, testApp } from "../../support/test_app.ts";
import { parseNext } from "../../../routes/pages/next_path.ts";

const GOOD: [text: string, path: string][] = [
  ["/", "/"],
  ["/admin/attempts", "/admin/attempts"],
  ["/admin/attempts?status=quitted&page=2#row", "/admin/attempts?status=quitted&page=2#row"],
  ["/admin/attempts?from=http://a.example//b", "/admin/attempts?from=http://a.example//b"],
  ["/admin/시도?q=한글", "/admin/%EC%8B%9C%EB%8F%84?q=%ED%95%9C%EA%B8%80"],
  ["/../admin", "/admin"],
  ["/admin/@evil.example", "/admin/@evil.example"],
];

const BAD = [
  "",
  "admin",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/admin\\..\\x",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\nset-cookie: a=b",
  "/admin\0",
  " //evil.example",
  " /admin",
  "https://evil.example",
  "https:/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "/admin//evil.example",
  "/./" + "/evil.example",
  "?next=//evil.example",
  "@evil.example",
  "/\ud800",
  `/${"a".repeat(2_000)}`,
];

Deno.test("[T-M16] parseNext() takes paths of ours", () => {
  for (const [text, path] of GOOD) equal(parseNext(text), path, text);
});

Deno.test("[T-M16] parseNext() takes nothing that could lead elsewhere", () => {
  for (const text of BAD) equal(parseNext(text), null, JSON.stringify(text));
});

Deno.test("[T-M16] the login never leads elsewhere, by address or by form", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  for (const next of BAD) {
    const answer = await browser.open(
      `/admin/login?next=${encodeURIComponent(next.toWellFormed())}`,
    );
    // What is not well-formed cannot travel in an address; as a path of ours it is harmless.
    if (next.isWellFormed()) equal(answer.headers.get("location"), "/admin/dashboard", next);
  }
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example"]) {
    const answer = await browser.send("/admin/login", { ...ADMIN, next });
    equal(answer.headers.get("location"), "/admin/dashboard", next);
  }
});
