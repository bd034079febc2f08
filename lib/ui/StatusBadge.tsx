import type { AttemptStatus } from "../missions/view.ts";
import { Badge, type Tone } from "./Badge.tsx";
import type { IconName } from "./Icon.tsx";
import type { Words } from "./words.ts";

const LOOKS: Record<AttemptStatus, { readonly tone: Tone; readonly icon: IconName }> = {
  pending: { tone: "quiet", icon: "clock" },
  in_progress: { tone: "active", icon: "pulse" },
  completed: { tone: "good", icon: "check" },
  quitted: { tone: "bad", icon: "cross" },
  expired: { tone: "quiet", icon: "offline" },
};

export function StatusBadge({ status, t }: { readonly status: AttemptStatus; readonly t: Words }) {
  return <Badge {...LOOKS[status]}>{t.status[status]}</Badge>;
}
