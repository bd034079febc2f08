import { useScene } from "../app_context.ts";
import { Art } from "../art.tsx";
import { COUNTDOWN_SEC } from "../card_actions.ts";
import { CARDS } from "../content.ts";
import { PAGES } from "../pages.ts";
import { IconPress, Press, Ring, Sheet } from "../pieces.tsx";
import { PinSheet } from "./staff.tsx";

/** What lies over the page, if anything does. */
export function Sheets() {
  const { visit: { sheet }, visitor, staff } = useScene();
  return (
    <>
      {sheet === "card" && <CardSheet />}
      {sheet === "done" && <DoneSheet />}
      {sheet === "quit" && <QuitSheet />}
      {staff.isAsking.value && <PinSheet />}
      {visitor.value.kind === "warning" && <IdleSheet secondsLeft={visitor.value.secondsLeft} />}
    </>
  );
}

function CardSheet() {
  const { visit, store, t, say } = useScene();
  const card = CARDS.find(({ id }) => id === visit.card?.id);
  if (card === undefined) return null;
  const secondsLeft = visit.card?.secondsLeft ?? null;
  return (
    <Sheet label={say(card.title)} onClose={store.closeCard}>
      <div class="sheet__head">
        <IconPress icon="cross" label={t.card.close} onPress={store.closeCard} />
      </div>
      <Art name="card" />
      <h2 class="title">{say(card.title)}</h2>
      <p class="lead">{say(card.text)}</p>
      {secondsLeft !== null && (
        <div class="countdown">
          <Ring share={secondsLeft / COUNTDOWN_SEC} />
          <strong>{t.card.seconds(secondsLeft)}</strong>
          <p>{t.card.stay}</p>
        </div>
      )}
    </Sheet>
  );
}

function DoneSheet() {
  const { store, t } = useScene();
  const next = () => store.go(PAGES.rating);
  return (
    <Sheet label={t.done.title} onClose={next}>
      <Art name="medal" />
      <h2 class="title">{t.done.title}</h2>
      <p class="lead">{t.done.lead}</p>
      <Press text={t.done.next} onPress={next} />
    </Sheet>
  );
}

function QuitSheet() {
  const { store, t } = useScene();
  return (
    <Sheet label={t.quit.title} onClose={store.closeSheet}>
      <Art name="door" />
      <h2 class="title">{t.quit.title}</h2>
      <p class="lead">{t.quit.lead}</p>
      <Press text={t.quit.stay} onPress={store.closeSheet} />
      <Press look="quiet" text={t.quit.giveUp} onPress={store.giveUp} />
    </Sheet>
  );
}

/** Any touch says that somebody is here; the button is there to be seen. */
function IdleSheet({ secondsLeft }: { readonly secondsLeft: number }) {
  const { t } = useScene();
  return (
    <Sheet label={t.idle.title} onClose={() => {}}>
      <h2 class="title">{t.idle.title}</h2>
      <p class="lead" role="timer">{t.idle.lead(secondsLeft)}</p>
      <button type="button" class="press press--main">{t.idle.stay}</button>
    </Sheet>
  );
}
