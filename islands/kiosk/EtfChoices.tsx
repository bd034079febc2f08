import { useScene } from "./app_context.ts";
import type { Etf } from "./content.ts";
import { Choice } from "./pieces.tsx";

/** ETFs that lead to their own page. */
export function EtfChoices({ items }: { readonly items: readonly Etf[] }) {
  const { store, say } = useScene();
  return (
    <div class="choices">
      {items.map((etf) => (
        <Choice
          key={etf.id}
          art="coins"
          title={say(etf.name)}
          hint={say(etf.about)}
          onPress={() => store.openEtf(etf)}
        />
      ))}
    </div>
  );
}
