import assert from "node:assert/strict";
import { ERROR_CODES } from "../../../lib/errors.ts";
import { ask } from "../../support/http.ts";
import { type TestApp, testApp } from "../../support/test_app.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

async function documentOf(app: TestApp): Promise<Json> {
  const { status, body } = await ask(app, "/api/openapi.json");
  assert.equal(status, 200);
  return body;
}

function operationsOf(document: Json): { path: string; method: string; operation: Json }[] {
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item)
      .map((method) => ({ path, method, operation: item[method] }))
  );
}

/** Every object and array in a JSON value, with the way to it. */
function* nodesOf(value: Json, way = "#"): Generator<{ way: string; node: Json }> {
  if (typeof value !== "object" || value === null) return;
  yield { way, node: value };
  for (const [key, child] of Object.entries(value)) yield* nodesOf(child, `${way}/${key}`);
}

/** What a route can be refused with, by what is known of it; the others keep to the rules below. */
const REFUSALS: Record<string, readonly number[]> = {
  "get /health": [401],
  "get /api/health": [401],
  "get /metrics": [401, 404],
  "post /api/missions/start": [400, 401, 409, 413, 415, 429, 503],
  "get /api/missions": [400, 401, 403, 429, 503],
  "get /api/missions/{attemptId}": [400, 401, 403, 404, 429, 503],
  "get /api/missions/{attemptId}/events": [400, 401, 403, 404, 429, 503],
  "post /api/missions/{attemptId}/review": [400, 401, 403, 404, 409, 413, 415, 429, 503],
  "get /api/missions/{attemptId}/review": [400, 401, 403, 404, 429, 503],
  "get /api/analytics/realtime": [401, 403, 429, 503],
  "get /api/analytics/missions/{missionType}": [400, 401, 403, 429, 503],
  "get /api/analytics/missions/{missionType}/paths": [400, 401, 403, 429, 503],
  "get /api/analytics/vocabulary/paths": [400, 401, 403, 429, 503],
  "get /api/admin/exclusions": [400, 401, 403, 429, 503],
  "post /api/admin/attempts/{attemptId}/exclusion": [400, 401, 403, 404, 413, 415, 429, 503],
  "delete /api/admin/attempts/{attemptId}/exclusion": [400, 401, 403, 404, 429, 503],
  "get /api/admin/annotations": [400, 401, 403, 429, 503],
  "post /api/admin/annotations": [400, 401, 403, 409, 413, 415, 429, 503],
  "delete /api/admin/annotations/{annotationId}": [400, 401, 403, 404, 429, 503],
  "get /api/admin/export": [400, 401, 403, 429, 503],
  "get /api/admin/export/codebook": [400, 401, 403, 429],
  "post /api/admin/import": [401, 403, 409, 415, 429, 503],
  "post /api/admin/login": [400, 401, 413, 415, 429],
};

Deno.test("the OpenAPI document is of version 3.1 and names itself", async () => {
  await using app = await testApp();
  const { openapi, info, servers } = await documentOf(app);
  assert.match(openapi, /^3\.1\.\d+$/);
  assert.equal(typeof info.title, "string");
  assert.match(info.version, /^\d+\.\d+\.\d+/);
  assert.deepEqual(servers, [{ url: "/" }]);
});

Deno.test("each operation of the OpenAPI document is whole", async () => {
  await using app = await testApp();
  const document = await documentOf(app);
  for (const { path, method, operation } of operationsOf(document)) {
    const name = `${method} ${path}`;
    assert.equal(typeof operation.summary, "string", name);
    assert.ok(Object.keys(operation.responses).some((status) => status.startsWith("2")), name);
    for (const [status, response] of Object.entries<Json>(operation.responses)) {
      assert.match(status, /^[1-5]\d\d$/, name);
      assert.equal(typeof response.description, "string", `${name} ${status}`);
      assert.ok(Object.keys(response.content).length >= 1, `${name} ${status}`);
    }
    const parameters: Json[] = operation.parameters ?? [];
    const inPath = parameters.filter((it) => it.in === "path").map((it) => it.name);
    assert.deepEqual(inPath, [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]), name);
    assert.ok(parameters.every((it) => it.in !== "path" || it.required === true), name);
    const keys = parameters.map((it) => `${it.in} ${it.name}`);
    assert.equal(new Set(keys).size, keys.length, name);
    for (const scheme of (operation.security ?? []).flatMap((it: Json) => Object.keys(it))) {
      assert.ok(scheme in document.components.securitySchemes, `${name} ${scheme}`);
    }
  }
});

Deno.test("[X-10][X-17] each operation names who may ask: token or session, and what else a change needs", async () => {
  await using app = await testApp();
  const document = await documentOf(app);
  const { session, csrf } = document.components.securitySchemes;
  assert.deepEqual([session.in, session.name, csrf.name], ["cookie", "docent", "X-CSRF-Token"]);
  for (const { path, method, operation } of operationsOf(document)) {
    const isOpen = !path.startsWith("/api/") ||
      /health|login$|kiosks\/pair$|auth\/(register|verify|refresh|forgot|reset|oauth)/.test(path);
    const isKiosks = /\/(start|batch|review|\{attemptId\})$/.test(path) &&
      path.includes("/missions/");
    const expected = isOpen
      ? undefined
      : path === "/api/kiosks/heartbeat"
      ? [{ kioskKey: [] }]
      : isKiosks
      ? [{}, { kioskKey: [] }, { bearer: [] }]
      : method === "get"
      ? [{ bearer: [] }, { session: [] }]
      : [{ bearer: [] }, { session: [], csrf: [] }];
    // Where applications send or read figures, a key does as well.
    const withoutKey = operation.security?.filter((it: Json) => !("apiKey" in it));
    assert.deepEqual(withoutKey, expected, `${method} ${path}`);
  }
  await using live = await testApp({ env: { NODE_ENV: "production" } });
  const { name } = (await documentOf(live)).components.securitySchemes.session;
  assert.equal(name, "__Host-docent");
});

Deno.test("the OpenAPI document is JSON Schema of 2020-12: what it refers to is there, nothing of 3.0", async () => {
  await using app = await testApp();
  const document = await documentOf(app);
  const types = ["string", "number", "integer", "boolean", "object", "array", "null"];
  for (const { way, node } of nodesOf(document)) {
    if (way.includes("/example")) continue;
    if (typeof node.$ref === "string") {
      const target = node.$ref.slice(2).split("/")
        .reduce((value: Json, key: string) => value?.[key], document);
      assert.notEqual(target, undefined, `${way} refers to ${node.$ref}`);
    }
    if (way.endsWith("/properties")) continue;
    assert.ok(!("nullable" in node), `${way} is nullable in the way of 3.0`);
    for (const bound of ["exclusiveMinimum", "exclusiveMaximum"]) {
      assert.notEqual(typeof node[bound], "boolean", `${way} ${bound}`);
    }
    if ("type" in node && way.includes("schema")) {
      for (const type of [node.type].flat()) assert.ok(types.includes(type), `${way} ${type}`);
    }
    if (Array.isArray(node.required)) {
      for (const name of node.required) assert.ok(name in node.properties, `${way} ${name}`);
    }
  }
});

Deno.test("the OpenAPI document has every route, with all that it can be refused with", async () => {
  await using app = await testApp();
  const operations = operationsOf(await documentOf(app));
  const found = Object.fromEntries(operations.map(({ path, method, operation }) => [
    `${method} ${path}`,
    Object.keys(operation.responses).map(Number).filter((status) =>
      status >= 400 && status !== 500 &&
      operation.responses[status].content["application/json"].schema.$ref ===
        "#/components/schemas/Error"
    ),
  ]));
  for (const [route, statuses] of Object.entries(REFUSALS)) {
    assert.deepEqual(found[route], statuses, route);
  }
  for (const { path, method, operation } of operations) {
    const limited = /^\/api\/(?!health)/.test(path) ? [401, 429] : [401];
    // Lines of an import are refused one by one, and there may be any number of them.
    const isJson = operation.requestBody?.content["application/json"] !== undefined;
    const body = isJson ? [400, 413, 415] : [];
    const open = ["get /health", "get /api/health", "get /metrics", "post /api/admin/login"];
    const guarded = open.includes(`${method} ${path}`) || path.endsWith("/start") ||
        path.startsWith("/api/kiosks/") || path.endsWith("/leaderboard/all")
      ? []
      : [403];
    for (const status of [...limited, ...body, ...guarded, 500]) {
      assert.ok(status in operation.responses, `${method} ${path} ${status}`);
    }
  }

  const served = app.docent.app.routes
    .filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`)
    .filter((route) => !/^\w+ \/(api\/(docs|openapi\.json)|admin|app|kiosk|_a|client)/.test(route));
  assert.deepEqual([...new Set(served)].sort(), Object.keys(found).sort());
});

Deno.test("[M-62][T-M02] the error of the OpenAPI document is the superset, with all its codes", async () => {
  await using app = await testApp();
  const { Error: error } = (await documentOf(app)).components.schemas;
  assert.deepEqual(error.required, ["success", "error", "requestId", "timestamp"]);
  assert.deepEqual(error.properties.error.required, [
    "type",
    "code",
    "message",
    "details",
    "timestamp",
  ]);
  assert.deepEqual(error.properties.error.properties.code.enum, [...ERROR_CODES]);
});

Deno.test("the API's page asks no outside host", async () => {
  await using app = await testApp();
  const page = await app.request("/api/docs");
  assert.equal(page.status, 200);
  const html = await page.text();
  assert.doesNotMatch(html, /(?:src|href|action)\s*=\s*["']?(?:[a-z]+:)?\/\//i);
  const csp = page.headers.get("content-security-policy") ?? "";
  assert.match(csp, /default-src 'self'/);
  assert.doesNotMatch(csp, /https?:|\*|'unsafe-eval'|script-src[^;]*'unsafe-inline'/);
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)[^>]*>/, "no script inside the page");

  const start = await (await app.request("/api/docs/start.js")).text();
  assert.doesNotMatch(start, /\/\//);
  assert.match(start, /validatorUrl: null/);
  const css = await (await app.request("/api/docs/swagger-ui.css")).text();
  for (const [, url] of css.matchAll(/url\(["']?([^"')]{0,40})/g)) assert.match(url, /^data:/);
  assert.doesNotMatch(css, /@import/);
});

Deno.test("what the API's page asks for is there, and of its type", async () => {
  await using app = await testApp();
  const html = await (await app.request("/api/docs")).text();
  const names = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(names.length, 3);
  for (const name of names) {
    const { pathname } = new URL(name, "http://localhost/api/docs");
    const response = await app.request(pathname);
    assert.equal(response.status, 200, pathname);
    const type = name.endsWith(".css") ? /^text\/css/ : /^text\/javascript/;
    assert.match(response.headers.get("content-type") ?? "", type);
    assert.ok((await response.text()).length > 50);
  }
});
