import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Input, Radio } from "antd";
import { useRef, useState } from "react";
import { api, freshKey, got } from "../api/client";
import { q, useRefresh } from "../api/queries";
import { type Refusal, RefusedError } from "../api/refusals";
import type { MechanismItem } from "../api/types";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";
import { grouped, wanted } from "../kit/group";
import { Load } from "../kit/load";
import { Bones, Empty, Note } from "../kit/note";
import { PageHead } from "../kit/page";
import { Refusals } from "../kit/refusals";
import { Standing } from "../kit/standing";

export function NewCasePage() {
  const { t } = useSpeech();
  const mechanisms = useQuery(q.mechanisms());
  const sheets = useQuery(q.sheets());
  return (
    <>
      <PageHead title={t("new.title")} lead={t("new.lead")} back={{ to: "/cases", label: t("nav.cases") }}>
        {(sheets.data ?? []).length > 0 && (
          <Link to="/register/import">
            <Button tabIndex={-1} icon={<Icon name="up" />}>
              {t("new.import")}
            </Button>
          </Link>
        )}
      </PageHead>
      <Load query={mechanisms} bones={<Bones lines={6} height={24} />}>
        {(list) => <Choice list={list} />}
      </Load>
    </>
  );
}

/** Choice is everything that the city does, by what people want: what the reader may open first, then what others open. */
function Choice({ list }: { list: MechanismItem[] }) {
  const { t, tx } = useSpeech();
  const [find, setFind] = useState("");
  const found = wanted(list, find);
  const [can, cannot] = [found.filter((m) => m.open), found.filter((m) => !m.open)];
  return (
    <div className="stack-l">
      {!list.some((m) => m.open) && (
        <Note status="stopped">
          <p className="strong">{t("new.none")}</p>
          <p>{t("new.none.way")}</p>
        </Note>
      )}
      <Input
        className="offer-find"
        type="search"
        aria-label={t("new.find")}
        placeholder={t("new.find")}
        prefix={<Icon name="search" />}
        value={find}
        onChange={(e) => setFind(e.target.value)}
      />
      {found.length === 0 && (
        <Empty icon="search" title={t("new.find.none")}>
          {t("new.find.way")}
        </Empty>
      )}
      {can.length > 0 && (
        <section className="stack" aria-label={t("new.can")}>
          {grouped(can).map((g) => (
            <section key={g.name} className="sheet" aria-label={tx(g.title)}>
              {g.title && (
                <header>
                  <h2>{tx(g.title)}</h2>
                </header>
              )}
              <ul className="offers">
                {g.items.map((m) => (
                  <Purpose key={m.name} mechanism={m} />
                ))}
              </ul>
            </section>
          ))}
        </section>
      )}
      {cannot.length > 0 && (
        <details className="fold" open={find !== "" || can.length === 0}>
          <summary>
            <h2>
              {t("new.cannot")} <span className="muted">{cannot.length}</span>
            </h2>
          </summary>
          <div className="stack">
            {grouped(cannot).map((g) => (
              <section key={g.name} className="sheet" aria-label={tx(g.title)}>
                {g.title && (
                  <header>
                    <h3>{tx(g.title)}</h3>
                  </header>
                )}
                <ul className="offers">
                  {g.items.map((m) => (
                    <Elsewhere key={m.name} mechanism={m} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

function Elsewhere({ mechanism: m }: { mechanism: MechanismItem }) {
  const { t, tx } = useSpeech();
  return (
    <li>
      <div className="offer-words">
        <Link to="/policy/$name" params={{ name: m.name }}>
          {tx(m.purpose)}
        </Link>
        <p className="small muted">
          {tx(m.title)} · {t("new.opener", { seat: tx(m.opener.title) })}
        </p>
      </div>
    </li>
  );
}

/** Purpose is one thing that people want to do, in their words. */
function Purpose({ mechanism: m }: { mechanism: MechanismItem }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [party, setParty] = useState(m.parties[0]?.id ?? "");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const key = useRef(freshKey());

  async function start() {
    setBusy(true);
    setRefused([]);
    try {
      const receipt = await got(
        api.POST("/api/cases", {
          params: { header: { "Idempotency-Key": key.current } },
          body: { mechanism: m.name, party: party || undefined },
        }),
      );
      key.current = freshKey();
      await refresh();
      await navigate({ to: "/cases/$id", params: { id: receipt.case } });
    } catch (error) {
      setRefused(error instanceof RefusedError ? error.refusals : []);
    } finally {
      setBusy(false);
    }
  }

  return (
    <li>
      <div className="offer-words">
        <h3>{tx(m.purpose)}</h3>
        <p className="row small muted">
          {tx(m.title)}
          {!m.proved && (
            <Standing status="returned" icon="warn">
              {t("new.unproved")}
            </Standing>
          )}
        </p>
        {m.parties.length > 1 && (
          <div className="field">
            <span className="field-label" id={`for-${m.name}`}>
              {t("new.for")}
            </span>
            <Radio.Group
              aria-labelledby={`for-${m.name}`}
              value={party}
              options={m.parties.map((p) => ({ value: p.id, label: p.name }))}
              onChange={(e) => setParty(String(e.target.value))}
            />
          </div>
        )}
        <Refusals list={refused} />
      </div>
      <div className="row offer-act">
        <Link to="/policy/$name" params={{ name: m.name }}>
          {t("new.about")}
        </Link>
        <Button loading={busy} aria-label={`${t("new.start")} ${tx(m.title)}`} onClick={() => void start()}>
          {t("new.start")}
        </Button>
      </div>
    </li>
  );
}
