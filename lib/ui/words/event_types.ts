/** The event types of the source document; a client may send others (field notes A.1.0). */
export const EVENT_TYPES = [
  "mission_started",
  "page_view",
  "portfolio_creation_step",
  "portfolio_created",
  "vocabulary_card_clicked",
  "vocabulary_detail_viewed",
  "vocabulary_countdown_tick",
  "vocabulary_countdown_complete",
  "mission_complete_modal_shown",
  "mission_rating_submitted",
  "mission_completed",
  "mission_quitted",
  "button_clicked",
  "navigation_clicked",
  "input_interaction",
  "card_clicked",
  "modal_interaction",
  "search_performed",
  "bookmark_toggled",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
