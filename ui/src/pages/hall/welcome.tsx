// What somebody who comes for the first time finds above the list: what this place is for, and what is there to read.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { q } from "../../api/queries";
import { Icon, type IconName } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { useActor } from "../../shell/session";
import { OpenKinds } from "./catalogue";
import "../../design/find.css";

const ways: { word: "need" | "take" | "watch" | "verify"; icon: IconName; to: string; kind?: string }[] = [
  { word: "need", icon: "pen", to: "/cases/new" },
  { word: "take", icon: "match", to: "/hall", kind: "open" },
  { word: "watch", icon: "hall", to: "/hall", kind: "notice" },
  { word: "verify", icon: "seal", to: "/hall/verify" },
];

export function Welcome() {
  const { t } = useSpeech();
  const actor = useActor();
  const kinds = useQuery(q.catalogue());
  const some = (kinds.data ?? []).some((k) => k.count > 0);
  return (
    <>
      <ul className="hall-ways">
        {ways.map((w) => (
          <li key={w.word}>
            <Icon name={w.icon} size={20} />
            <div>
              <Link
                className="strong"
                to={w.word === "need" && !actor ? "/signin" : w.to}
                search={w.word === "need" && !actor ? { next: w.to } : w.kind ? { kind: w.kind } : {}}
              >
                {t(`hall.way.${w.word}`)}
              </Link>
              <p className="small muted">{t(`hall.way.${w.word}.lead`)}</p>
            </div>
          </li>
        ))}
      </ul>
      {some && (
        <section className="stack-s" aria-label={t("open.title")}>
          <div className="spread">
            <h2>{t("open.title")}</h2>
            <Link to="/hall/catalogue">{t("hall.catalogue.all")}</Link>
          </div>
          <OpenKinds list={kinds.data ?? []} most={5} />
        </section>
      )}
    </>
  );
}
