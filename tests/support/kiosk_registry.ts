import assert from "node:assert/strict";
import { asAdmin, ask } from "./http.ts";
import { post, type TestApp } from "./test_app.ts";

export const REGISTRY = "/api/admin/kiosks";
export const HEARTBEAT = "/api/kiosks/heartbeat";

export interface PairedKiosk {
  readonly kioskId: string;
  readonly kioskKey: string;
  readonly headers: Record<string, string>;
}

/** Adds a kiosk through the API; gives it with its open code. */
export async function addKiosk(app: TestApp, name = "Hall A") {
  const { headers } = await asAdmin(app);
  const { status, body } = await ask(app, REGISTRY, post({ name, place: "1F" }, headers));
  assert.equal(status, 201, JSON.stringify(body));
  return { kioskId: body.data.kiosk.kioskId as string, code: body.data.code as string };
}

export async function pairWith(app: TestApp, code: string): Promise<PairedKiosk> {
  const { status, body } = await ask(app, "/api/kiosks/pair", post({ code }));
  assert.equal(status, 201, JSON.stringify(body));
  const { kioskId, kioskKey } = body.data;
  return { kioskId, kioskKey, headers: { "x-kiosk-key": kioskKey } };
}

/** A kiosk with its device. */
export async function pairedKiosk(app: TestApp, name = "Hall A"): Promise<PairedKiosk> {
  return await pairWith(app, (await addKiosk(app, name)).code);
}

/** A kiosk as an operator reads it. */
export async function readKiosk(app: TestApp, kioskId: string) {
  return (await ask(app, `${REGISTRY}/${kioskId}`, await asAdmin(app))).body.data;
}
