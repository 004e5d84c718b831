// The frame around public pages: no rail, larger type, one column to read.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { q } from "../api/queries";
import { Dressed } from "../design/dressed";
import { useSpeech } from "../i18n";
import { useActor } from "./session";
import { Tools, Wordmark } from "./tools";

const places = [
  { to: "/hall", key: "nav.hall" },
  { to: "/hall/catalogue", key: "open.title" },
  { to: "/hall/outside", key: "outside.title" },
  { to: "/hall/policy", key: "nav.policy" },
  { to: "/hall/chains", key: "nav.chains" },
  { to: "/hall/verify", key: "hall.verify" },
] as const;

export function PublicFrame() {
  const { t, tx } = useSpeech();
  const actor = useActor();
  const site = useQuery(q.site());
  const path = useRouterState({ select: (s) => s.location.pathname });
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is current after another path
  useEffect(() => {
    const [row, now] = [nav.current, nav.current?.querySelector<HTMLElement>("[aria-current]")];
    if (row && now) row.scrollLeft = now.offsetLeft - (row.clientWidth - now.clientWidth) / 2;
  }, [path]);
  return (
    <Dressed density="calm">
      <div className="calm">
        <a href="#main" className="skip">
          {t("app.skip")}
        </a>
        <header className="public-head">
          <div>
            <Wordmark to="/hall" />
            <nav aria-label={t("nav.main")} ref={nav}>
              {places.map((p) => (
                <Link
                  key={p.to}
                  to={p.to}
                  activeOptions={{ exact: p.to === "/hall" }}
                  aria-current={
                    path === p.to ||
                    (p.to !== "/hall" && path.startsWith(p.to)) ||
                    (p.to === "/hall/catalogue" && path.startsWith("/hall/records/"))
                      ? "page"
                      : undefined
                  }
                >
                  {t(p.key)}
                </Link>
              ))}
            </nav>
            <div className="tools">
              <Tools />
              <Link to={actor ? "/desk" : "/signin"}>
                <Button tabIndex={-1}>{actor ? t("nav.desk") : t("nav.signIn")}</Button>
              </Link>
            </div>
          </div>
        </header>
        <main id="main" className="public-page" tabIndex={-1}>
          <Outlet />
        </main>
        <footer className="public-foot">
          <div className="stack-s">
            {site.data?.demo && <p>{t("shell.demo")}</p>}
            {site.data && (
              <p>
                {tx(site.data.title)} · {t("hall.pack", { version: site.data.pack_version })} ·{" "}
                <code title={site.data.pack_digest}>{site.data.pack_digest.slice(0, 12)}</code>
              </p>
            )}
          </div>
        </footer>
      </div>
    </Dressed>
  );
}
