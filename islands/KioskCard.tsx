import type { ComponentChildren } from "preact";
import type { KioskState, KioskView } from "../lib/kiosks/view.ts";
import { Badge, type BadgeProps } from "../lib/ui/Badge.tsx";
import { Card } from "../lib/ui/Card.tsx";
import { NoValue } from "../lib/ui/Stat.tsx";
import type { Speech } from "../lib/ui/ui.ts";

export interface KioskCardProps {
  readonly kiosk: KioskView;
  readonly administers: boolean;
  readonly csrf: string;
  readonly speech: Speech;
}

const LOOKS: Record<KioskState, Pick<BadgeProps, "tone" | "icon">> = {
  online: { tone: "good", icon: "pulse" },
  unknown: { tone: "warn", icon: "clock" },
  offline: { tone: "bad", icon: "offline" },
  unpaired: { tone: "quiet", icon: "key" },
};

/** Apart by less, two clocks are as good as one. */
const IN_STEP_MS = 1_000;

/** One kiosk: how it is, and what can be done with it. */
export function KioskCard({ kiosk, administers, csrf, speech }: KioskCardProps) {
  const { t } = speech;
  const { kioskId, name, place, state, isFixed } = kiosk;
  const mayChange = administers && !isFixed;
  return (
    <Card
      id={kioskId}
      title={name}
      hint={place || (isFixed ? t.kiosks.fixed : undefined)}
      action={<Badge {...LOOKS[state]}>{t.kiosks.states[state]}</Badge>}
      class="kiosk"
    >
      {kiosk.lastSeenAt !== null && <Facts kiosk={kiosk} speech={speech} />}
      <Told kiosk={kiosk} speech={speech} />
      {(state !== "unpaired" || mayChange) && (
        <details class="unfold">
          <summary>
            {t.kiosks.actions}
            <span class="sr-only">: {name}</span>
          </summary>
          <div class="kiosk__actions">
            {state !== "unpaired" && <Commands {...{ kiosk, csrf, speech }} />}
            {mayChange && <Changes {...{ kiosk, csrf, speech }} />}
          </div>
        </details>
      )}
    </Card>
  );
}

type PartProps = Pick<KioskCardProps, "kiosk" | "speech">;

function Facts({ kiosk, speech }: PartProps) {
  const { t, format } = speech;
  const { state, lastSeenAt, queue, page, lastTouchAt, version } = kiosk;
  const at = (time: string | null) => time && format.shortDateTime(time);
  const facts: readonly [name: string, value: ComponentChildren][] = [
    [
      t.kiosks.lastSeen,
      state === "online" && lastSeenAt ? format.time(lastSeenAt) : at(lastSeenAt),
    ],
    [t.kiosks.queue, queue === null ? null : t.kiosks.events(queue)],
    [t.kiosks.page, page],
    [t.kiosks.lastTouch, at(lastTouchAt)],
    [t.kiosks.battery, batteryText(kiosk, speech)],
    [t.kiosks.clock, clockText(kiosk, speech)],
    [t.kiosks.version, version],
  ];
  return (
    <dl class="kiosk__facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <NoValue t={t} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function batteryText({ battery, charging }: KioskView, { t, format }: Speech): string | null {
  if (battery === null) return null;
  const level = `${format.number(battery * 100)}%`;
  return charging ? t.kiosks.charging(level) : level;
}

function clockText({ clockOffsetMs }: KioskView, { t, format }: Speech): string | null {
  if (clockOffsetMs === null) return null;
  const apart = format.shortDuration(Math.abs(clockOffsetMs) / 1000);
  if (Math.abs(clockOffsetMs) < IN_STEP_MS) return t.kiosks.inStep;
  return clockOffsetMs > 0 ? t.kiosks.ahead(apart) : t.kiosks.behind(apart);
}

/** The newest word to it, and the code that is open for it. */
function Told({ kiosk: { command, codeExpiresAt }, speech: { t, format } }: PartProps) {
  return (
    <>
      {command && (
        <p class="kiosk__told">
          {t.kiosks.told(t.kiosks.commands[command.name], command.by)} {command.deliveredAt !== null
            ? t.kiosks.delivered(format.time(command.deliveredAt))
            : command.hasExpired
            ? t.kiosks.expired
            : t.kiosks.waiting}
        </p>
      )}
      {codeExpiresAt && <p class="kiosk__told">{t.kiosks.codeOpen(format.time(codeExpiresAt))}</p>}
    </>
  );
}

type FormsProps = Omit<KioskCardProps, "administers">;

function Commands({ kiosk, csrf, speech: { t } }: FormsProps) {
  const { kioskId, name } = kiosk;
  const field = `message-${kioskId}`;
  return (
    <>
      <form class="kiosk__form" method="post" action={`/admin/kiosks/${kioskId}/message`}>
        <input type="hidden" name="_csrf" value={csrf} />
        <div class="field">
          <label class="field__label" for={field}>{t.kiosks.message}</label>
          <input class="input" id={field} name="text" required maxLength={200} />
        </div>
        <SubmitFor name={name}>{t.kiosks.send}</SubmitFor>
      </form>
      <Action deed="reload" kiosk={kiosk} csrf={csrf}>{t.kiosks.reload}</Action>
    </>
  );
}

function Changes({ kiosk, csrf, speech }: FormsProps) {
  const { t } = speech;
  return (
    <>
      <Naming {...{ kiosk, csrf, speech }} />
      <Action deed="code" kiosk={kiosk} csrf={csrf}>
        {kiosk.state === "unpaired" ? t.kiosks.newCode : t.kiosks.replace}
      </Action>
      <Action deed="remove" kiosk={kiosk} csrf={csrf}>{t.kiosks.remove}</Action>
    </>
  );
}

function Naming({ kiosk: { kioskId, name, place }, csrf, speech: { t } }: FormsProps) {
  const [nameField, placeField] = [`name-${kioskId}`, `place-${kioskId}`];
  return (
    <form class="kiosk__form" method="post" action={`/admin/kiosks/${kioskId}/name`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <div class="field">
        <label class="field__label" for={nameField}>{t.kiosks.name}</label>
        <input
          class="input"
          id={nameField}
          name="name"
          required
          maxLength={60}
          defaultValue={name}
        />
      </div>
      <div class="field">
        <label class="field__label" for={placeField}>{t.kiosks.place}</label>
        <input class="input" id={placeField} name="place" maxLength={100} defaultValue={place} />
      </div>
      <SubmitFor name={name}>{t.kiosks.rename}</SubmitFor>
    </form>
  );
}

interface ActionProps extends Pick<FormsProps, "kiosk" | "csrf"> {
  readonly deed: "reload" | "code" | "remove";
  readonly children: ComponentChildren;
}

function Action({ deed, kiosk: { kioskId, name }, csrf, children }: ActionProps) {
  return (
    <form method="post" action={`/admin/kiosks/${kioskId}/${deed}`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <SubmitFor name={name}>{children}</SubmitFor>
    </form>
  );
}

interface SubmitForProps {
  /** Of the kiosk, for who does not see where the button stands. */
  readonly name: string;
  readonly children: ComponentChildren;
}

function SubmitFor({ name, children }: SubmitForProps) {
  return (
    <button class="button" type="submit">
      {children}
      <span class="sr-only">: {name}</span>
    </button>
  );
}
