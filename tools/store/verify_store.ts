import { openKv } from "../../lib/kv/open.ts";
import { SHIPPED_MISSIONS, type Verified, verifyMissions } from "../../lib/missions/mod.ts";
import { EXIT, requireFile } from "./command.ts";

/** Told one by one; a store that differs everywhere would tell for hours. */
const MAX_TOLD = 200;

/**
 * Verifies a file that no server has open, and tells what differs.
 * @param name what to call it
 * @throws Error when the file cannot be opened
 */
export async function verifyStore(path: string, name = path): Promise<number> {
  await requireFile(path);
  const store = await openKv(path);
  try {
    let told = 0;
    const verified = await verifyMissions({
      kv: store.kv,
      definitions: SHIPPED_MISSIONS,
      onDifference({ attemptId, message }) {
        if (told++ < MAX_TOLD) {
          console.log(attemptId === null ? message : `${attemptId}: ${message}`);
        }
      },
    });
    if (told > MAX_TOLD) console.log(`… and ${told - MAX_TOLD} more`);
    console.log(`Verified "${name}": ${summary(verified)}`);
    return verified.differences === 0 ? EXIT.well : EXIT.differs;
  } finally {
    store.close();
  }
}

function summary({ attempts, facts, waiting, areRowsOutdated, differences }: Verified): string {
  const rest = waiting === 0 ? "" : `, facts that wait in the log for the next start: ${waiting}`;
  const rows = areRowsOutdated ? ", rows not compared: the next start makes them anew" : "";
  return `attempts: ${attempts}, facts: ${facts}, differences: ${differences}${rest}${rows}`;
}
