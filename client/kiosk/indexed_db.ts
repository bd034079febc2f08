/// <reference lib="dom" />
import { createMemoryStore } from "./memory_store.ts";
import type { Store } from "./ports.ts";
import type { Change, KioskAttempt } from "./shapes.ts";

const NAME = "docent-kiosk";
/** By their ids, and by attempt and number. */
const ATTEMPTS = "attempts";
const EVENTS = "events";

/** The queue on the disk of the kiosk; in memory where the browser refuses. */
export function createBrowserStore(): Store {
  let isDurable = true;
  const store: Promise<Queues> = openDatabase().then(databaseStore, () => {
    isDurable = false;
    return createMemoryStore();
  });
  return {
    isDurable: () => isDurable,
    list: () => store.then((it) => it.list()),
    load: (attemptId) => store.then((it) => it.load(attemptId)),
    save: (change) => store.then((it) => it.save(change)),
    close: () => void store.then((it) => it.close()),
  };
}

async function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(ATTEMPTS, { keyPath: "attemptId" });
    opening.result.createObjectStore(EVENTS, { keyPath: ["attemptId", "seq"] });
  };
  return await done(opening);
}

type Queues = Omit<Store, "isDurable">;

function databaseStore(database: IDBDatabase): Queues {
  const read = (name: string) => database.transaction(name).objectStore(name);
  return {
    list: async () => (await done(read(ATTEMPTS).getAllKeys())).map(String),
    async load(attemptId) {
      const attempt: KioskAttempt | undefined = await done(read(ATTEMPTS).get(attemptId));
      if (attempt === undefined) return null;
      return { attempt, events: await done(read(EVENTS).getAll(rangeOf(attemptId))) };
    },
    save: (change) => write(database, change),
    close: () => database.close(),
  };
}

function write(database: IDBDatabase, change: Change): Promise<void> {
  // Strict: kiosks are switched off at the socket in the wall.
  const transaction = database.transaction([ATTEMPTS, EVENTS], "readwrite", {
    durability: "strict",
  });
  const attempts = transaction.objectStore(ATTEMPTS);
  const events = transaction.objectStore(EVENTS);
  for (const { attemptId, seq } of change.removedEvents) events.delete([attemptId, seq]);
  for (const attempt of change.attempts) attempts.put(attempt);
  for (const event of change.events) events.put(event);
  for (const attemptId of change.removedAttempts) {
    attempts.delete(attemptId);
    events.delete(rangeOf(attemptId));
  }
  // At once: a page that goes away before the answers have come would take it back.
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** An array is greater than any number. */
function rangeOf(attemptId: string): IDBKeyRange {
  return IDBKeyRange.bound([attemptId], [attemptId, []]);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
