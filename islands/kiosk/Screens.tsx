import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useScene } from "./app_context.ts";
import { MessageBar } from "./MessageBar.tsx";
import { etfOf, PAGES, stepOf } from "./pages.ts";
import { Quit, Rating, Thanks } from "./screens/after.tsx";
import { Attract, Onboarding, Selection, Start } from "./screens/before.tsx";
import { EtfList, Home, Portfolio } from "./screens/home.tsx";
import { Sheets } from "./screens/sheets.tsx";
import { StaffScreen } from "./screens/staff.tsx";
import { Steps } from "./screens/steps.tsx";
import { EtfDetail, Search, Vocabulary } from "./screens/words.tsx";

const SCREENS: Readonly<Record<string, ComponentType>> = {
  [PAGES.attract]: Attract,
  [PAGES.onboarding]: Onboarding,
  [PAGES.selection]: Selection,
  [PAGES.start]: Start,
  [PAGES.home]: Home,
  [PAGES.portfolio]: Portfolio,
  [PAGES.vocabulary]: Vocabulary,
  [PAGES.search]: Search,
  [PAGES.etfs]: EtfList,
  [PAGES.rating]: Rating,
  [PAGES.complete]: Thanks,
  [PAGES.quit]: Quit,
};

/** The page where the visitor is, and what lies over it. */
export function Screens() {
  const { visit: { page, locale }, visitor, t } = useScene();
  useEffect(() => scrollTo(0, 0), [page]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t.attract.title;
  }, [locale]);
  const isStaff = visitor.value.kind === "staff";
  const Screen = isStaff ? StaffScreen : screenOf(page);
  return (
    <div class="kiosk" data-page={isStaff ? PAGES.staff : page}>
      <Screen key={page} />
      <Sheets />
      <MessageBar />
    </div>
  );
}

function screenOf(page: string): ComponentType {
  if (stepOf(page) !== null) return Steps;
  return etfOf(page) === null ? SCREENS[page] ?? Attract : EtfDetail;
}
