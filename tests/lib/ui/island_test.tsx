import { parse } from "devalue";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { deepEqual, equal, match, throws } from "node:assert/strict";
import { island, IslandPage } from "../../../lib/ui/island.tsx";

interface Props {
  readonly name: string;
  readonly shared: object;
}

const Hello = island<Props>("ThemeSwitch", ({ name }) => <p>Hello {name}</p>);
const page = (children: VNode) =>
  renderToString(<IslandPage script="/boot.js">{children}</IslandPage>);

Deno.test("[M-46] an island is rendered where it stands, its props once at the end of the page", () => {
  const shared = { since: new Date(0), missing: undefined };
  const html = page(
    <main>
      <Hello name="a" shared={shared} />
      <Hello name="b" shared={shared} />
    </main>,
  );
  match(html, /data-island="ThemeSwitch" data-props="0"><p>Hello a<\/p>/);
  const data = /id="island-data">(.*?)<\/script>/.exec(html)?.[1] ?? "";
  const [a, b] = parse(data);
  deepEqual(a.shared, shared);
  equal(a.shared, b.shared);
});

Deno.test("[M-46] a page without islands has no script", () => {
  equal(page(<p>Still</p>), "<p>Still</p>");
});

Deno.test("[M-46] an island outside of a page is a mistake, and says so", () => {
  throws(() => renderToString(<Hello name="a" shared={{}} />), /stands outside of IslandPage/);
});
