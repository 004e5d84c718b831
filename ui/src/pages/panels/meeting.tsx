// The chair's meeting: in which order to discuss, what experts gave and how far the order can be trusted, and what would change it.
import "../../design/panels.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../../api/queries";
import type { Meeting } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { Agenda } from "./agenda";
import { Called, letterOf, useNames } from "./called";
import { Marks } from "./marks";
import { Order } from "./order";

export function MeetingPage() {
  const { t } = useSpeech();
  const { cases = "" } = useSearch({ strict: false }) as { cases?: string };
  const ids = cases.split(",").filter(Boolean);
  const meeting = useQuery({ ...q.meeting(ids), enabled: ids.length > 0 });
  return (
    <div className="stack-l panel-page">
      <PageHead title={t("meeting.title")} back={{ to: "/panels", label: t("nav.panels") }} lead={t("meeting.lead")}>
        <Button icon={<Icon name="print" />} onClick={() => window.print()}>
          {t("plan.print")}
        </Button>
      </PageHead>
      {ids.length === 0 ? (
        <Empty icon="panel" title={t("meeting.none")} />
      ) : (
        <Load query={meeting} bones={<Bones lines={12} />}>
          {(m) => <Body meeting={m} />}
        </Load>
      )}
    </div>
  );
}

function Body({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  return (
    <>
      <Cases meeting={m} />
      {m.sealed && <Note status="running">{t("meeting.sealed")}</Note>}
      {m.pending > 0 && <Note status="waiting">{t("meeting.pending", { n: m.pending })}</Note>}
      <Agenda meeting={m} />
      {m.orders.length > 0 && <Order meeting={m} />}
      {m.sheets.length > 0 && <Marks meeting={m} />}
      {m.sheets.length > 0 && <Texts meeting={m} />}
    </>
  );
}

/** Cases is what is discussed; with several, each has a letter by which its proposals are called. */
function Cases({ meeting: m }: { meeting: Meeting }) {
  const { tx } = useSpeech();
  return (
    <ul className="plain meeting-cases">
      {m.cases.map((c) => (
        <li key={c.case} className="row">
          {m.cases.length > 1 && <span className="called">{letterOf(m, c.case)}</span>}
          <Link to="/panels/$id" params={{ id: c.case }} className="strong">
            {c.title}
          </Link>
          <Standing status={standingOf(c.state)}>{tx(c.state.title)}</Standing>
        </li>
      ))}
    </ul>
  );
}

/** Texts is what was written about each proposal, without names; on paper all of it is open. */
function Texts({ meeting: m }: { meeting: Meeting }) {
  const { t } = useSpeech();
  const { of } = useNames(m);
  const list = m.proposals.map((p) => ({ p, texts: m.sheets.filter((s) => s.proposal === p.id).flatMap((s) => s.texts) }));
  return (
    <Sheet title={t("meeting.texts")}>
      <div className="stack-s">
        {list
          .filter(({ texts }) => texts.length > 0)
          .map(({ p, texts }) => (
            <details key={p.id} className="meeting-said">
              <summary>
                <Called name={of(p.id)} /> <span className="muted small">{t("meeting.said", { n: texts.length })}</span>
              </summary>
              <ul>
                {texts.map((text, i) => (
                  <li key={i}>{text}</li>
                ))}
              </ul>
            </details>
          ))}
      </div>
    </Sheet>
  );
}
