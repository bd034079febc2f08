/** The machine that measured, in one line. */
export function machineName(): string {
  const cpu = /model name\s*:\s*(.+)/.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1] ?? "?";
  const memory = Math.round(Deno.systemMemoryInfo().total / 2 ** 30);
  const { os, arch } = Deno.build;
  const cores = navigator.hardwareConcurrency;
  return `${cpu}, ${cores} cores, ${memory} GiB, ${os} ${arch}, Deno ${Deno.version.deno}`;
}

/** A Markdown table, columns as wide as they need to be. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padStart(widths[i])).join(" | ")} |`;
  return [
    line(head),
    `|${widths.map((w) => "-".repeat(w + 1) + ":").join("|")}|`,
    ...rows.map(line),
  ]
    .join("\n");
}
