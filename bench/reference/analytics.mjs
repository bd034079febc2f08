/**
 * The document's `MissionAnalytics` in SQL on its tables. The document has no query of its own;
 * these are the plain ones: durations and ratings for all missions, and completions of steps, which
 * its tables have in the events alone, for the portfolio.
 *
 * `node analytics.mjs load <database> <folder>` makes a database from files of COPY.
 * `node analytics.mjs measure <database> <from> <to> <shift>…` prints what the queries took, in
 * milliseconds, over the period moved by each of so many milliseconds.
 */
import pg from "pg";
import { SCHEMA } from "./schema.mjs";

const COLUMNS = {
  mission_attempts:
    "attempt_id, session_id, mission_type, mission_name, start_time, end_time, total_duration, status",
  mission_events: "event_id, attempt_id, session_id, event_type, timestamp, data",
  reviews: "review_id, attempt_id, rating, rating_text, feedback, has_feedback",
};
const DURATIONS = `
  SELECT count(*)::int AS total,
    count(*) FILTER (WHERE status = 'completed')::int AS completed,
    count(*) FILTER (WHERE status = 'quitted')::int AS quitted,
    avg(total_duration) FILTER (WHERE status = 'completed') AS avg,
    min(total_duration) FILTER (WHERE status = 'completed') AS min,
    max(total_duration) FILTER (WHERE status = 'completed') AS max,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY total_duration)
      FILTER (WHERE status = 'completed') AS median
  FROM mission_attempts WHERE start_time >= $1 AND start_time < $2`;
const RATINGS = `
  SELECT r.rating, count(*)::int AS n
  FROM reviews r JOIN mission_attempts a ON a.attempt_id = r.attempt_id
  WHERE a.start_time >= $1 AND a.start_time < $2`;
const STEPS = `
  SELECT e.data->>'step' AS step, count(DISTINCT e.attempt_id)::int AS n
  FROM mission_events e JOIN mission_attempts a ON a.attempt_id = e.attempt_id
  WHERE a.start_time >= $1 AND a.start_time < $2 AND a.mission_type = 'portfolio'
    AND e.event_type = 'portfolio_creation_step'
  GROUP BY 1`;
const PORTFOLIO = " AND mission_type = 'portfolio'";
const QUERIES = {
  all: [DURATIONS, `${RATINGS} GROUP BY 1`],
  portfolio: [DURATIONS + PORTFOLIO, `${RATINGS} AND a.mission_type = 'portfolio' GROUP BY 1`, STEPS],
};
/** No more of one kind than take so long, beside the first. */
const PATIENCE_MS = 15_000;

const [mode, database, ...args] = process.argv.slice(2);
if (mode === "load") await load(args[0]);
else console.log(JSON.stringify(await connected(database, (client) => measure(client, args))));

async function connected(name, work) {
  const connectionString = process.env.POSTGRES_URI.replace("/postgres?", `/${name}?`);
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function load(folder) {
  await connected("postgres", async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${database}`);
    await client.query(`CREATE DATABASE ${database}`);
  });
  await connected(database, async (client) => {
    await client.query(SCHEMA);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      await client.query(`COPY ${table} (${columns}) FROM '${folder}/${table}'`);
    }
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT");
  });
}

async function measure(client, args) {
  const [from, to, ...shifts] = args.map(Number);
  const found = { all: [], portfolio: [], figures: null };
  for (const [name, queries] of Object.entries(QUERIES)) {
    const began = performance.now();
    for (const shift of shifts) {
      const period = [from, to].map((at) => new Date(at + shift).toISOString().slice(0, -1));
      const started = performance.now();
      const answers = [];
      for (const query of queries) answers.push((await client.query(query, period)).rows);
      found[name].push(performance.now() - started);
      if (name === "all") found.figures ??= answers[0][0];
      if (performance.now() - began > PATIENCE_MS) break;
    }
  }
  const { rows } = await client.query("SELECT pg_database_size(current_database()) AS bytes");
  return { ...found, bytes: Number(rows[0].bytes) };
}
