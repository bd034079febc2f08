import { launchBrowser } from "./browser.ts";
import { startVisitor } from "../../bench/visitor.ts";
const [origin, path, rate] = Deno.args;
const b = await launchBrowser();
const c = await b.newContext({ storageState: JSON.parse(Deno.readTextFileSync("/tmp/x/dashrun/state.json")), viewport: { width: 1440, height: 900 } });
const p = await c.newPage();
await p.goto(origin + path); await p.waitForSelector("[data-live=connected]");
const cdp = await c.newCDPSession(p); await cdp.send("Performance.enable");
const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
const acked = new Map<string, number>();
const vs = await Promise.all(Array.from({ length: 10 }, () => startVisitor(origin, (e) => acked.set(e, Date.now()))));
await p.evaluate(() => {
  const w = globalThis as any; w.seen = []; w.frames = 0; w.longest = 0; let last = performance.now();
  const tick = () => { const n = performance.now(); w.longest = Math.max(w.longest, n - last); last = n; w.frames++; requestAnimationFrame(tick); }; requestAnimationFrame(tick);
  new MutationObserver((ms) => { const now = Date.now(); for (const m of ms) for (const n of m.addedNodes) if ((n as any).dataset?.position) w.seen.push([(n as any).querySelector(".event__attempt")?.title + " " + (n as any).querySelector("time")?.dateTime, now]); }).observe(document.querySelector("main")!, { childList: true, subtree: true });
});
const before = await metrics(); const from = performance.now();
for (let sent = 0; sent < Number(rate) * 8;) { const due = Math.floor((performance.now() - from) / 1000 * Number(rate)); for (; sent < due; sent++) vs[sent % 10].send(); await new Promise((r) => setTimeout(r, 10)); }
const secs = (performance.now() - from) / 1000; const after = await metrics();
await new Promise((r) => setTimeout(r, 1000));
const { seen, frames, longest } = await p.evaluate(() => { const w = globalThis as any; return { seen: w.seen, frames: w.frames, longest: w.longest }; });
const d = seen.map(([e, t]: [string, number]) => t - (acked.get(e) ?? NaN)).filter((x: number) => !Number.isNaN(x)).sort((a: number, b: number) => a - b);
const pc = (k: string) => ((after[k] - before[k]) / secs * 100).toFixed(0) + "%";
console.log(path, rate + "/s", "task", pc("TaskDuration"), "script", pc("ScriptDuration"), "layout", pc("LayoutDuration"), "style", pc("RecalcStyleDuration"), "fps", (frames / (secs + 1)).toFixed(0), "longest frame", longest.toFixed(0), "| shown", d.length, "of", acked.size, "p50", d[d.length >> 1], "p95", d[Math.floor(d.length * .95)], "max", d.at(-1));
for (const v of vs) await v.leave();
await b.close();
