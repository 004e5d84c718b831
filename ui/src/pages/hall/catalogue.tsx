// The open catalogue: public records by kind, for everyone, to look through and to take away.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Dropdown, Select } from "antd";
import { q } from "../../api/queries";
import type { CatalogueKind, Field, CataloguePage as Page } from "../../api/types";
import { Icon } from "../../design/icons";
import { FieldValue, Names } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { clean, SearchBox } from "../cases";
import { Marked } from "../find/hits";

export function CataloguePage() {
  const { t, tx } = useSpeech();
  const kinds = useQuery(q.catalogue());
  return (
    <div className="stack-l">
      <PageHead title={t("open.title")} lead={t("open.lead")} />
      <Load query={kinds} bones={<Bones lines={8} height={32} />}>
        {(list) => (
          <>
            <OpenKinds list={list} />
            {list.some((k) => k.count === 0) && (
              <p className="muted">
                {t("open.yet")}
                {list
                  .filter((k) => k.count === 0)
                  .map((k) => tx(k.title))
                  .join(t("word.and"))}
              </p>
            )}
          </>
        )}
      </Load>
    </div>
  );
}

/** OpenKinds leads to what is public of each kind, the most first; `most` of them at most. */
export function OpenKinds({ list, most }: { list: CatalogueKind[]; most?: number }) {
  const { t, tx } = useSpeech();
  const some = list.filter((k) => k.count > 0).sort((a, b) => b.count - a.count);
  return (
    <ul className="open-kinds">
      {some.slice(0, most).map((k) => (
        <li key={k.name}>
          <Link to="/hall/catalogue/$kind" params={{ kind: k.name }}>
            <span className="strong">{tx(k.title)}</span>
            <span className="small muted">{t("open.count", { n: k.count.toLocaleString("en") })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Search = { q?: string; skip?: number };
const size = 30;

export function CatalogueOfPage() {
  const { t, tx } = useSpeech();
  const { kind: name } = useParams({ strict: false }) as { kind: string };
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const kinds = useQuery(q.catalogue());
  const page = useQuery(q.catalogueOf(name, search));
  const kind = kinds.data?.find((k) => k.name === name);
  const title = kind ? tx(kind.title) : t("open.title");
  const set = (change: Search) =>
    void navigate({ to: `/hall/catalogue/${name}`, search: clean({ ...search, skip: undefined, ...change }), replace: true });
  return (
    <div className="stack-l">
      <PageHead title={title} back={{ to: "/hall/catalogue", label: t("open.title") }}>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: (["csv", "json"] as const).map((f) => ({
              key: f,
              label: (
                <a
                  href={`/api/hall/catalogue/${name}/download.${f}${search.q ? `?q=${encodeURIComponent(search.q)}` : ""}`}
                  download
                >
                  {t(`open.download.${f}`)}
                </a>
              ),
            })),
          }}
        >
          <Button icon={<Icon name="down" />}>{t("open.download")}</Button>
        </Dropdown>
      </PageHead>
      <div className="stack">
        <SearchBox value={search.q ?? ""} label={t("open.search", { kind: title })} onSearch={(text) => set({ q: text })} />
        {kind && <Filters kind={kind} text={search.q ?? ""} set={(text) => set({ q: text })} />}
        <Load query={page} bones={<Bones lines={9} height={24} />}>
          {(data) => (
            <>
              {data.notes.map((n) => (
                <Note key={n.zh} status="waiting">
                  {tx(n)}
                </Note>
              ))}
              {data.items.length === 0 ? (
                <Empty icon="hall" title={search.q ? t("open.none") : t("open.empty")}>
                  {search.q ? t("find.none.way") : undefined}
                </Empty>
              ) : (
                <Names.Provider value={data.names}>
                  <Items data={data} kind={kind} />
                </Names.Provider>
              )}
              <div className="row">
                {(search.skip ?? 0) > 0 && (
                  <Button onClick={() => set({ skip: Math.max(0, (search.skip ?? 0) - size) })}>{t("open.prev")}</Button>
                )}
                {data.more && <Button onClick={() => set({ skip: (search.skip ?? 0) + size })}>{t("open.next")}</Button>}
              </div>
            </>
          )}
        </Load>
      </div>
    </div>
  );
}

const filtered = 4;

/** Filters are the kind's own choices; choosing one writes a condition into the query, where everybody can read and change it. */
function Filters({ kind, text, set }: { kind: CatalogueKind; text: string; set: (text: string) => void }) {
  const { t, tx } = useSpeech();
  const fields = (kind.fields as unknown as Field[]).filter(
    (f) => (f.type === "choice" || f.type === "ref") && (f.choices?.length ?? 0) > 1,
  );
  if (fields.length === 0) return null;
  const words = text.split(/\s+/).filter(Boolean);
  return (
    <div className="row">
      {fields.slice(0, filtered).map((f) => {
        const name = f.title.zh;
        const at = words.find((w) => w.startsWith(`${name}:`));
        return (
          <Select
            key={f.name}
            aria-label={tx(f.title)}
            style={{ minWidth: 144 }}
            showSearch={{ optionFilterProp: "label" }}
            value={at?.slice(name.length + 1) ?? ""}
            options={[
              { value: "", label: `${tx(f.title)}：${t("open.any")}` },
              ...(f.choices ?? []).map((c) => ({ value: c.title.zh.replace(/\s+/g, ""), label: tx(c.title) })),
            ]}
            onChange={(v: string) =>
              set([...words.filter((w) => !w.startsWith(`${name}:`)), ...(v ? [`${name}:${v}`] : [])].join(" "))
            }
          />
        );
      })}
    </div>
  );
}

function Items({ data, kind }: { data: Page; kind: CatalogueKind | undefined }) {
  const { tx } = useSpeech();
  const fields = ((kind?.fields ?? []) as unknown as Field[]).filter((f) => f.name !== kind?.called);
  return (
    <ul className="hall-list">
      {data.items.map((item) => {
        const values = item.values as Record<string, unknown>;
        const told = fields.filter((f) => f.name in values && !(f.type === "text" && (f.max ?? 2000) > 80)).slice(0, 5);
        return (
          <li key={item.id}>
            <article className="hall-item">
              <h2>
                <Link to="/hall/records/$id" params={{ id: item.id }}>
                  <Marked text={item.name} marks={item.marks} />
                </Link>
              </h2>
              <dl className="hall-facts">
                {told.map((f) => (
                  <div key={f.name}>
                    <dt>{tx(f.title)}</dt>
                    <dd>
                      <FieldValue field={f} value={values[f.name]} anonymous />
                    </dd>
                  </div>
                ))}
              </dl>
            </article>
          </li>
        );
      })}
    </ul>
  );
}
