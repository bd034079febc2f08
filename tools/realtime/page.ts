import { CLOSE, METRICS_NAMESPACES, SOCKET_IO_PATHS } from "../../ws/protocol.ts";
import {
  type Declarations,
  docOf,
  getDeclaration,
  type Method,
  type Property,
  type TypeNode,
} from "./declarations.ts";
import { namesIn, typeText } from "./type_text.ts";

const INTRODUCTION = `# What travels on sockets

Made by \`deno task docs\` from \`ws/protocol.ts\`; a test compares it with the running server. Times
are ISO 8601 in UTC unless a field says otherwise; all messages are JSON.`;

const MISSION_SOCKET = `## \`/ws\`: events of one attempt

Connect to \`/ws?attemptId=…&token=…\` with the \`wsToken\` that \`POST /api/missions/start\` gave, or send
the token as \`Authorization: Bearer …\`. A client that says no \`hello\` gets \`connection_ack\`,
\`event_ack\` and \`error\`, and nothing else.`;

const SOCKET_IO = `## Socket.IO

Any client of version 4, over WebSocket or polling. It answers at ${
  Object.values(SOCKET_IO_PATHS).map((path) => `\`${path}\``).join(" and ")
}; namespaces are \`/\` and, of the metrics, ${
  METRICS_NAMESPACES.map((name) => `\`${name}\``).join(" and ")
}. The token goes in \`auth.token\`, in \`query.token\` or in \`Authorization: Bearer …\`. A refusal is a
\`connect_error\` whose \`data\` is a \`SocketIoError\`.`;

/** Names that TypeScript has itself. */
const BUILT_IN = ["Record", "Partial", "Pick", "Omit", "Promise"];

/** `docs/realtime.md`, not formatted yet. */
export function realtimePage(declarations: Declarations): string {
  const of = (name: string) => getDeclaration(declarations, name);
  const toClient = namesIn(of("ServerMessage").def);
  const toServer = ["EventMessage", ...namesIn(of("ControlMessage").def)];
  const [server, client] = ["ServerEvents", "ClientEvents"].map((name) =>
    of(name).def.methods ?? []
  );
  const section = (name: string) => describe(declarations, name);
  return [
    INTRODUCTION,
    MISSION_SOCKET,
    "### From the client",
    ...toServer.map(section),
    "### From the server",
    ...toClient.map(section),
    "### Close codes",
    tableOf(
      ["code", "reason"],
      Object.values(CLOSE).map(({ code, reason }) => [`${code}`, reason]),
    ),
    SOCKET_IO,
    "### Events from the server",
    tableOf(["event", "payload", "meaning"], server.map(serverRow)),
    "### Events from the client",
    "The last argument may be a callback; it is given an `Answer`.",
    tableOf(["event", "arguments", "answer's data", "meaning"], client.map(clientRow)),
    "### Their types",
    ...typesOf(declarations, [...server, ...client]).map(section),
  ].join("\n\n");
}

function serverRow(event: Method): string[] {
  return [
    code(event.name),
    ...event.params.map(({ tsType }) => code(typeText(tsType))),
    docOf(event),
  ];
}

function clientRow(event: Method): string[] {
  const sent = event.params.filter(({ tsType }) => tsType.kind !== "fnOrConstructor");
  return [
    code(event.name),
    sent.map(({ name, tsType }) => code(`${name}: ${typeText(tsType)}`)).join(", "),
    event.params.flatMap(answerOf).join(""),
    docOf(event),
  ];
}

function answerOf({ tsType }: Method["params"][number]): string[] {
  if (tsType.kind !== "fnOrConstructor") return [];
  const [answer] = tsType.value.params;
  if (answer?.tsType.kind !== "typeRef") return [];
  return (answer.tsType.value.typeParams ?? []).map((type) => code(typeText(type)));
}

/** Every type that these events speak of, and those that these speak of, in that order. */
function typesOf(declarations: Declarations, events: readonly Method[]): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name) || !declarations.has(name)) return;
    found.add(name);
    namesIn(declarations.get(name)?.def).forEach(add);
  };
  namesIn(events).forEach(add);
  return [...found].filter((name) => !BUILT_IN.includes(name));
}

/** @throws Error for a name that is not declared */
function describe(declarations: Declarations, name: string): string {
  const declaration = getDeclaration(declarations, name);
  const { def } = declaration;
  const head = [`#### \`${name}\``, docOf(declaration)].filter((text) => text !== "");
  if (def.tsType !== undefined) {
    return [...head, code(typeText(elementOf(declarations, def.tsType)))].join("\n\n");
  }
  const rows = propertiesOf(declarations, name).map((field) => [
    code(field.name + (field.optional ? "?" : "")),
    code(typeText(field.tsType)),
    docOf(field),
  ]);
  return [...head, tableOf(["field", "type", "meaning"], rows)].join("\n\n");
}

/** Of `(typeof NAMES)[number]` what the list holds; any other type as it is. */
function elementOf(declarations: Declarations, type: TypeNode): TypeNode {
  if (type.kind !== "indexedAccess") return type;
  const [, list] = /^\(typeof (\w+)\)$/.exec(typeText(type.value.objType)) ?? [];
  const listed = list === undefined ? undefined : declarations.get(list)?.def.tsType;
  return listed?.kind === "array" ? listed.value : type;
}

/** The fields of an interface and of those that it extends. */
export function propertiesOf(declarations: Declarations, name: string): readonly Property[] {
  const { properties = [], extends: parents = [] } = getDeclaration(declarations, name).def;
  return [
    ...parents.flatMap(namesIn).flatMap((it) => propertiesOf(declarations, it)),
    ...properties,
  ];
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
