import { Icon, type IconName } from "../design/icons";
import type { Status } from "../design/tokens";
import { useSpeech } from "../i18n";

const icons: Record<Status, IconName> = {
  waiting: "clock",
  running: "running",
  done: "check",
  returned: "returned",
  stopped: "stop",
};

/** Standing says how something stands: colour, icon and word together; the word is the state's own where there is one. What is judged
 * in the same colours but was not returned, waited for or stopped has an icon of its own. */
export function Standing({ status, icon, children }: { status: Status; icon?: IconName; children?: React.ReactNode }) {
  const { t } = useSpeech();
  const word = t(`status.${status}`);
  return (
    <span className={`badge s-${status}`} title={children && !icon ? word : undefined}>
      <Icon name={icon ?? icons[status]} size={12} />
      {children ?? word}
    </span>
  );
}

type State = { end: boolean; good: boolean };

/** standingOf reads a state: an end is done or stopped; what waits for me waits; what came back with a reason was returned. */
export function standingOf(state: State, hints: { mine?: boolean; returned?: boolean } = {}): Status {
  if (state.end) return state.good ? "done" : "stopped";
  if (hints.returned) return "returned";
  return hints.mine ? "waiting" : "running";
}

export const noticeStanding: Record<string, Status> = {
  running: "running",
  stood: "done",
  upheld: "returned",
  dropped: "stopped",
};
