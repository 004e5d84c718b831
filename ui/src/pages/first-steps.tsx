// What a desk shows to somebody who has nothing on it yet: what to do first, by who they are.
import { Link } from "@tanstack/react-router";
import type { Actor } from "../api/types";
import { Icon, type IconName } from "../design/icons";
import { type Key, useSpeech } from "../i18n";
import { Sheet } from "../kit/page";
import { has, useActor, useMayOpen } from "../shell/session";

type Step = { to: string; icon: IconName; word: "party" | "open" | "match" | "pledges" | "shares" | "reviews" | "calls" | Role };
type Role = "auditor" | "finance" | "register" | "statistics" | "policy" | "admin" | "office";

const byRole: [Role, string, IconName, ...string[]][] = [
  ["auditor", "/journal", "seal", "auditor"],
  ["finance", "/money", "money", "finance"],
  ["register", "/register/work", "register", "register"],
  ["statistics", "/figures/series", "chart", "statistics"],
  ["policy", "/policy/edit", "book", "policy"],
  ["admin", "/admin", "gear", "admin.system", "admin.security", "admin.audit"],
];

function stepsOf(actor: Actor, opens: boolean): Step[] {
  const steps: Step[] = byRole.filter(([, , , ...roles]) => has(actor, ...roles)).map(([word, to, icon]) => ({ word, to, icon }));
  const party = actor.parties?.[0];
  if (party) {
    steps.push({ word: "party", to: `/register/${party.party}`, icon: "register" });
    if (party.kind === "bank") steps.push({ word: "pledges", to: "/assets", icon: "pie" });
    else if (party.kind === "fund") steps.push({ word: "shares", to: "/assets", icon: "pie" });
    else steps.push({ word: "match", to: "/match", icon: "match" });
  }
  if (opens) steps.push({ word: "open", to: "/cases/new", icon: "add" });
  if (actor.person) steps.push({ word: "reviews", to: "/reviews", icon: "pen" });
  if ((actor.offices ?? []).length > 0) steps.push({ word: "office", to: "/policy", icon: "book" });
  return [...steps, { word: "calls", to: "/hall", icon: "hall" }];
}

export function FirstSteps() {
  const { t } = useSpeech();
  const actor = useActor();
  const opens = useMayOpen();
  if (!actor) return null;
  return (
    <Sheet title={t("first.title")} id="first">
      <ul className="lines first-steps">
        {stepsOf(actor, opens).map((s) => (
          <li key={s.word}>
            <Icon name={s.icon} size={20} />
            <div>
              <Link to={s.to}>{t(`first.${s.word}` as Key)}</Link>
              <p className="small muted">{t(`first.${s.word}.way` as Key)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
