import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Input, Modal } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { type Refusal, RefusedError } from "../../api/refusals";
import type { Account, Field } from "../../api/types";
import { Icon } from "../../design/icons";
import { PartyControl } from "../../form/pickers";
import { FactRow } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { Digest, Moment } from "../../kit/figures";
import { ListFoot } from "../../kit/list";
import { Failed } from "../../kit/load";
import { Empty, Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { type Column, Table, TableBones } from "../../kit/table";
import { has, useActor } from "../../shell/session";
import { formatMoment } from "../../words/date";
import { SearchBox } from "../cases";
import { type Grant, GrantForm } from "./grant";
import { type Role, roleWord } from "./roles";

/** useOfficeWord is what an office is called, with the district's code where there is one in each. */
function useOfficeWord(): (office: string) => string {
  const { tx } = useSpeech();
  const offices = useQuery(q.offices());
  return (office) => {
    const [name, district] = office.split("/");
    const title = tx(offices.data?.find((o) => o.name === name)?.title) || office;
    return district ? `${title} ${district}` : title;
  };
}

type Link = { account: Account; link: string };

export function Accounts() {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [making, setMaking] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const system = has(useActor(), "admin.system");
  const list = useInfiniteQuery(q.accounts(text));
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const open = rows.find((a) => a.id === chosen);
  const office = useOfficeWord();
  const columns: Column<Account>[] = [
    {
      key: "name",
      title: t("adm.name"),
      main: true,
      cell: (a) => (
        <Button type="link" className="plain-link" onClick={() => setChosen(a.id)}>
          {a.name}
        </Button>
      ),
    },
    { key: "login", title: t("adm.login"), cell: (a) => a.login },
    {
      key: "hats",
      title: t("adm.hats"),
      cell: (a) =>
        [...a.parties.map((p) => p.name), ...a.offices.map(office), ...a.roles.map((r) => roleWord(r, t))].join(t("word.and")),
    },
    { key: "state", title: t("adm.state"), cell: (a) => <AccountStanding account={a} /> },
    {
      key: "seen",
      title: t("adm.seen"),
      cell: (a) => (a.last_sign_in ? <Moment at={a.last_sign_in} /> : <span className="muted">{t("adm.never")}</span>),
    },
  ];
  return (
    <>
      {rows.length > 0 && !text && !list.hasNextPage && <FirstSteps accounts={rows} system={system} />}
      <div className="list-tools">
        <SearchBox value={text} label={t("adm.search")} onSearch={setText} />
        {system && (
          <span className="push">
            <Button type="primary" icon={<Icon name="add" />} onClick={() => setMaking(true)}>
              {t("adm.new")}
            </Button>
          </span>
        )}
      </div>
      {list.isError && !list.data ? (
        <Failed error={list.error} again={() => void list.refetch()} />
      ) : !list.data ? (
        <TableBones rows={8} columns={5} />
      ) : rows.length === 0 ? (
        <Empty icon="person" title={t("adm.none")} />
      ) : (
        <>
          <Table name={t("adm.tab.accounts")} rows={rows} columns={columns} rowKey={(a) => a.id} />
          <ListFoot n={rows.length} list={list} />
        </>
      )}
      {open && <AccountDrawer account={open} close={() => setChosen(null)} setLink={setLink} />}
      {making && <NewAccount close={() => setMaking(false)} setLink={setLink} />}
      {link && (
        <Modal
          open
          title={t("adm.link")}
          onCancel={() => setLink(null)}
          footer={<Button onClick={() => setLink(null)}>{t("act.close")}</Button>}
          mask={{ closable: false }}
        >
          <Note status="waiting">
            <p>{t("adm.link.body", { name: link.account.name })}</p>
            <Digest value={new URL(link.link, location.origin).href} short={false} />
          </Note>
        </Modal>
      )}
    </>
  );
}

/** FirstSteps is what a city does first, until it is done: who gives offices, who sits in them, who keeps the register. */
function FirstSteps({ accounts, system }: { accounts: Account[]; system: boolean }) {
  const { t } = useSpeech();
  const held = (role: Role) => accounts.some((a) => a.roles.includes(role) && a.state !== "invited");
  const steps: [Key, boolean][] = [
    ["adm.first.security", held("admin.security")],
    ["adm.first.offices", accounts.some((a) => a.offices.length > 0)],
    ["adm.first.register", held("register")],
    ["adm.first.parties", accounts.some((a) => a.parties.length > 0)],
  ];
  if (steps.every(([, done]) => done)) return null;
  return (
    <Note status="waiting">
      <h3>{t("adm.first")}</h3>
      <ol className="stack-s">
        {steps.map(([key, done], i) => (
          <li key={key} className={done ? "muted" : undefined}>
            {i + 1}. {t(key)} {done && <Icon name="check" />}
          </li>
        ))}
      </ol>
      {!system && <p className="muted">{t("adm.first.who")}</p>}
    </Note>
  );
}

function AccountStanding({ account: a }: { account: Account }) {
  const { t } = useSpeech();
  if (a.state === "invited") return <Standing status="waiting">{t("adm.state.invited")}</Standing>;
  if (a.state === "disabled") return <Standing status="stopped">{t("adm.state.off")}</Standing>;
  if (a.locked)
    return (
      <Standing status="returned" icon="lock">
        {t("adm.state.locked", { time: formatMoment(a.locked) })}
      </Standing>
    );
  return <Standing status="done">{t("adm.state.on")}</Standing>;
}

function useWork() {
  const client = useQueryClient();
  const [refused, setRefused] = useState<Refusal[]>([]);
  const run = async (work: () => Promise<unknown>) => {
    setRefused([]);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ["accounts"] });
      return true;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      setRefused(
        error.refusals.length > 0
          ? error.refusals
          : [{ kind: "unavailable", id: "ui.lost", text: { zh: error.message, en: error.message } }],
      );
      return false;
    }
  };
  return { run, refused };
}

const personField: Field = {
  name: "person",
  title: { zh: messages["adm.person"][0], en: messages["adm.person"][1] },
  type: "party",
  party: "person",
};

function NewAccount({ close, setLink }: { close: () => void; setLink: (l: Link) => void }) {
  const { t } = useSpeech();
  const { run, refused } = useWork();
  const [fields, setFields] = useState({ login: "", name: "", person: "" });
  const create = () =>
    run(async () => {
      setLink(
        await got(
          api.POST("/api/admin/accounts", {
            body: { login: fields.login.trim(), name: fields.name.trim(), person: fields.person || undefined },
          }),
        ),
      );
      close();
    });
  return (
    <Modal
      open
      title={t("adm.new")}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" disabled={!fields.login.trim() || !fields.name.trim()} onClick={() => void create()}>
            {t("adm.create")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Refusals list={refused} />
        <label className="field">
          <span className="field-label">{t("adm.login")}</span>
          <Input value={fields.login} onChange={(e) => setFields({ ...fields, login: e.target.value })} />
        </label>
        <label className="field">
          <span className="field-label">{t("adm.name")}</span>
          <Input value={fields.name} onChange={(e) => setFields({ ...fields, name: e.target.value })} />
        </label>
        <div className="field">
          <label className="field-label" htmlFor="new-person">
            {t("adm.person")}
          </label>
          <PartyControl
            field={personField}
            id="new-person"
            value={fields.person}
            invalid={false}
            onChange={(v) => setFields({ ...fields, person: String(v ?? "") })}
            compact
          />
        </div>
      </div>
    </Modal>
  );
}

function AccountDrawer({ account: a, close, setLink }: { account: Account; close: () => void; setLink: (l: Link) => void }) {
  const { t } = useSpeech();
  const { modal } = App.useApp();
  const actor = useActor();
  const [system, security] = [has(actor, "admin.system"), has(actor, "admin.security")];
  const { run, refused } = useWork();
  const path = { account: a.id };
  const revoke = (body: Grant) =>
    run(() => got(api.POST("/api/admin/accounts/{account}/revocations", { params: { path }, body })));
  const office = useOfficeWord();
  const hats: { key: string; word: string; grant: Grant }[] = [
    ...a.parties.map((p) => ({
      key: p.party,
      word: `${p.name} (${p.role === "owner" ? t("adm.as.owner") : t("adm.as.agent")})`,
      grant: { party: p.party },
    })),
    ...a.offices.map((o) => ({ key: o, word: office(o), grant: { office: o } })),
    ...a.roles.map((r) => ({ key: r, word: roleWord(r, t), grant: { role: r as Role } })),
  ];
  return (
    <Drawer open title={a.name} size={480} onClose={close}>
      <div className="stack-l">
        <Refusals list={refused} />
        <dl className="facts">
          <FactRow label={t("adm.login")}>{a.login}</FactRow>
          <FactRow label={t("adm.state")}>
            <AccountStanding account={a} />
          </FactRow>
          <FactRow label={t("adm.created")}>
            <Moment at={a.created} />
          </FactRow>
        </dl>
        <section className="stack-s" aria-label={t("adm.hats")}>
          <h3>{t("adm.hats")}</h3>
          <ul className="stack-s">
            {hats.map((h) => (
              <li key={h.key} className="spread">
                {h.word}
                {(h.grant.party ? system : security) && (
                  <Button
                    type="text"
                    size="small"
                    aria-label={t("adm.revoke", { hat: h.word })}
                    icon={<Icon name="cross" />}
                    onClick={() => void revoke(h.grant)}
                  />
                )}
              </li>
            ))}
          </ul>
          {(system || security) && (
            <GrantForm
              security={security}
              give={(body) => run(() => got(api.POST("/api/admin/accounts/{account}/grants", { params: { path }, body })))}
            />
          )}
        </section>
        {security && (
          <div className="row">
            {a.locked && (
              <Button onClick={() => void run(() => got(api.POST("/api/admin/accounts/{account}/unlock", { params: { path } })))}>
                {t("adm.unlock")}
              </Button>
            )}
            {a.state === "disabled" ? (
              <Button onClick={() => void run(() => got(api.POST("/api/admin/accounts/{account}/enable", { params: { path } })))}>
                {t("adm.enable")}
              </Button>
            ) : (
              <Button
                danger
                onClick={() =>
                  modal.confirm({
                    title: t("adm.disable.confirm", { name: a.name }),
                    content: t("adm.disable.body"),
                    okText: t("adm.disable"),
                    cancelText: t("act.cancel"),
                    icon: null,
                    onOk: () => run(() => got(api.POST("/api/admin/accounts/{account}/disable", { params: { path } }))),
                  })
                }
              >
                {t("adm.disable")}
              </Button>
            )}
            <Button
              onClick={() =>
                void run(async () => setLink(await got(api.POST("/api/admin/accounts/{account}/reset", { params: { path } }))))
              }
            >
              {t("adm.reset")}
            </Button>
          </div>
        )}
        {!system && !security && <p className="muted">{t("adm.readonly")}</p>}
      </div>
    </Drawer>
  );
}
