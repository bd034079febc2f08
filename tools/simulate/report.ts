import type { Difference } from "./compare.ts";
import type { NetworkPlan } from "./network_plan.ts";
import type { Table } from "./table.ts";
import { quantile, type Tally } from "./tally.ts";
import type { Visit } from "./visit.ts";

const MAX_DIFFERENCES_SHOWN = 20;

interface Played {
  readonly visit: Visit;
  readonly network: NetworkPlan;
}

export interface Traffic {
  readonly tally: Tally;
  readonly wallMs: number;
}

/** What the run did, as tables: visits by mission and outcome, traffic, errors by code. */
export function toTables(played: readonly Played[], traffic: Traffic): Table[] {
  const { tally } = traffic;
  const errors = [...tally.errors].sort((a, b) => b[1] - a[1]);
  return [
    countVisits(played),
    { title: "Traffic", columns: ["", "n"], rows: toTraffic(played, traffic) },
    { title: "Errors", columns: ["code", "n"], rows: errors.length > 0 ? errors : [["none", 0]] },
  ];
}

function countVisits(played: readonly Played[]): Table {
  const counts = new Map<string, { portfolio: number; vocabulary: number }>();
  for (const { visit } of played) {
    const count = counts.get(visit.outcome) ?? { portfolio: 0, vocabulary: 0 };
    count[visit.persona.mission]++;
    counts.set(visit.outcome, count);
  }
  const rows = [...counts].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([outcome, { portfolio, vocabulary }]) => [
      outcome,
      portfolio,
      vocabulary,
      portfolio + vocabulary,
    ]);
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  return {
    title: "Attempts",
    columns: ["outcome", "portfolio", "vocabulary", "all"],
    rows: [...rows, ["all", sum(1), sum(2), sum(3)]],
  };
}

function toTraffic(
  played: readonly Played[],
  { tally, wallMs }: Traffic,
): (readonly [string, number])[] {
  const ackMs = [...tally.ackMs].sort((a, b) => a - b);
  const reordered = played.reduce((sum, it) => sum + it.network.reordered, 0);
  return [
    ["events sent", tally.sends - tally.repeats],
    ["repeats sent", tally.repeats],
    ["sent out of order", reordered],
    ["acknowledgements", tally.acks],
    ["… of a repeat", tally.duplicateAcks],
    ["connections", tally.connections],
    ["reconnects", tally.reconnects],
    ["drops on purpose", tally.drops],
    ["pauses asked for", tally.pauses],
    ["resends asked for", tally.resendRequests],
    ["requests", tally.requests],
    ["requests repeated", tally.retries],
    ["ack p50 ms", quantile(ackMs, 0.5)],
    ["ack p99 ms", quantile(ackMs, 0.99)],
    ["events/s", ackMs.length / Math.max(0.001, wallMs / 1000)],
    ["wall seconds", wallMs / 1000],
  ];
}

export function toDifferenceTable(differences: readonly Difference[]): Table {
  const shown = differences.slice(0, MAX_DIFFERENCES_SHOWN);
  const more = differences.length > shown.length ? `, the first ${shown.length}` : "";
  return {
    title: `Differences: ${differences.length}${more}`,
    columns: ["attempt", "about", "expected", "found"],
    rows: shown.map((it) => [it.attemptId, it.about, it.expected, it.found]),
  };
}
