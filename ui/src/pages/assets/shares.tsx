import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { api, got } from "../../api/client";
import { RefusedError } from "../../api/refusals";
import type { components } from "../../api/schema";
import { type Key, useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Note } from "../../kit/note";
import { PageHead, Sheet } from "../../kit/page";
import { Refusals, Refused } from "../../kit/refusals";
import { formatMoney, parseMoney } from "../../words/money";
import { formatShare, parseShare } from "../../words/share";
import { DaySlider } from "./day";

type Page = components["schemas"]["SharesPage"];
type Answer = components["schemas"]["ShareAnswer"];
type Stake = components["schemas"]["StakeView"];

/** SharesPage is a company's cap table on any day, its events, and what terms would come to. */
export function SharesPage() {
  const { t } = useSpeech();
  const { id } = useParams({ strict: false }) as { id: string };
  const [on, setOn] = useState("");
  const query = useQuery({
    queryKey: ["shares", id, on],
    queryFn: () => got(api.GET("/api/records/{id}/shares", { params: { path: { id }, query: { on: on || undefined } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Load page query={query}>
      {(p) => (
        <>
          <PageHead title={p.name} back={{ to: "/assets", label: t("assets.title") }} lead={t("shares.title")}>
            {p.whole && (
              <Link to="/assets/funds/$id" params={{ id: p.record }} className="ant-btn">
                {t("book.open")}
              </Link>
            )}
            {p.whole && (
              <a className="ant-btn" href={`/api/records/${p.record}/shares/ocf`} download>
                {t("shares.ocf")}
              </a>
            )}
          </PageHead>
          <div className="stack">
            <Table page={p} on={on} go={setOn} />
            {p.whole && p.total > 0 && <Trial id={p.record} />}
            {p.whole && <Events page={p} />}
          </div>
        </>
      )}
    </Load>
  );
}

function Table({ page, on, go }: { page: Page; on: string; go: (day: string) => void }) {
  const { t } = useSpeech();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return (
    <Sheet title={`${t("shares.title")}（${page.on}）`} id="table">
      <div className="stack">
        <DaySlider days={page.history.map((e) => e.day)} today={today} on={on || page.on} go={go} />
        {page.total === 0 ? (
          <p className="muted">{t("shares.none")}</p>
        ) : (
          <>
            <dl className="numbers">
              <div>
                <dt>{t("shares.total")}</dt>
                <dd>{page.total.toLocaleString("zh-CN")}</dd>
              </div>
              <div>
                <dt>{t("shares.pool")}</dt>
                <dd>{page.pool.toLocaleString("zh-CN")}</dd>
              </div>
            </dl>
            <Stakes list={page.holders} />
          </>
        )}
      </div>
    </Sheet>
  );
}

function Stakes({ list, was }: { list: Stake[]; was?: Stake[] }) {
  const { t } = useSpeech();
  return (
    <table className="table-plain">
      <thead>
        <tr>
          <th scope="col">{t("shares.holder")}</th>
          <th scope="col" className="num">
            {t("shares.count")}
          </th>
          {was && (
            <th scope="col" className="num">
              {t("shares.before")}
            </th>
          )}
          <th scope="col" className="num">
            {was ? t("shares.after") : t("shares.stake")}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((h) => (
          <tr key={h.party}>
            <td>
              {h.name}
              {h.frozen && <span className="muted small">（{t("shares.frozen")}）</span>}
            </td>
            <td className="num">{h.shares.toLocaleString("zh-CN")}</td>
            {was && <td className="num muted">{formatShare(was.find((w) => w.party === h.party)?.stake ?? 0)}</td>}
            <td className="num">{formatShare(h.stake)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trial({ id }: { id: string }) {
  const { t, tx } = useSpeech();
  const sets = useQuery({ queryKey: ["parameter-sets"], queryFn: () => got(api.GET("/api/parameter-sets")) });
  const [typed, setTyped] = useState({
    principal: "200万元",
    pre: "3000万元",
    raise: "0元",
    discount: "0%",
    rate: "3%",
    set: "",
  });
  const [bad, setBad] = useState(false);
  const answers = useMutation({
    mutationFn: (m: { principal: number; pre: number; raise: number; discount: number; rate: number }) => {
      const chosen = (sets.data ?? []).filter((s) => typed.set === "" || s.name === typed.set);
      const plain = { ...m, cap: 0, not_largest: false, floor: 0, trim: false };
      return got(
        api.POST("/api/records/{id}/shares/try", {
          params: { path: { id } },
          body: { party: "", futures: chosen.map((s) => ({ ...plain, name: tx(s.title), set: s.name })) },
        }),
      );
    },
  });
  const field = (key: "principal" | "pre" | "raise" | "discount" | "rate") => (
    <label className="stack-s">
      <span className="small">{t(`shares.${key}`)}</span>
      <Input value={typed[key]} onChange={(e) => setTyped({ ...typed, [key]: e.target.value })} />
    </label>
  );
  const go = () => {
    const read = [typed.principal, typed.pre, typed.raise].map((x) => parseMoney(x));
    const parts = [typed.discount, typed.rate].map((x) => parseShare(x));
    const ok = read.every((r) => "fen" in r) && parts.every((r) => r !== null);
    setBad(!ok);
    const [principal, pre, raise] = read.map((r) => ("fen" in r ? r.fen : 0));
    const [discount, rate] = parts;
    if (ok)
      answers.mutate({
        principal: principal ?? 0,
        pre: pre ?? 0,
        raise: raise ?? 0,
        discount: discount ?? 0,
        rate: rate ?? 0,
      });
  };
  return (
    <Sheet title={t("shares.try")} id="try">
      <div className="stack">
        <p className="muted">{t("shares.try.lead")}</p>
        <form
          className="row"
          style={{ alignItems: "flex-end", flexWrap: "wrap" }}
          onSubmit={(e) => {
            e.preventDefault();
            go();
          }}
        >
          {field("principal")}
          {field("pre")}
          {field("raise")}
          {field("discount")}
          {field("rate")}
          <div className="stack-s">
            <label className="small" htmlFor="try-set">
              {t("shares.set")}
            </label>
            <Select
              id="try-set"
              style={{ minWidth: 240 }}
              value={typed.set}
              onChange={(set) => setTyped({ ...typed, set })}
              options={[
                { value: "", label: t("shares.set.all") },
                ...(sets.data ?? []).map((s) => ({ value: s.name, label: tx(s.title) })),
              ]}
            />
          </div>
          <Button type="primary" htmlType="submit" loading={answers.isPending}>
            {t("shares.go")}
          </Button>
        </form>
        {bad && <Note status="returned">{t("shares.bad")}</Note>}
        {answers.error instanceof RefusedError && <Refusals list={answers.error.refusals} />}
        {answers.data?.map((a) => (
          <Outcome key={a.name} answer={a} />
        ))}
      </div>
    </Sheet>
  );
}

function Outcome({ answer }: { answer: Answer }) {
  const { t, tx, lang } = useSpeech();
  return (
    <section className="stack-s">
      <h3>{answer.name}</h3>
      {answer.refused.length > 0 ? (
        <Note status="returned">
          {answer.refused.map((r, i) => (
            <p key={i}>
              <Refused reason={r} />
            </p>
          ))}
        </Note>
      ) : (
        <>
          <p>
            {t("shares.gets", { n: answer.shares.toLocaleString("zh-CN"), stake: formatShare(answer.stake) })}
            {" · "}
            {t("shares.bound", { what: tx(answer.bound) })}
            {answer.left > 0 && ` · ${t("shares.left", { n: formatMoney(answer.left, lang) })}`}
          </p>
          <Stakes list={answer.after} was={answer.before} />
          {answer.buy_back.length > 0 && <BuyBack bands={answer.buy_back} />}
        </>
      )}
    </section>
  );
}

/** BuyBack is what all of the new shares would cost the team, by spans of years. */
function BuyBack({ bands }: { bands: Answer["buy_back"] }) {
  const { t, lang } = useSpeech();
  return (
    <table className="table-plain">
      <caption>{t("shares.buy")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("shares.buy.span")}</th>
          <th scope="col" className="num">
            {t("shares.buy.price")}
          </th>
        </tr>
      </thead>
      <tbody>
        {bands.map((b) => (
          <tr key={b.from}>
            <td>{b.until ? t("shares.buy.until", { from: b.from, until: b.until }) : t("shares.buy.after", { from: b.from })}</td>
            <td className="num">
              {b.market
                ? t("shares.buy.market")
                : b.first === b.last
                  ? formatMoney(b.first, lang)
                  : t("shares.buy.rises", { first: formatMoney(b.first, lang), last: formatMoney(b.last, lang) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Events({ page }: { page: Page }) {
  const { t, lang } = useSpeech();
  if (page.history.length === 0) return null;
  return (
    <Sheet title={t("shares.history")} id="events">
      <ol className="stack-s">
        {[...page.history].reverse().map((e, i) => (
          <li key={i}>
            <time dateTime={e.day} className="muted nowrap">
              {e.day}
            </time>{" "}
            <span className="strong">
              {t(`shares.k.${e.kind}` as Key)}
              {e.name ? ` ${e.name}` : ""}
            </span>{" "}
            {e.moves.map((m) => `${m.from ? `${m.from} → ` : ""}${m.to ?? ""} ${m.amount.toLocaleString("zh-CN")}`).join("；")}
            {e.of?.join("、")}
            {e.valuation ? (
              <>
                {" · "}
                {t("shares.pre")} <Money fen={e.valuation} />
              </>
            ) : null}
            {e.state > 0 && ` · ${t("shares.state", { n: formatMoney(e.state, lang) })}`}
            {e.social > 0 && ` · ${t("shares.social", { n: formatMoney(e.social, lang) })}`}{" "}
            {e.case && <Link to={`/cases/${e.case}` as string}>{t("rights.case")}</Link>}
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
