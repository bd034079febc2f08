import { equal, match } from "node:assert/strict";
import { ErrorPage } from "../../../routes/pages/error.tsx";
import { SetupPage, type SetupView } from "../../../routes/admin/setup.tsx";
import { aUi, renderPage } from "../../support/page.ts";

const CASES: [status: number, signedIn: boolean, text: RegExp][] = [
  [401, false, /Please sign in Your session has ended\. Sign in Request 01JH/],
  [403, true, /Not allowed .* Back to the overview/],
  [404, true, /Nothing here/],
  [418, true, /Nothing here/],
  [500, true, /Something went wrong .* Try again Request 01JH/],
  [502, true, /Something went wrong/],
  [503, true, /Not available right now/],
];

for (const [status, signedIn, expected] of CASES) {
  Deno.test(`[M-55] an error page says what ${status} means and what to do`, () => {
    const ui = signedIn ? aUi() : { ...aUi(), user: null };
    const { text, html } = renderPage(
      <ErrorPage ui={ui} view={{ status, requestId: "01JH", isPersonal: false }} />,
      ui,
    );
    match(text, expected);
    equal(html.includes('action="/admin/logout"'), signedIn);
  });
}

function setup(view: SetupView) {
  const ui = { ...aUi("en", "/admin/setup"), user: null };
  return renderPage(<SetupPage ui={ui} view={view} />, ui);
}

Deno.test("[T-M16] the set-up form carries its token, and ties each problem to its field", () => {
  const { html, text } = setup({
    kind: "form",
    token: "one-time",
    username: "a b",
    problems: ["username", "mismatch"],
  });
  match(html, /name="token" value="one-time"/);
  const field = /<input[^>]*id="username"[^>]*>/.exec(html)?.[0] ?? "";
  match(field, /aria-invalid="true"/);
  match(field, /aria-describedby="username-problem/);
  match(text, /The two passwords differ\./);
  equal(/id="password"[^>]*aria-invalid/.test(html), false);
});

Deno.test("[T-M16] a set-up link that was used shows no form", () => {
  const { html, text } = setup({ kind: "dead" });
  match(text, /This link no longer works/);
  equal(html.includes("<form"), false);
});
