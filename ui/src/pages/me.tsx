import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import { type Refusal, RefusedError } from "../api/refusals";
import type { Token } from "../api/types";
import { Icon } from "../design/icons";
import { FactRow, PartyName } from "../form/show";
import { useSpeech } from "../i18n";
import { Day, Digest } from "../kit/figures";
import { Load } from "../kit/load";
import { Empty, Note } from "../kit/note";
import { PageHead, Sheet } from "../kit/page";
import { Refusals } from "../kit/refusals";
import { type Column, Table } from "../kit/table";
import { useActor } from "../shell/session";
import { formatMoment } from "../words/date";
import { parseCount } from "../words/decimal";
import { roleWord } from "./admin/roles";
import { Delegate, everyCase } from "./case/delegate";

export function MePage() {
  const { t, tx } = useSpeech();
  const actor = useActor();
  const session = useQuery(q.session());
  if (!actor) return null;
  return (
    <>
      <PageHead title={t("me.title")} lead={actor.name} />
      <div className="stack-l">
        <Sheet id="hats" title={t("me.hats")}>
          <dl className="facts">
            <FactRow label={t("me.parties")}>
              {(actor.parties ?? []).length === 0 && !actor.person ? <span className="muted">{t("word.none")}</span> : null}
              {actor.person && <PartyName id={actor.person} />}
              {(actor.parties ?? []).map((p) => (
                <p key={p.party}>
                  <PartyName id={p.party} />{" "}
                  <span className="muted small">{p.role === "owner" ? t("adm.as.owner") : t("adm.as.agent")}</span>
                </p>
              ))}
            </FactRow>
            <FactRow label={t("me.offices")}>
              {(session.data?.offices ?? []).map(tx).join(t("word.and")) || <span className="muted">{t("word.none")}</span>}
            </FactRow>
            <FactRow label={t("me.roles")}>
              {(actor.roles ?? []).map((r) => roleWord(r, t)).join(t("word.and")) || (
                <span className="muted">{t("word.none")}</span>
              )}
            </FactRow>
            <FactRow label={t("me.session")}>
              {session.data && <p>{t("me.idle", { n: session.data.idle_minutes })}</p>}
              {session.data?.ends && <p className="muted">{t("me.ends", { time: formatMoment(session.data.ends) })}</p>}
            </FactRow>
          </dl>
        </Sheet>
        <Sheet id="password" title={t("me.password")}>
          <Password />
        </Sheet>
        <Sheet id="delegations" title={t("me.delegations")}>
          <Delegate caseId={everyCase} seats={[]} />
        </Sheet>
        <Sheet id="tokens" title={t("me.tokens")}>
          <Tokens />
        </Sheet>
      </div>
    </>
  );
}

function Password() {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const [fields, setFields] = useState({ old: "", fresh: "", repeat: "" });
  const [refused, setRefused] = useState<Refusal[]>([]);
  const set = (name: keyof typeof fields) => (e: React.ChangeEvent<HTMLInputElement>) =>
    setFields({ ...fields, [name]: e.target.value });
  async function send() {
    if (fields.fresh !== fields.repeat) {
      setRefused([{ kind: "invalid", id: "ui.differ", text: { zh: t("setup.differ"), en: t("setup.differ") } }]);
      return;
    }
    setRefused([]);
    try {
      await got(api.POST("/api/me/password", { body: { old: fields.old, new: fields.fresh } }));
      setFields({ old: "", fresh: "", repeat: "" });
      void message.success(t("me.password.done"));
    } catch (error) {
      if (error instanceof RefusedError) setRefused(error.refusals);
    }
  }
  return (
    <form
      className="stack narrow"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <Refusals list={refused} />
      <label className="field">
        <span className="field-label">{t("me.old")}</span>
        <Input.Password autoComplete="current-password" value={fields.old} onChange={set("old")} />
      </label>
      <label className="field">
        <span className="field-label">{t("setup.fresh")}</span>
        <Input.Password autoComplete="new-password" value={fields.fresh} onChange={set("fresh")} />
        <span className="field-help">{t("setup.hint")}</span>
      </label>
      <label className="field">
        <span className="field-label">{t("setup.repeat")}</span>
        <Input.Password autoComplete="new-password" value={fields.repeat} onChange={set("repeat")} />
      </label>
      <div>
        <Button htmlType="submit" disabled={!fields.old || !fields.fresh || !fields.repeat}>
          {t("me.password.do")}
        </Button>
      </div>
    </form>
  );
}

function Tokens() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const tokens = useQuery(q.tokens());
  const [fields, setFields] = useState<{ name: string; days: string; scopes: ("read" | "act")[] }>({
    name: "",
    days: "90",
    scopes: ["read"],
  });
  const [secret, setSecret] = useState("");
  const [refused, setRefused] = useState<Refusal[]>([]);
  const scopeWord = (s: string) => (s === "act" ? t("me.token.act") : t("me.token.read"));

  async function run(work: () => Promise<unknown>) {
    setRefused([]);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ["tokens"] });
    } catch (error) {
      if (error instanceof RefusedError) setRefused(error.refusals);
    }
  }
  const create = () =>
    run(async () => {
      const fresh = await got(
        api.POST("/api/me/tokens", {
          body: { name: fields.name.trim(), days: parseCount(fields.days) ?? 0, scopes: fields.scopes },
        }),
      );
      setSecret(fresh.secret);
      setFields({ ...fields, name: "" });
    });
  const columns: Column<Token>[] = [
    { key: "name", title: t("me.token.name"), main: true, cell: (k) => k.name },
    { key: "scopes", title: t("me.token.scopes"), cell: (k) => k.scopes.map(scopeWord).join(t("word.and")) },
    { key: "until", title: t("me.token.until"), cell: (k) => <Day at={k.ends} /> },
    { key: "used", title: t("me.token.used"), cell: (k) => <Day at={k.used} /> },
    {
      key: "revoke",
      title: "",
      align: "right",
      cell: (k) => (
        <Button
          type="text"
          size="small"
          aria-label={t("me.token.revoke", { name: k.name })}
          icon={<Icon name="trash" />}
          onClick={() => void run(() => got(api.DELETE("/api/me/tokens/{token}", { params: { path: { token: k.id } } })))}
        />
      ),
    },
  ];
  return (
    <div className="stack">
      <p className="muted">{t("me.tokens.lead")}</p>
      <Refusals list={refused} />
      {secret && (
        <Note status="waiting" loud>
          <p className="strong">{t("me.token.secret")}</p>
          <Digest value={secret} short={false} />
        </Note>
      )}
      <form
        className="inline-form"
        onSubmit={(e) => {
          e.preventDefault();
          void create();
        }}
      >
        <label className="field">
          <span className="field-label">{t("me.token.name")}</span>
          <Input value={fields.name} onChange={(e) => setFields({ ...fields, name: e.target.value })} />
        </label>
        <label className="field">
          <span className="field-label">{t("me.token.days")}</span>
          <Input className="plain-number" value={fields.days} onChange={(e) => setFields({ ...fields, days: e.target.value })} />
        </label>
        <Checkbox.Group
          value={fields.scopes}
          options={(["read", "act"] as const).map((s) => ({ value: s, label: scopeWord(s) }))}
          onChange={(scopes) => setFields({ ...fields, scopes: scopes as ("read" | "act")[] })}
        />
        <Button htmlType="submit" disabled={!fields.name.trim() || fields.scopes.length === 0}>
          {t("me.token.create")}
        </Button>
      </form>
      <Load query={tokens}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="lock" title={t("me.tokens.none")} />
          ) : (
            <Table name={t("me.tokens")} rows={list} columns={columns} rowKey={(k) => k.id} />
          )
        }
      </Load>
    </div>
  );
}
