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
  const registers = [registry];
  const http = new Histogram({
    name: "http_request_duration_seconds",
    help: "Duration of HTTP requests in seconds",
    labelNames: ["method", "route", "status_code"],
    registers,
  });
  const messages = new Counter({
    name: "docent_messages_total",
    help: "Event messages on sockets, by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const events = new Counter({
    name: "docent_events_total",
    help: "Generic events over HTTP, by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "docent_refusals_total",
    help: "Events that were refused, by reason",
    labelNames: ["reason"],
    registers,
  });
  const socketEvents = new Counter({
    name: "docent_socket_io_events_total",
    help: "Events of Socket.IO clients, by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const socketCuts = new Counter({
    name: "docent_socket_io_cut_total",
    help: "Socket.IO connections that were cut off, by reason",
    labelNames: ["reason"],
    registers,
  });
  const aiSeconds = new Histogram({
    name: "docent_ai_request_duration_seconds",
    help: "Duration of requests to the service that judges and writes, by what became of them",
    labelNames: ["task", "outcome"],
    buckets: [0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const aiTokens = new Counter({
    name: "docent_ai_tokens_total",
    help: "Tokens sent to that service and answered by it",
    labelNames: ["direction"],
    registers,
  });
  const aiDollars = new Counter({
    name: "docent_ai_cost_dollars_total",
    help: "What those tokens cost by the prices that are set",
    registers,
  });
  const took = createTargets(registry);
  const gauge: Observation["gauge"] = (name, help, read) => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge("docent_connections", "Open mission sockets", readings.connections);
  gauge("docent_log_position", "Position of the newest fact", readings.logHead);
  gauge("docent_log_lag", "Facts that the slowest projection has not passed", readings.logLag);
  gauge("docent_parked_facts", "Facts that could not be put into rows", readings.parkedFacts);
  gauge("docent_event_loop_lag_ms", "How late timers are, milliseconds", readings.eventLoopLagMs);
  gauge("process_resident_memory_bytes", "Resident memory, bytes", readings.residentBytes);

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
    aiCall({ task, outcome, seconds, inputTokens, outputTokens, dollars }) {
      aiSeconds.observe({ task, outcome }, seconds);
      aiTokens.inc({ direction: "input" }, inputTokens);
      aiTokens.inc({ direction: "output" }, outputTokens);
      aiDollars.inc(dollars);
    },
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
