import { tempFolder } from "../child_server.ts";
import { findFaketime } from "./needs.ts";

/** A wall clock of a server that can be set while it runs. */
export interface FakeClock extends AsyncDisposable {
  /** Of the server that is to live by it. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets it so many seconds off the true time. */
  set(offsetSec: number): Promise<void>;
}

export async function createFakeClock(): Promise<FakeClock> {
  const folder = await tempFolder();
  const path = `${folder.path}/offset`;
  const set = async (offsetSec: number) => {
    // In one step: the library reads it whenever the server looks at the clock.
    await Deno.writeTextFile(`${path}.new`, `${offsetSec < 0 ? "" : "+"}${offsetSec}`);
    await Deno.rename(`${path}.new`, path);
  };
  await set(0);
  return {
    env: {
      LD_PRELOAD: await findFaketime() ?? "",
      FAKETIME_TIMESTAMP_FILE: path,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    },
    set,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
