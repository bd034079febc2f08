/** `deno task docs`: writes `docs/realtime.md` anew. */
import { formattedPage, REALTIME_PAGE } from "./mod.ts";

await Deno.writeTextFile(REALTIME_PAGE, await formattedPage());
