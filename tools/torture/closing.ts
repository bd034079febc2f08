import { z } from "zod";
import { ADMIN } from "../known_admin.ts";
import { addAccounts, NOTHING } from "../simulate/account.ts";
import type { Difference } from "../simulate/compare.ts";
import { logIn, type Verified } from "../simulate/verify.ts";
import { createPatientApi } from "./patient_api.ts";
import type { Outcome } from "./proof.ts";

/** What some clients of a proof sent, read back and compared. */
export interface Part extends Verified {
  /** That they began. */
  readonly attempts: number;
}

export interface Closing {
  readonly url: string;
  readonly parts: readonly Part[];
  readonly notes: readonly string[];
  readonly signal: AbortSignal;
}

/** Adds up what all clients sent, and looks whether the server has more attempts than theirs. */
export async function closeAccounts({ url, parts, notes, signal }: Closing): Promise<Outcome> {
  const account = parts.map((part) => part.account).reduce(addAccounts, NOTHING);
  const faults = parts.flatMap((part) => part.differences).map(toText);
  if (account.strange > 0) faults.push(`${account.strange} events are stored that nobody sent`);
  const begun = parts.reduce((sum, part) => sum + part.attempts, 0);
  const stored = await countAttempts(url, signal);
  if (stored !== begun) faults.push(`${stored} attempts are stored, ${begun} were started`);
  return { account, faults, notes: [`${begun} attempts`, ...notes] };
}

function toText({ attemptId, about, expected, found }: Difference): string {
  return `${attemptId}: ${about}: expected ${expected}, found ${found}`;
}

const listSchema = z.looseObject({ pagination: z.looseObject({ total: z.number() }) });

async function countAttempts(url: string, signal: AbortSignal): Promise<number> {
  const api = createPatientApi(url, signal);
  const bearer = await logIn(api, ADMIN);
  const list = await api.call({ path: "/api/missions?limit=1", bearer, schema: listSchema });
  return list.pagination.total;
}
