import { ENTRY_STORIES } from "./entry_stories.tsx";
import { INTERVIEW_PAGES } from "./interviews.tsx";
import { MISSION_STORIES } from "./mission_stories.tsx";
import { OFFICE_STORIES } from "./office_stories.tsx";
import { PEOPLE_STORIES } from "./people.tsx";
import type { Story } from "./story.ts";

/** Every page in every state that looks different. */
export const STORIES: readonly Story[] = [
  ...MISSION_STORIES,
  ...OFFICE_STORIES,
  ...ENTRY_STORIES,
  ...INTERVIEW_PAGES.map(([path, page]): Story => ({
    path,
    title: ({ t }) => t.interviews.title,
    page,
  })),
  ...PEOPLE_STORIES,
];
