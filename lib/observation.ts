import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What is measured of ourselves, in Prometheus' terms (M-20). */
export interface Observation {
  httpRequest(labels: { method: string; route: string; status: number }, seconds: number): void;
  message(outcome: "stored" | "duplicate" | "refused"): void;
  refusal(reason: string): void;
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

/** Read when somebody asks. */
export interface Readings {
  readonly connections: () => number;
  readonly logHead: () => number;
  readonly logLag: () => number;
  readonly eventLoopLagMs: () => number;
  readonly residentBytes: () => number;
}

export function createObservation(readings: Readings): Observation {
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
  gauge("docent_event_loop_lag_ms", "How late timers are, milliseconds", readings.eventLoopLagMs);
  gauge("process_resident_memory_bytes", "Resident memory, bytes", readings.residentBytes);

  return {
    httpRequest: ({ method, route, status }, seconds) =>
      http.observe({ method, route, status_code: status }, seconds),
    message: (outcome) => messages.inc({ outcome }),
    refusal: (reason) => refusals.inc({ reason }),
    socketEvent: (outcome) => socketEvents.inc({ outcome }),
    socketCut: (reason) => socketCuts.inc({ reason }),
    gauge,
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
