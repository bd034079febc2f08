import assert from "node:assert/strict";
import { parseConfig } from "../../../lib/config/mod.ts";

const SECRET = "s".repeat(32);

Deno.test("[M-64][X-07][L-33] parseConfig() reads origins and secret under all their names", () => {
  const origins = (env: Record<string, string>) => parseConfig(env).http.allowedOrigins;
  for (const name of ["ALLOWED_ORIGINS", "CLIENT_URL", "CORS_ORIGIN", "CORS_ORIGINS"]) {
    assert.deepEqual(origins({ [name]: "https://a.example/" }), ["https://a.example"], name);
  }
  const all = {
    ALLOWED_ORIGINS: "https://a.example, http://localhost:5173",
    CLIENT_URL: "https://b.example",
    CORS_ORIGIN: "https://a.example",
    CORS_ORIGINS: "https://c.example,https://b.example/",
  };
  assert.deepEqual(origins(all), [
    "https://a.example",
    "http://localhost:5173",
    "https://b.example",
    "https://c.example",
  ]);
  assert.deepEqual(origins({ ...all, ENABLE_CORS: "false" }), []);

  const secret = (env: Record<string, string>) => parseConfig(env).auth.jwtSecret;
  assert.equal(secret({ ACCESS_TOKEN_SECRET: SECRET }), SECRET);
  assert.equal(secret({ ACCESS_TOKEN_SECRET: "o".repeat(40), JWT_SECRET: SECRET }), SECRET);
});

Deno.test("[V-21] parseConfig() makes one address of what is said of Redis", () => {
  const table: [env: Record<string, string>, url: string | null][] = [
    [{}, null],
    [{ REDIS_PORT: "6380", REDIS_PASSWORD: "x" }, null],
    [
      { REDIS_URL: "rediss://user:secret@redis.example:6380/1" },
      "rediss://user:secret@redis.example:6380/1",
    ],
    [{ REDIS_HOST: "redis.example" }, "redis://redis.example:6379"],
    [{ REDIS_HOST: "[::1]", REDIS_PORT: "6380" }, "redis://[::1]:6380"],
    [
      { REDIS_HOST: "10.0.0.7", REDIS_PASSWORD: "p@ss/word" },
      "redis://:p%40ss%2Fword@10.0.0.7:6379",
    ],
    [{ REDIS_URL: "redis://a.example", REDIS_HOST: "b.example" }, "redis://a.example"],
  ];
  for (const [env, url] of table) assert.equal(parseConfig(env).socketIo.redisUrl, url);
});

Deno.test("[M-64][X-11] parseConfig() says once that other stores are not used", () => {
  const names = ["MONGODB_URI", "POSTGRES_URI", "DATABASE_URL"];
  for (const name of names) {
    const { notices } = parseConfig({ [name]: "mongodb://user:secret@host" });
    assert.deepEqual(notices, [`${name} is set and not used: data is kept in KV_PATH`]);
  }
  assert.equal(parseConfig(Object.fromEntries(names.map((name) => [name, "x"]))).notices.length, 3);
});

Deno.test("[L-33] parseConfig() says that letters do not go out by an account of EMAIL_USER", () => {
  const { notices, mail } = parseConfig({
    EMAIL_USER: "kim@example.org",
    EMAIL_PASSWORD: "secret",
  });
  assert.deepEqual(notices, [
    "EMAIL_USER is set and not used: letters go out by SMTP_URL",
    "EMAIL_PASSWORD is set and not used: letters go out by SMTP_URL",
  ]);
  assert.equal(mail.url, null);
});

Deno.test("[T-M04] parseConfig() reads times with a unit, and leaves comments away", () => {
  const table: [value: string, seconds: number][] = [
    ["600", 600],
    ["600  # 10 minutes", 600],
    ["600\t#10 minutes", 600],
    [" 10m ", 600],
    ["10m # ten", 600],
    ["90s", 90],
    ["24h", 86_400],
    ["1d", 86_400],
  ];
  for (const [value, seconds] of table) {
    assert.equal(parseConfig({ WS_TOKEN_EXPIRES_IN: value }).auth.wsTokenTtlSec, seconds, value);
  }
  const { auth } = parseConfig({ JWT_SECRET: `${SECRET}#not-a-comment # a comment` });
  assert.equal(auth.jwtSecret, `${SECRET}#not-a-comment`);
});
