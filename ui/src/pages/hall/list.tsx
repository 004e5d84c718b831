import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { Field, HallItem, Mechanism } from "../../api/types";
import { FieldValue } from "../../form/show";
import { type Key, useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { Due } from "../../kit/figures";
import { ListFoot } from "../../kit/list";
import { Failed } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Standing, standingOf } from "../../kit/standing";
import { formatLastDay } from "../../words/date";
import { clean, SearchBox } from "../cases";
import { Welcome } from "./welcome";

type Kind = "open" | "notice" | "result" | "all";
const kinds: Kind[] = ["all", "open", "notice", "result"];

export function HallPage() {
  const { t } = useSpeech();
  const search = useSearch({ strict: false }) as { q?: string; kind?: Kind };
  const navigate = useNavigate();
  const kind = search.kind ?? "all";
  const list = useInfiniteQuery(q.hall({ q: search.q, kind }));
  const items = list.data?.pages.flatMap((p) => p.items) ?? [];
  const names = Array.from(new Set(items.map((i) => i.mechanism.name)));
  const mechanisms = useQueries({ queries: names.map((n) => q.mechanism(n)) });
  const byName = new Map(names.map((n, i) => [n, mechanisms[i]?.data]));
  const set = (change: { q?: string; kind?: Kind }) =>
    void navigate({ to: "/hall", search: clean({ ...search, ...change }), replace: true });

  return (
    <div className="stack-l">
      <PageHead title={t("hall.title")} lead={t("hall.lead")} />
      {kind === "all" && !search.q && <Welcome />}
      <div className="stack">
        <SearchBox value={search.q ?? ""} label={t("hall.search")} onSearch={(text) => set({ q: text })} />
        <nav className="tabs" aria-label={t("hall.kind")}>
          {kinds.map((k) => (
            <Link
              key={k}
              to="/hall"
              search={clean({ ...search, kind: k === "all" ? undefined : k })}
              activeOptions={{ exact: true }}
              aria-current={k === kind ? "true" : undefined}
            >
              {t(`hall.kind.${k}`)}
            </Link>
          ))}
        </nav>
        {list.isError && !list.data ? (
          <Failed error={list.error} again={() => void list.refetch()} />
        ) : !list.data ? (
          <Bones lines={9} height={24} />
        ) : items.length === 0 ? (
          <Empty icon="hall" title={search.q || kind !== "all" ? t("hall.none") : t("hall.empty")}>
            {search.q || kind !== "all" ? t("hall.none.way") : t("hall.empty.way")}
          </Empty>
        ) : (
          <>
            {sections(items, kind === "all").map((s) => (
              <section key={s.kind} className="hall-section" aria-label={t(kindWord(s.kind))}>
                {kind === "all" && <h2>{t(kindWord(s.kind))}</h2>}
                <ul className="hall-list">
                  {s.items.map((i) => (
                    <HallEntry key={i.case} item={i} mechanism={byName.get(i.mechanism.name)} />
                  ))}
                </ul>
              </section>
            ))}
            <ListFoot n={items.length} list={list} />
          </>
        )}
      </div>
    </div>
  );
}

const order = ["open", "notice", "other", "result"];

const kindWord = (kind: string) => (`hall.kind.${kind}` in messages ? `hall.kind.${kind}` : "hall.kind.other") as Key;

/** sections puts first what a reader can still take part in: calls, then notices, then what is under way and what came of it. */
export function sections(items: HallItem[], apart: boolean): { kind: string; items: HallItem[] }[] {
  if (!apart) return [{ kind: "all", items }];
  const known = (i: HallItem) => (order.includes(i.kind) ? i.kind : "other");
  return order.map((kind) => ({ kind, items: items.filter((i) => known(i) === kind) })).filter((s) => s.items.length > 0);
}

/** headlineFields are the few public fields that tell most: an amount, a date and a code, each as the last form that shows one says it. */
function headlineFields(item: HallItem, mechanism: Mechanism | undefined): { path: string; field: Field }[] {
  const found = new Map<string, { path: string; field: Field }>();
  const closes = item.due ? formatLastDay(item.due) : "";
  for (const form of mechanism?.forms ?? []) {
    for (const field of form.fields) {
      const path = `${form.name}.${field.name}`;
      const value = item.fields[path];
      if (["money", "date", "ref"].includes(field.type) && value !== undefined && value !== closes)
        found.set(field.type, { path, field });
    }
  }
  return ["ref", "money", "date"].flatMap((type) => found.get(type) ?? []);
}

function HallEntry({ item, mechanism }: { item: HallItem; mechanism: Mechanism | undefined }) {
  const { t, tx } = useSpeech();
  return (
    <li>
      <article className="hall-item">
        <div className="row">
          <Standing status={standingOf(item.state)}>{tx(item.state.title)}</Standing>
          <span className="small muted">{tx(item.mechanism.title)}</span>
        </div>
        <h3>
          <Link to="/hall/$id" params={{ id: item.case }}>
            {item.title}
          </Link>
        </h3>
        <dl className={mechanism ? "hall-facts" : "hall-facts hall-facts-coming"}>
          {headlineFields(item, mechanism).map(({ path, field }) => (
            <div key={path}>
              <dt>{tx(field.title)}</dt>
              <dd>
                <FieldValue field={field} value={item.fields[path]} anonymous />
              </dd>
            </div>
          ))}
          {item.due && (
            <div>
              <dt>{item.kind === "notice" ? t("hall.notice.to") : item.kind === "open" ? t("hall.close") : t("col.due")}</dt>
              <dd>
                <Due at={item.due} workdays={item.workdays} />
              </dd>
            </div>
          )}
        </dl>
      </article>
    </li>
  );
}
