// What other cities lay open, found by name and kind, each with the city it is from and the way there.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { q } from "../../api/queries";
import type { Field, Outside, OutsideSource } from "../../api/types";
import { FieldValue, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { ListFoot } from "../../kit/list";
import { Failed } from "../../kit/load";
import { Bones, Empty } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { formatDay, formatMoment } from "../../words/date";
import { clean, SearchBox } from "../cases";

type Search = { q?: string; kind?: string };

export function OutsidePage() {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const sources = useQuery(q.outsideSources());
  const list = useInfiniteQuery(q.outside(search));
  const items = list.data?.pages.flatMap((p) => p.items) ?? [];
  const cities = sources.data ?? [];
  const kinds = new Map(cities.flatMap((s) => s.city.kinds).map((k) => [k.name, k.title]));
  const set = (change: Search) => void navigate({ to: "/hall/outside", search: clean({ ...search, ...change }), replace: true });
  const some = Boolean(search.q || search.kind);
  return (
    <div className="stack-l">
      <PageHead title={t("outside.title")} lead={t("outside.lead")} />
      <div className="stack">
        <SearchBox value={search.q ?? ""} label={t("outside.search")} onSearch={(text) => set({ q: text })} />
        <nav className="tabs" aria-label={t("outside.kind")}>
          {[undefined, "call", ...kinds.keys()].map((k) => (
            <Link key={k ?? ""} to="/hall/outside" search={clean({ ...search, kind: k })} activeOptions={{ exact: true }}>
              {k === undefined ? t("outside.all") : k === "call" ? t("outside.call") : tx(kinds.get(k))}
            </Link>
          ))}
        </nav>
        {list.isError && !list.data ? (
          <Failed error={list.error} again={() => void list.refetch()} />
        ) : !list.data ? (
          <Bones lines={9} height={24} />
        ) : items.length === 0 ? (
          <Empty icon="hall" title={some ? t("outside.none") : t("outside.empty")}>
            {some ? t("outside.none.way") : t("outside.empty.way")}
          </Empty>
        ) : (
          <>
            <ul className="hall-list">
              {items.map((o) => (
                <Entry key={`${o.source} ${o.item.id}`} from={cities.find((s) => s.base === o.source)} of={o} />
              ))}
            </ul>
            <ListFoot n={items.length} list={list} />
          </>
        )}
      </div>
      {cities.length > 0 && <Cities list={cities} />}
    </div>
  );
}

/** said shows a field as its own city says it: the words of its codes came with the field. */
function said(f: OutsideSource["city"]["kinds"][number]["fields"][number]): Field {
  return { ...f, type: f.type === "ref" && f.choices?.length ? "choice" : f.type } as unknown as Field;
}

function Entry({ from, of: { source, item, seen } }: { from: OutsideSource | undefined; of: Outside }) {
  const { t, tx } = useSpeech();
  const kind = from?.city.kinds.find((k) => k.name === item.kind);
  const values = (item.values ?? {}) as Record<string, unknown>;
  const fields = (kind?.fields ?? []).filter((f) => f.name !== kind?.called && f.type !== "rows" && values[f.name] !== undefined);
  const at = `${source}/hall/${item.kind === "call" ? "" : "records/"}${encodeURIComponent(item.id)}`;
  return (
    <li>
      <article className="hall-item">
        <span className="small muted">
          {from ? tx(from.city.title) : source} · {item.kind === "call" ? t("outside.call") : tx(kind?.title)} ·{" "}
          {t("outside.seen", { day: formatDay(seen) })}
        </span>
        <h2>{item.name}</h2>
        <Names.Provider value={item.names ?? {}}>
          <dl className="hall-facts">
            {fields.slice(0, 6).map((f) => (
              <div key={f.name}>
                <dt>{tx(f.title)}</dt>
                <dd>
                  <FieldValue field={said(f)} value={values[f.name]} anonymous />
                </dd>
              </div>
            ))}
          </dl>
        </Names.Provider>
        <p>
          <a href={at} target="_blank" rel="noopener noreferrer">
            {t("outside.at")}
          </a>
        </p>
      </article>
    </li>
  );
}

function Cities({ list }: { list: OutsideSource[] }) {
  const { t, tx } = useSpeech();
  return (
    <section className="stack-s">
      <h2>{t("outside.sources")}</h2>
      <ul>
        {list.map((s) => (
          <li key={s.base}>
            {tx(s.city.title)} <code>{s.base}</code> · {t("outside.items", { n: s.items.toLocaleString("en") })}
            {s.harvested && <> · {t("outside.harvested", { at: formatMoment(s.harvested) })}</>}
            {s.failure && s.failed && <span className="warn"> · {t("outside.failed", { at: formatMoment(s.failed) })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
