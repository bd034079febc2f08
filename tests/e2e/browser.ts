import bold from "@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf" with {
  type: "bytes",
};
import regular from "@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf" with {
  type: "bytes",
};
import packed from "@sparticuz/chromium";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

/** Where a distribution puts Chromium. */
const SYSTEM_CHROMIUM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
];

/**
 * A headless Chromium on any Linux machine, without apt: the system's own where there is one, else
 * the one from npm, with its missing libraries, and with a font that has Hangul.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = SYSTEM_CHROMIUM.find((path) => existsSync(path)) ??
    await packed.executablePath();
  const env: Record<string, string> = { ...Deno.env.toObject(), FONTCONFIG_PATH: writeFonts() };
  const libraries = missesLibraries(executablePath) ? unpackLibraries() : null;
  if (libraries !== null) env.LD_LIBRARY_PATH = libraries;
  // The package's own arguments are not used: they switch the security of the web off.
  return await chromium.launch({ executablePath, env, args: ["--no-sandbox"] });
}

/** A folder with Hangul in two weights beside the fonts of the system. */
function writeFonts(): string {
  // The same one for every run: the files do not change, and nothing is left behind.
  const folder = join(tmpdir(), "docent-fonts");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "NanumGothic_400Regular.ttf"), regular);
  writeFileSync(join(folder, "NanumGothic_700Bold.ttf"), bold);
  writeFileSync(
    join(folder, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
  <match target="pattern">
    <test name="family" compare="not_eq"><string>monospace</string></test>
    <edit name="family" mode="append_last" binding="strong"><string>NanumGothic</string></edit>
  </match>
  <alias binding="same"><family>system-ui</family><accept><family>NanumGothic</family></accept></alias>
</fontconfig>
`,
  );
  return folder;
}

function missesLibraries(executable: string): boolean {
  try {
    return execFileSync("ldd", [executable], { encoding: "utf8" }).includes("not found");
  } catch {
    // A script that starts the browser, as snap has: the system looks after its libraries.
    return false;
  }
}

/** NSS and its like, which the npm package brings for machines that lack them. */
function unpackLibraries(): string {
  const folder = join(tmpdir(), "docent-chromium-libraries");
  if (!existsSync(folder)) {
    const main = createRequire(import.meta.url).resolve("@sparticuz/chromium");
    const archive = readFileSync(join(dirname(main), "..", "bin", "al2023.tar.br"));
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["-x", "-C", folder], { input: brotliDecompressSync(archive) });
  }
  return join(folder, "lib");
}
