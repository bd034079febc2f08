import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { RecentWork } from "./recent_work.ts";
import { createTargets, type Target, targetOf } from "./targets.ts";

/** What is measured of ourselves, in Prometheus' terms (M-20). */
export interface Observation {
  httpRequest(labels: { method: string; route: string; status: number }, seconds: number): void;
  message(outcome: Outcome): void;
  /** What became of events that came over HTTP. */
  events(counts: Readonly<Record<Outcome, number>>): void;
  refusal(reason: string): void;
  /** Something for which there is a target took so long (P-32); requests tell it by themselves. */
  took(target: Target, seconds: number): void;
  /** A request to the service that judges answers (P-33). */
  aiCall(call: AiCall): void;
  /** An event over Socket.IO. */
  socketEvent(outcome: "answered" | "refused" | "unknown"): void;
  /** A connection of Socket.IO that was cut off. */
  socketCut(reason: string): void;
  /** Adds a figure that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
  /** The text of `/metrics`, and its media type. */
  expose(): Promise<string>;
  readonly contentType: string;
}

/** What became of an event. */
export type Outcome = "stored" | "duplicate" | "refused";

/** What a request to a service gave, took and cost. */
export interface AiCall {
  readonly task: string;
  readonly outcome: string;
  readonly seconds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly dollars: number;
}

/** Read when somebody asks. */
export interface Readings {
  readonly connections: () => number;
  readonly logHead: () => number;
  readonly logLag: () => number;
  readonly parkedFacts: () => number;
  readonly eventLoopLagMs: () => number;
  readonly residentBytes: () => number;
}

/** @param recent sums the same up by minutes, for the figures of the last hour */
export function createObservation(readings: Readings, recent: RecentWork): Observation {
  const registry = new Registry();
  const http = new Histogram({
    name: "http_request_duration_seconds",
    help: "Duration of HTTP requests in seconds",
    labelNames: ["method", "route", "status_code"],
    registers: [registry],
  });
  const { messages, events, refusals, socketEvents, socketCuts } = createCounters(registry);
  const aiCall = createAiFigures(registry);
  const took = createTargets(registry);
  const gauge = createGauges(registry);
  showReadings(readings, gauge);

  return {
    httpRequest({ method, route, status }, seconds) {
      http.observe({ method, route, status_code: status }, seconds);
      recent.request(seconds * 1000, status >= 500);
      const target = targetOf(route);
      if (target !== null && status < 400) took(target, seconds);
    },
    took,
    message(outcome) {
      messages.inc({ outcome });
      recent.events({ received: 1, refused: outcome === "refused" ? 1 : 0 });
    },
    events({ stored, duplicate, refused }) {
      events.inc({ outcome: "stored" }, stored);
      events.inc({ outcome: "duplicate" }, duplicate);
      events.inc({ outcome: "refused" }, refused);
      recent.events({ received: stored + duplicate + refused, refused });
    },
    refusal: (reason) => refusals.inc({ reason }),
    socketEvent: (outcome) => socketEvents.inc({ outcome }),
    socketCut: (reason) => socketCuts.inc({ reason }),
    gauge,
    aiCall,
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What is counted as it happens. */
function createCounters(registry: Registry) {
  const counter = <T extends string>(name: string, help: string, label: T) =>
    new Counter<T>({ name, help, labelNames: [label], registers: [registry] });
  return {
    messages: counter(
      "docent_messages_total",
      "Event messages on sockets, by what became of them",
      "outcome",
    ),
    events: counter(
      "docent_events_total",
      "Generic events over HTTP, by what became of them",
      "outcome",
    ),
    refusals: counter("docent_refusals_total", "Events that were refused, by reason", "reason"),
    socketEvents: counter(
      "docent_socket_io_events_total",
      "Events of Socket.IO clients, by what became of them",
      "outcome",
    ),
    socketCuts: counter(
      "docent_socket_io_cut_total",
      "Socket.IO connections that were cut off, by reason",
      "reason",
    ),
  };
}

/** What requests to the service that judges and writes take and cost. */
function createAiFigures(registry: Registry): Observation["aiCall"] {
  const registers = [registry];
  const duration = new Histogram({
    name: "docent_ai_request_duration_seconds",
    help: "Duration of requests to the service that judges and writes, by what became of them",
    labelNames: ["task", "outcome"],
    buckets: [0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const tokens = new Counter({
    name: "docent_ai_tokens_total",
    help: "Tokens sent to that service and answered by it",
    labelNames: ["direction"],
    registers,
  });
  const spent = new Counter({
    name: "docent_ai_cost_dollars_total",
    help: "What those tokens cost by the prices that are set",
    registers,
  });
  return ({ task, outcome, seconds, inputTokens, outputTokens, dollars }) => {
    duration.observe({ task, outcome }, seconds);
    tokens.inc({ direction: "input" }, inputTokens);
    tokens.inc({ direction: "output" }, outputTokens);
    spent.inc(dollars);
  };
}

function createGauges(registry: Registry): Observation["gauge"] {
  return (name, help, read) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
}

function showReadings(readings: Readings, gauge: Observation["gauge"]): void {
  gauge("docent_connections", "Open mission sockets", readings.connections);
  gauge("docent_log_position", "Position of the newest fact", readings.logHead);
  gauge("docent_log_lag", "Facts that the slowest projection has not passed", readings.logLag);
  gauge("docent_parked_facts", "Facts that could not be put into rows", readings.parkedFacts);
  gauge("docent_event_loop_lag_ms", "How late timers are, milliseconds", readings.eventLoopLagMs);
  gauge("process_resident_memory_bytes", "Resident memory, bytes", readings.residentBytes);
}
