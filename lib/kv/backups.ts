import { type Clock, toIso } from "../clock.ts";
import { type Backup, writeBackup } from "./backup.ts";

/** The folder of backups: `docent-2026-11-21T031500.123Z.kv` and so on. */
export interface Backups {
  /**
   * Writes one, and lets go of the oldest when there are more than are kept.
   * @throws Error with one sentence
   */
  write(): Promise<Backup>;
  /**
   * Writes one when the newest is older than the schedule says, or there is none; null otherwise,
   * and for an hour after a try that failed. A timer calls it: a server that is started anew every
   * day keeps the schedule all the same.
   */
  writeWhenDue(): Promise<Backup | null>;
}

export interface BackupsDeps {
  /** The store. */
  readonly kvPath: string;
  readonly folder: string;
  /** How many. */
  readonly kept: number;
  /** Null for no schedule. */
  readonly everySec: number | null;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** What `nameAt` makes; `.partial` is what a killed process leaves. */
const NAME = /^docent-(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d\.\d{3}Z)\.kv(\.partial)?$/;
/** A full disk is not filled again at every look. */
const RETRY_MS = 3_600_000;

interface Found {
  readonly name: string;
  readonly at: number;
  readonly isWhole: boolean;
}

export function createBackups(deps: BackupsDeps): Backups {
  const { kvPath, folder, kept, everySec, clock, signal } = deps;
  let notBefore = -Infinity;

  /** What is ours in the folder, the oldest first. */
  async function list(): Promise<Found[]> {
    const found: Found[] = [];
    try {
      for await (const { name } of Deno.readDir(folder)) found.push(...parseName(name));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return found.sort((a, b) => a.at - b.at);
  }

  async function prune(): Promise<void> {
    const found = await list();
    const surplus = found.filter(({ isWhole }) => isWhole).slice(0, -kept);
    const broken = found.filter(({ isWhole, at }) => !isWhole && clock.now() - at > RETRY_MS);
    for (const { name } of [...surplus, ...broken]) await Deno.remove(`${folder}/${name}`);
  }

  async function write(): Promise<Backup> {
    const to = `${folder}/${nameAt(clock.now())}`;
    const backup = await writeBackup({ from: kvPath, to, clock, signal });
    await prune();
    return backup;
  }

  return {
    write,
    async writeWhenDue() {
      const now = clock.now();
      if (everySec === null || now < notBefore) return null;
      // One of the future is of a clock that was wrong.
      const newest = (await list()).findLast(({ isWhole, at }) => isWhole && at <= now);
      if (newest !== undefined && now - newest.at < everySec * 1000) return null;
      notBefore = now + RETRY_MS;
      const backup = await write();
      notBefore = -Infinity;
      return backup;
    },
  };
}

function nameAt(at: number): string {
  return `docent-${toIso(at).replaceAll(":", "")}.kv`;
}

/** Empty for a name that is not ours. */
function parseName(name: string): Found[] {
  const match = NAME.exec(name);
  if (match === null) return [];
  const [, day, hour, minute, second, partial] = match;
  const at = Date.parse(`${day}${hour}:${minute}:${second}`);
  return [{ name, at, isWhole: partial === undefined }];
}
