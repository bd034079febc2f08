import { stringify } from "devalue";
import { type ComponentType, createContext, type VNode } from "preact";
import { useContext } from "preact/hooks";
import type { IslandName } from "../../islands/registry.ts";
import { ISLAND_DATA_ID } from "./island_data.ts";

/** Collects the props while one page is rendered. */
const Sink = createContext<object[] | null>(null);

/**
 * Makes a component live in the browser: it is rendered here as it is, and again by
 * `islands/boot.ts`, which finds it by its name in the registry. Props must be data: text, numbers,
 * dates, lists and plain objects; one object given to two islands travels once.
 */
export function island<P extends object>(
  name: IslandName,
  Component: ComponentType<P>,
): (props: P) => VNode {
  return function Island(props: P) {
    const sink = useContext(Sink);
    if (sink === null) throw new Error(`Island "${name}" stands outside of IslandPage`);
    const index = sink.push({ ...props }) - 1;
    return (
      <div class="island" data-island={name} data-props={index}>
        <Component {...props} />
      </div>
    );
  };
}

export interface IslandPageProps {
  /** Address of the built `boot.js`. */
  readonly script: string;
  readonly children: VNode;
}

/**
 * Around a page's body. The data block comes last: rendering goes from top to bottom, so every
 * island has left its props by then. A page without islands gets no script at all.
 */
export function IslandPage({ script, children }: IslandPageProps) {
  return (
    <Sink.Provider value={[]}>
      {children}
      <IslandData script={script} />
    </Sink.Provider>
  );
}

function IslandData({ script }: { readonly script: string }) {
  const sink = useContext(Sink);
  if (sink === null || sink.length === 0) return null;
  // devalue escapes "<", so no prop can close the element.
  const data = { __html: stringify(sink) };
  return (
    <>
      <script type="application/json" id={ISLAND_DATA_ID} dangerouslySetInnerHTML={data} />
      <script type="module" src={script} />
    </>
  );
}
