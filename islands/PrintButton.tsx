import type { Locale } from "../lib/ui/locale.ts";
import { wordsOf } from "../lib/ui/words.ts";

/** Opens the browser's own printing; without script a sentence says where that is. */
export function PrintButton({ locale }: { readonly locale: Locale }) {
  const words = wordsOf(locale).practice;
  return (
    <>
      <button class="button button--main print-button" type="button" onClick={() => print()}>
        {words.print}
      </button>
      <p class="print-hint">{words.printHint}</p>
    </>
  );
}
