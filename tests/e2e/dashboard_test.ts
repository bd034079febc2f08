import { deepEqual } from "node:assert/strict";
import { launchBrowser } from "./browser.ts";
import { browseAttempts, changeLook, openFromStream, saveChart } from "./browsing.ts";
import { whyNoChromium } from "./chromium.ts";
import { copyAndImport, downloadWithProgress } from "./exporting.ts";
import { firstSignIn, lookAtEntries, loseSession } from "./entering.ts";
import { openOperator } from "./operator.ts";
import { countTrade, lookAtPages } from "./pages.ts";
import { pairKiosks } from "./pairing.ts";
import { tellPerson } from "./people.ts";
import { practise } from "./practising.ts";
import type { Scene } from "./scene.ts";
import { startServer } from "./server.ts";
import { pauseAndResume, surviveKill, watchMission } from "./watching.ts";

Deno.test(
  "operators and the dashboard in a real browser",
  { ignore: whyNoChromium !== null },
  async (t) => {
    await using server = await startServer();
    const browser = await launchBrowser();
    try {
      await using operator = await openOperator(browser, { locale: "en", theme: "light" });
      const scene = { server, browser, operator };
      const steps: readonly [string, (scene: Scene) => Promise<void>][] = [
        ["[M-56][T-M16] pages before sign-in pass axe in both themes", lookAtEntries],
        ["[M-56][T-M16] the set-up link makes the administrator, once", firstSignIn],
        ["[M-46][M-47][M-48] a mission appears live on two open pages", watchMission],
        ["[M-46][M-48] after kill -9 the pages come back without reload or gap", surviveKill],
        ["[M-48] pause keeps the view, resume shows what arrived", pauseAndResume],
        ["[M-49][T-M11][T-M30] a timeline opens from the stream", openFromStream],
        ["[M-55] the list of attempts filters, sorts and pages", browseAttempts],
        ["[M-46] language and theme change and stay", changeLook],
        ["[M-50][M-54] charts are drawn and saved as pictures", saveChart],
        ["[M-18] an export tells its progress and is saved", downloadWithProgress],
        ["[M-18] a copy of all facts is known when it comes in again", copyAndImport],
        ["[M-56][T-M16] a page whose session ended leads to the login and back", loseSession],
        ["[P-01][L-15][L-31] a person makes an account and is told something", tellPerson],
        ["[E-20] a key is made, and what it sends is counted", countTrade],
        ["[T-M05] kiosks are paired by code, and one is told something", pairKiosks],
        ["[P-22][P-38] a person practises an interview and prints its report", practise],
        ["[M-46][M-55] every page passes axe in both themes", lookAtPages],
      ];
      for (const [name, step] of steps) {
        if (!await t.step(name, () => step(scene))) break;
      }
      deepEqual(operator.complaints, []);
    } finally {
      await browser.close();
    }
  },
);
