import { useEffect, useState } from "preact/hooks";
import type { KioskStatus } from "../../../client/kiosk.ts";
import { useScene } from "../app_context.ts";
import { Keypad } from "../Keypad.tsx";
import { IconPress, Sheet, Title } from "../pieces.tsx";

const MAX_PIN = 8;
const CODE = 6;
/** A device that staff forgets is the visitors' again. */
const FORGOTTEN_MS = 5 * 60_000;

/** Over whatever is shown: the question that the held corner asks. */
export function PinSheet() {
  const { staff, t } = useScene();
  async function enter(pin: string): Promise<string | null> {
    const answer = await staff.enterPin(pin);
    return answer === "opened" ? null : t.staff.pins[answer];
  }
  return (
    <Sheet label={t.staff.pin} onClose={staff.stopAsking}>
      <div class="sheet__head">
        <IconPress icon="cross" label={t.staff.cancel} onPress={staff.stopAsking} />
      </div>
      <h2 class="title">{t.staff.pin}</h2>
      <Keypad
        label={t.staff.pin}
        submit={t.staff.open}
        maxLength={MAX_PIN}
        isSecret
        onEnter={enter}
      />
    </Sheet>
  );
}

/** The device as staff has it: which kiosk it is, how it is, and the way back. */
export function StaffScreen() {
  const { staff, after, t } = useScene();
  useEffect(() => after(FORGOTTEN_MS, staff.resume), []);
  const status = staff.status.value;
  return (
    <main class="staff">
      <Title>{t.staff.title}</Title>
      {status.isKeyRefused && <p class="staff__warning" role="status">{t.staff.refused}</p>}
      <Facts status={status} />
      <Pairing status={status} />
      <QueueFile status={status} />
      <button type="button" class="press press--plain" onClick={() => location.reload()}>
        {t.staff.reload}
      </button>
      <button type="button" class="press press--main" onClick={staff.resume}>
        {t.staff.resume}
      </button>
      <a class="staff__link" href="/admin/kiosks">{t.staff.leave}</a>
    </main>
  );
}

interface StatusProps {
  readonly status: KioskStatus;
}

function Facts({ status: { paired, queued, connection, durable, clockOffsetMs } }: StatusProps) {
  const { t } = useScene();
  const { name = t.staff.unpaired, place = "" } = paired ?? {};
  // Before the first delivery nobody has tried.
  const isIdle = connection === "offline" && queued === 0;
  const facts: readonly (readonly [name: string, value: string])[] = [
    [t.staff.kiosk, place === "" ? name : `${name}, ${place}`],
    [t.staff.queued, t.staff.events(queued)],
    [t.staff.connection, isIdle ? "–" : t.staff.connections[connection]],
    [t.staff.clock, clockOffsetMs === null ? "–" : t.staff.seconds(clockOffsetMs / 1_000)],
    [t.staff.disk, durable ? t.staff.durable : t.staff.volatile],
  ];
  return (
    <dl class="panel facts">
      {facts.map(([name, value]) => (
        <div class="row" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Pairing({ status: { paired, isKeyRefused } }: StatusProps) {
  const { staff, t } = useScene();
  const [isOpen, open] = useState(paired === null || isKeyRefused);
  async function pair(code: string): Promise<string | null> {
    const answer = await staff.pair(code);
    if (answer !== "paired") return t.staff.codes[answer];
    open(false);
    return null;
  }
  if (!isOpen) {
    return (
      <button type="button" class="press press--plain" onClick={() => open(true)}>
        {t.staff.pairAnew}
      </button>
    );
  }
  return (
    <section class="panel">
      <h2 class="panel__title">{t.staff.code}</h2>
      <Keypad label={t.staff.code} submit={t.staff.pair} maxLength={CODE} onEnter={pair} />
    </section>
  );
}

/** For a kiosk that gets no network at all; signed with its key. */
function QueueFile({ status: { paired, queued } }: StatusProps) {
  const { staff, t } = useScene();
  const [hasFailed, fail] = useState(false);
  if (paired === null || queued === 0) return null;
  return (
    <>
      <button
        type="button"
        class="press press--plain"
        onClick={async () => fail(!await staff.saveQueue())}
      >
        {t.staff.save}
      </button>
      {hasFailed && <p class="staff__warning" role="status">{t.staff.notSaved}</p>}
    </>
  );
}
