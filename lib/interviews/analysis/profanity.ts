import { searchable } from "./matching.ts";

/** Words that do not belong into an interview, in both languages; stems (T-P20). */
const WORDS = [
  ...["씨발", "시발놈", "개새끼", "병신", "지랄", "좆", "미친놈", "미친년", "꺼져", "닥쳐"],
  ...["fuck", "shit", "bitch", "bastard", "asshole", "motherfuck", "dickhead", "cunt"],
];

/** Whether a text holds such a word: it is told, and the answer is judged all the same. */
export function isProfane(text: string): boolean {
  return searchable(text).count(WORDS) > 0;
}
