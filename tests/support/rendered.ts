import { h, render } from "preact";

/** A part of a page that shows nothing and uses one hook. */
export interface Rendered<T> {
  /** What the hook gave at the last rendering. */
  current(): T;
  unmount(): void;
}

/** Runs a hook in Preact itself. What shows nothing asks for no document but a root. */
export function rendered<T>(hook: () => T): Rendered<T> {
  let last: { readonly value: T } | null = null;
  const root = { nodeType: 1, childNodes: [], firstChild: null } as unknown as Element;
  const Part = () => {
    last = { value: hook() };
    return null;
  };
  render(h(Part, {}), root);
  return {
    current() {
      if (last === null) throw new Error("The hook has not run");
      return last.value;
    },
    unmount: () => render(null, root),
  };
}
