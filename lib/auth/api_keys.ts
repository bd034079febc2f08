import { z } from "zod";
import type { Audit } from "../audit/mod.ts";
import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { type Kv, stage } from "../kv/port.ts";
import { authKeys } from "./keys.ts";
import { randomToken } from "./random_token.ts";

/** What a key may be allowed. */
export const API_SCOPES = ["events:write", "metrics:read"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Keys begin so, and nothing else that is sent as a bearer does. */
const PREFIX = "ak_";
/** Good ones: more than an operator can keep an eye on. */
const MAX_KEYS = 200;
/** A revoked one is listed for so long; the audit log names it for ever. */
const REVOKED_KEPT_MS = 90 * 86_400_000;

export const newApiKeySchema = z.object({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length)
    .transform((scopes) => API_SCOPES.filter((scope) => scopes.includes(scope))),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

const apiKeySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  /** SHA-256 of the key: 256 random bits need no salt. */
  hash: z.string(),
  /** Its last characters, to tell it from others. */
  ending: z.string(),
  createdAt: z.number(),
  createdBy: z.string(),
  revokedAt: z.number().nullable(),
});
type ApiKeyRow = z.infer<typeof apiKeySchema>;

const useSchema = z.object({ at: z.number() });

/** A key as operators see it. */
export interface ApiKey extends Omit<ApiKeyRow, "hash"> {
  /** When it was last good for a request; null before that. */
  readonly lastUsedAt: number | null;
}

/** Who asks with a key. */
export interface KeyClaims {
  readonly keyId: string;
  readonly scopes: readonly ApiScope[];
}

/** Keys of programs; shown once, stored hashed, revocable. */
export interface ApiKeys {
  /**
   * Makes a key; the text is known to nobody afterwards.
   * @throws AppError CONFLICT when there are too many
   */
  create(input: NewApiKey, by: string): Promise<{ readonly key: ApiKey; readonly text: string }>;
  /** The newest first, revoked ones too. */
  list(): Promise<ApiKey[]>;
  /** @throws AppError NOT_FOUND; it is no fault to revoke twice */
  revoke(keyId: string, by: string): Promise<ApiKey>;
  /** @throws AppError AUTH_FAILED for a key that is not, or no longer, good */
  verify(text: string): Promise<KeyClaims>;
  /** Stores when keys were last used; a timer calls it, and whoever takes the server down. */
  storeUses(): Promise<void>;
}

export interface ApiKeysDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
}

/** True for what can only be meant as a key. */
export function looksLikeApiKey(text: string): boolean {
  return text.startsWith(PREFIX);
}

export function createApiKeys({ kv, clock, ids, audit }: ApiKeysDeps): ApiKeys {
  /** Last uses that are not stored yet: a write for each request would cost more than the request. */
  const uses = new Map<string, number>();

  async function readAll(): Promise<ApiKeyRow[]> {
    const rows: ApiKeyRow[] = [];
    for await (const { key, value } of kv.list({ prefix: authKeys.apiKeys }, { reverse: true })) {
      rows.push(decodeJson(key, value, apiKeySchema));
    }
    return rows;
  }

  async function find(keyId: string) {
    const { key, value, versionstamp } = await kv.get(authKeys.apiKey(keyId));
    return value === null ? null : { row: decodeJson(key, value, apiKeySchema), versionstamp };
  }

  async function withUse({ hash: _, ...row }: ApiKeyRow): Promise<ApiKey> {
    const { key, value } = await kv.get(authKeys.apiKeyUse(row.keyId));
    const stored = value === null ? null : decodeJson(key, value, useSchema).at;
    return { ...row, lastUsedAt: uses.get(row.keyId) ?? stored };
  }

  async function create({ name, scopes }: NewApiKey, by: string) {
    const good = (await readAll()).filter(({ revokedAt }) => revokedAt === null);
    if (good.length >= MAX_KEYS) {
      throw new AppError("CONFLICT", "There are too many keys, revoke some first", {
        details: { expected: `at most ${MAX_KEYS}` },
      });
    }
    const text = `${PREFIX}${randomToken()}`;
    const row: ApiKeyRow = {
      keyId: ids.apiKey(),
      name,
      scopes,
      hash: await sha256(text),
      ending: text.slice(-4),
      createdAt: clock.now(),
      createdBy: by,
      revokedAt: null,
    };
    const operation = kv.atomic()
      .set(authKeys.apiKey(row.keyId), encodeJson(row))
      .set(authKeys.apiKeyByHash(row.hash), row.keyId);
    stage(operation, [audit.write({ action: "api_key.created", target: row.keyId, by })]);
    await operation.commit();
    return { key: await withUse(row), text };
  }

  async function revoke(keyId: string, by: string): Promise<ApiKey> {
    const found = await find(keyId);
    if (found === null) throw new AppError("NOT_FOUND", "Key is not known");
    const { row, versionstamp } = found;
    if (row.revokedAt !== null) return await withUse(row);
    const revoked = { ...row, revokedAt: clock.now() };
    const operation = kv.atomic()
      .check({ key: authKeys.apiKey(keyId), versionstamp })
      .set(authKeys.apiKey(keyId), encodeJson(revoked), { expireIn: REVOKED_KEPT_MS })
      .delete(authKeys.apiKeyByHash(row.hash));
    stage(operation, [audit.write({ action: "api_key.revoked", target: keyId, by })]);
    // Whoever was first has revoked it.
    await operation.commit();
    return await withUse(revoked);
  }

  async function verify(text: string): Promise<KeyClaims> {
    const { value: keyId } = await kv.get<string>(authKeys.apiKeyByHash(await sha256(text)));
    const found = keyId === null ? null : await find(keyId);
    if (found === null) throw new AppError("AUTH_FAILED", "API key is not known");
    const { row: { scopes } } = found;
    uses.set(found.row.keyId, clock.now());
    return { keyId: found.row.keyId, scopes };
  }

  return {
    create,
    revoke,
    verify,
    list: async () => await Promise.all((await readAll()).map(withUse)),
    async storeUses() {
      for (const [keyId, at] of [...uses]) {
        await kv.set(authKeys.apiKeyUse(keyId), encodeJson({ at }));
        if (uses.get(keyId) === at) uses.delete(keyId);
      }
    },
  };
}
