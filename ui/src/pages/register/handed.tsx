// What an owner handed in to the register: it waits, is taken, or comes back with the reason and everything that was typed.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { Field, HandedPageData, Values } from "../../api/types";
import type { Status } from "../../design/tokens";
import { FactRow, FieldValue, Names, PartyName } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { useActor } from "../../shell/session";
import { formatDay, formatMoment } from "../../words/date";

const standing: Record<HandedPageData["state"], Status> = {
  waiting: "waiting",
  taken: "done",
  refused: "returned",
  withdrawn: "stopped",
};

function State({ of }: { of: HandedPageData }) {
  const { t } = useSpeech();
  return <Standing status={standing[of.state]}>{t(`hand.state.${of.state}` as Key)}</Standing>;
}

/** HandedPage shows one that was handed in, to its owner and to those who keep the register. */
export function HandedPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const page = useQuery(q.handed(id));
  return (
    <Load page query={page} bones={<Bones lines={10} />}>
      {(data) => (
        <Names.Provider value={data.names}>
          <Body page={data} />
        </Names.Provider>
      )}
    </Load>
  );
}

function Body({ page }: { page: HandedPageData }) {
  const { t, tx } = useSpeech();
  const fields = (page.form?.fields ?? []) as unknown as Field[];
  const values = page.values as Values;
  return (
    <>
      <PageHead
        title={page.name}
        back={page.decide ? { to: "/register/work", label: t("work.title") } : { to: "/register/records", label: t("rec.title") }}
        lead={
          <span className="row">
            {tx(page.kindTitle)}
            <PartyName id={page.owner} />
            <State of={page} />
          </span>
        }
      >
        <OwnerActs page={page} />
      </PageHead>
      <div className="stack">
        {page.state === "waiting" && <Note status="waiting">{t("hand.waits")}</Note>}
        {page.state === "refused" && <Note status="returned">{t("hand.refused", { reason: page.reason ?? "" })}</Note>}
        {page.record && (
          <Note status="done">
            <Link to="/register/records/$id" params={{ id: page.record }}>
              {t("hand.record")}
            </Link>
          </Note>
        )}
        <section className="sheet sheet-pad stack" aria-label={page.name}>
          <dl className="facts">
            {fields
              .filter((f) => f.name in values)
              .map((f) => (
                <FactRow key={f.name} label={tx(f.title)}>
                  <FieldValue field={f} value={values[f.name]} />
                </FactRow>
              ))}
          </dl>
          <p className="muted small">
            {t("hand.at", { who: page.who, at: formatMoment(page.at) })}
            {page.judged && ` · ${t("hand.judged", { who: page.judge ?? "", at: formatMoment(page.judged) })}`}
          </p>
        </section>
        {page.decide && <Decide key={page.revision} page={page} />}
      </div>
    </>
  );
}

/** OwnerActs are mending and withdrawing. */
function OwnerActs({ page }: { page: HandedPageData }) {
  const { t } = useSpeech();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const { refusals, send } = useSending();
  if (!page.mine) return null;
  const withdraw = () =>
    send(async () => {
      const next = await got(
        api.POST("/api/handed/{id}/withdrawal", { params: { path: { id: page.id } }, body: { revision: page.revision } }),
      );
      client.setQueryData(["handed", page.id], next);
      void message.success(t("hand.state.withdrawn"));
      await client.invalidateQueries({ queryKey: ["work"] });
    });
  return (
    <>
      <Refusals list={refusals} />
      <Button
        onClick={() =>
          modal.confirm({
            title: t("hand.withdraw.sure", { name: page.name }),
            okText: t("hand.withdraw"),
            cancelText: t("act.cancel"),
            onOk: withdraw,
          })
        }
      >
        {t("hand.withdraw")}
      </Button>
      <Link to="/register/handed/$id/edit" params={{ id: page.id }}>
        <Button type={page.state === "refused" ? "primary" : "default"} tabIndex={-1}>
          {page.state === "refused" ? t("hand.mend") : t("rec.edit")}
        </Button>
      </Link>
    </>
  );
}

/** Decide takes it into the register or refuses it with the reason. */
function Decide({ page }: { page: HandedPageData }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { busy, refusals, send } = useSending();
  const [reason, setReason] = useState("");
  const decide = (take: boolean) =>
    send(async () => {
      const next = await got(
        api.POST("/api/handed/{id}/decision", {
          params: { path: { id: page.id } },
          body: { revision: page.revision, take, reason: take ? undefined : reason },
        }),
      );
      client.setQueryData(["handed", page.id], next);
      void message.success(t(take ? "hand.done.taken" : "hand.done.refused"));
      await Promise.all(["work", "records", "kinds"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    });
  return (
    <section className="sheet sheet-pad stack" aria-label={t("hand.take")}>
      <label className="stack-s">
        <span className="strong">{t("hand.reason")}</span>
        <Input.TextArea value={reason} maxLength={200} autoSize={{ minRows: 2 }} onChange={(e) => setReason(e.target.value)} />
      </label>
      <Refusals list={refusals} />
      <div className="form-end">
        <Button type="primary" loading={busy} onClick={() => void decide(true)}>
          {t("hand.take")}
        </Button>
        <Button loading={busy} onClick={() => void decide(false)}>
          {t("hand.refuse")}
        </Button>
      </div>
    </section>
  );
}

function Lines({ list }: { list: HandedPageData[] }) {
  const { tx } = useSpeech();
  return (
    <ul className="pair-list">
      {list.map((h) => (
        <li key={h.id}>
          <div className="row">
            <Link to="/register/handed/$id" params={{ id: h.id }} className="strong">
              {h.name}
            </Link>
            <State of={h} />
          </div>
          <div className="small muted">
            {[tx(h.kindTitle), h.ownerName, h.who === h.ownerName ? "" : h.who, formatDay(h.at), h.reason]
              .filter(Boolean)
              .join(" · ")}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** HandedWaiting is what waits for those who keep the register. */
export function HandedWaiting() {
  const { t } = useSpeech();
  const list = useQuery(q.handedList(true));
  return (
    <Load query={list} bones={<Bones lines={6} height={24} />}>
      {(items) =>
        items.length === 0 ? (
          <Empty icon="check" title={t("hand.none")}>
            {t("hand.none.way")}
          </Empty>
        ) : (
          <Lines list={items} />
        )
      }
    </Load>
  );
}

/** HandedOfMine is what the reader's parties handed in and is not in the register yet. */
export function HandedOfMine() {
  const { t } = useSpeech();
  const acting = (useActor()?.parties ?? []).length > 0;
  const list = useQuery({ ...q.handedList(false), enabled: acting });
  const open = (list.data ?? []).filter((h) => h.state !== "taken");
  if (open.length === 0) return null;
  return (
    <section className="sheet" aria-label={t("hand.mine")}>
      <div className="list-tools">
        <h2>{t("hand.mine")}</h2>
      </div>
      <Lines list={open} />
    </section>
  );
}
