import { Link } from "@tanstack/react-router";
import { useSpeech } from "../../i18n";
import { has, useActor } from "../../shell/session";

const places = { parties: "/register", records: "/register/records", work: "/register/work" } as const;

/** RegisterTabs leads between what the register holds, and for its keepers to what waits for them. */
export function RegisterTabs({ at }: { at: keyof typeof places }) {
  const { t } = useSpeech();
  const keeps = has(useActor(), "register", "auditor");
  const words = { parties: t("rec.parties"), records: t("rec.title"), work: t("work.title") };
  return (
    <nav className="tabs register-tabs" aria-label={t("reg.title")}>
      {(Object.keys(places) as (keyof typeof places)[])
        .filter((p) => p !== "work" || keeps)
        .map((p) => (
          <Link key={p} to={places[p]} activeOptions={{ exact: true }} aria-current={p === at ? "page" : undefined}>
            {words[p]}
          </Link>
        ))}
    </nav>
  );
}
