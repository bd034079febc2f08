/**
 * The stack that the source document describes, to compare with: Express, ws, JSON Web Tokens and
 * PostgreSQL with one INSERT per event and the document's indexes. It does what the document's code
 * does and no more, with two repairs without which it could not be measured: ids do not collide,
 * and the token lives ten minutes.
 */
import { createServer } from "node:http";
import express from "express";
import jwt from "jsonwebtoken";
import pg from "pg";
import { WebSocketServer } from "ws";
import { SCHEMA } from "./schema.mjs";

const SECRET = "reference-stack-secret-of-the-bench";
const pool = new pg.Pool({ connectionString: process.env.POSTGRES_URI, max: 10 });
let counter = 0;
const id = (prefix) => `${prefix}_${Date.now()}${String(++counter).padStart(9, "0")}`;

await pool.query(SCHEMA);

const app = express();
app.use(express.json());
app.post("/api/missions/start", async (request, response) => {
  const { sessionId, missionType, timestamp } = request.body;
  const attemptId = id("attempt");
  await pool.query(
    `INSERT INTO mission_attempts (attempt_id, session_id, mission_type, mission_name, start_time, status)
     VALUES ($1, $2, $3, $4, $5, 'pending')`,
    [attemptId, sessionId, missionType, missionType, timestamp],
  );
  const wsToken = jwt.sign({ attemptId, sessionId, type: "ws_auth" }, SECRET, { expiresIn: "10m" });
  response.status(201).json({ success: true, data: { attemptId, wsToken, expiresIn: 600 } });
});

const server = createServer(app);
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", async (ws, request) => {
  try {
    const query = new URL(request.url, "http://localhost").searchParams;
    const { attemptId, sessionId } = jwt.verify(query.get("token"), SECRET);
    if (attemptId !== query.get("attemptId")) throw new Error("Invalid token");
    ws.on("message", (text) => store(ws, { attemptId, sessionId }, text));
    await pool.query(
      "UPDATE mission_attempts SET status = 'in_progress', updated_at = now() WHERE attempt_id = $1",
      [attemptId],
    );
    send(ws, { type: "connection_ack", attemptId });
  } catch (error) {
    send(ws, { type: "error", code: "AUTH_FAILED", message: error.message });
    ws.close();
  }
});

async function store(ws, { attemptId, sessionId }, text) {
  try {
    const event = JSON.parse(text);
    if (!event.eventType || !event.timestamp || !event.data) {
      throw new Error("Invalid event format");
    }
    const eventId = id("event");
    await pool.query(
      `INSERT INTO mission_events
         (event_id, attempt_id, session_id, event_type, timestamp, data, processing_time)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        eventId,
        attemptId,
        event.sessionId ?? sessionId,
        event.eventType,
        event.timestamp,
        event.data,
        Date.now() - Date.parse(event.timestamp),
      ],
    );
    send(ws, { type: "event_ack", eventId });
  } catch (error) {
    send(ws, { type: "error", code: "PROCESSING_ERROR", message: error.message });
  }
}

function send(ws, message) {
  ws.send(JSON.stringify({ ...message, timestamp: new Date().toISOString() }));
}

server.listen(0, "127.0.0.1", () => {
  console.log(`Reference is listening on http://127.0.0.1:${server.address().port}`);
});
