import { useEffect } from "preact/hooks";
import { KIOSK_STATES, type KioskView } from "../lib/kiosks/view.ts";
import { EmptyState } from "../lib/ui/Notice.tsx";
import { Stat } from "../lib/ui/Stat.tsx";
import { type Place, speak } from "../lib/ui/ui.ts";
import { KioskCard } from "./KioskCard.tsx";
import { useLiveStore } from "./live_store.ts";

export interface KioskListProps extends Place {
  readonly kiosks: readonly KioskView[];
  /** Whether who looks may pair and remove. */
  readonly administers: boolean;
  /** Goes into each form. */
  readonly csrf: string;
}

/** The kiosks as they are at this moment. */
export function KioskList({ kiosks: first, administers, csrf, ...place }: KioskListProps) {
  const store = useLiveStore();
  useEffect(() => store?.showKiosks(), []);
  const kiosks = store?.kiosks.value ?? first;
  const speech = speak(place);
  const { t, format } = speech;
  if (kiosks.length === 0) {
    return (
      <div class="card">
        <EmptyState icon="screen" title={t.kiosks.empty} hint={t.kiosks.emptyHint} />
      </div>
    );
  }
  return (
    <div class="stack">
      <dl class="stats">
        {KIOSK_STATES.map((state) => (
          <Stat
            key={state}
            t={t}
            label={t.kiosks.states[state]}
            value={format.number(kiosks.filter((kiosk) => kiosk.state === state).length)}
          />
        ))}
      </dl>
      <div class="kiosks">
        {kiosks.map((kiosk) => (
          <KioskCard key={kiosk.kioskId} {...{ kiosk, administers, csrf, speech }} />
        ))}
      </div>
    </div>
  );
}
