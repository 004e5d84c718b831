import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { q, type What } from "../../api/queries";
import { useSpeech } from "../../i18n";
import { Load } from "../../kit/load";
import { Bones, Empty, Note } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { clean, SearchBox } from "../cases";
import { Hits } from "./hits";

const whats: What[] = ["all", "case", "record", "party", "policy"];
const step = 30;

/** FindPage shows everything that a query finds, in one order or narrowed to one sort of thing. */
export function FindPage() {
  const { t, tx } = useSpeech();
  const search = useSearch({ strict: false }) as { q?: string; what?: What };
  const navigate = useNavigate();
  const [limit, setLimit] = useState(step);
  const what = search.what ?? "all";
  const text = search.q ?? "";
  const found = useQuery(q.search({ q: text, what, limit }));
  return (
    <>
      <PageHead title={t("find.title")} lead={t("find.lead")} />
      <div className="stack">
        <SearchBox
          value={text}
          label={t("find.label")}
          onSearch={(next) => {
            setLimit(step);
            void navigate({ to: "/search", search: clean({ ...search, q: next }), replace: true });
          }}
        />
        <nav className="tabs" aria-label={t("find.kinds")}>
          {whats.map((w) => (
            <Link
              key={w}
              to="/search"
              search={clean({ ...search, what: w === "all" ? undefined : w })}
              activeOptions={{ exact: true }}
              aria-current={w === what ? "true" : undefined}
              onClick={() => setLimit(step)}
            >
              {t(`find.what.${w}`)}
            </Link>
          ))}
        </nav>
        {text.trim() === "" ? (
          <Empty icon="search" title={t("find.empty")} />
        ) : (
          <Load query={found} bones={<Bones lines={8} height={24} />}>
            {(answer) => (
              <>
                {answer.building && <Note status="running">{t("find.building")}</Note>}
                {answer.notes.map((n) => (
                  <Note key={n.zh} status="waiting">
                    {tx(n)}
                  </Note>
                ))}
                <section className="sheet" aria-label={t("find.title")}>
                  {answer.hits.length === 0 ? (
                    <Empty icon="search" title={t("find.none")}>
                      {t("find.none.way")}
                    </Empty>
                  ) : (
                    <Hits hits={answer.hits} />
                  )}
                </section>
                {answer.more && limit < 200 && (
                  <div>
                    <Button loading={found.isFetching} onClick={() => setLimit(Math.min(200, limit + step))}>
                      {t("find.more")}
                    </Button>
                  </div>
                )}
              </>
            )}
          </Load>
        )}
      </div>
    </>
  );
}
