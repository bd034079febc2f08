import { equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Scene } from "./scene.ts";

/** Where kiosks stand, and how the first devices say that they are. */
const DESK = { name: "안내 데스크 옆", place: "1층, 입구" };
const STAIRS = { name: "Stairs", place: "2nd floor" };
const CINEMA = { name: "Cinema", place: "3rd floor" };
const WELL = { queue: 0, battery: 0.92, charging: true, page: "/home", version: "1.4.0" };
const BUSY = { queue: 14, battery: 0.31, charging: false, page: "/search", clockOffsetMs: 2_400 };

/** Kiosks are named and their devices paired by code; one is told something while the page is open. */
export async function pairKiosks({ server, operator: { page } }: Scene): Promise<void> {
  const tell = (path: string, body: object, key?: string) => post(server.origin, path, body, key);
  await page.goto(`${server.origin}/admin/kiosks`);
  await page.getByText("No kiosks yet").waitFor();
  const desk = await tell("pair", { code: await nameKiosk(page, DESK) });
  await tell("heartbeat", WELL, desk.kioskKey);
  const stairs = await tell("pair", { code: await nameKiosk(page, STAIRS) });
  await tell("heartbeat", BUSY, stairs.kioskKey);
  await nameKiosk(page, CINEMA);

  const card = page.getByRole("region", { name: DESK.name });
  await card.getByText("Online").waitFor();
  await card.getByText("Actions").click();
  await card.getByLabel("Message on its screen").fill("Closing in ten minutes");
  await card.getByRole("button", { name: "Send" }).click();
  await card.getByText("waits for the kiosk").waitFor();
  const { commands } = await tell("heartbeat", WELL, desk.kioskKey);
  equal(commands[0].text, "Closing in ten minutes");
  await card.getByText("delivered at").waitFor();
}

/** Gives the code that is to be typed in on the device. */
async function nameKiosk(page: Page, { name, place }: typeof DESK): Promise<string> {
  const form = page.getByRole("region", { name: "New kiosk" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Place").fill(place);
  await form.getByRole("button").click();
  await page.getByText(`that is to be ${name}:`).waitFor();
  return await page.locator(".pairing-code").innerText();
}

/** As the device asks; gives what it is answered. */
async function post(origin: string, path: string, body: object, key?: string) {
  const answer = await fetch(`${origin}/api/kiosks/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { "x-kiosk-key": key }) },
    body: JSON.stringify(body),
  });
  const { data } = await answer.json();
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return data;
}
