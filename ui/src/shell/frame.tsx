// The frame around officer pages: places at the left, search and tools on top, the page.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Button, Drawer, Dropdown, Progress } from "antd";
import { useState } from "react";
import { q } from "../api/queries";
import type { Actor } from "../api/types";
import { Icon, type IconName } from "../design/icons";
import { type Key, useSpeech } from "../i18n";
import { Keys } from "./keys";
import { Search } from "./search";
import { has, Private, useActor, useSignOut } from "./session";
import { Tools, Wordmark } from "./tools";

type Place = { to: string; key: Key; icon: IconName; shown?: (actor: Actor) => boolean };

const inBureau = (a: Actor) => (a.offices ?? []).some((o) => o.startsWith("bureau."));

const places: Place[] = [
  { to: "/desk", key: "nav.desk", icon: "desk" },
  { to: "/cases", key: "nav.cases", icon: "case" },
  { to: "/reviews", key: "nav.reviews", icon: "pen", shown: (a) => Boolean(a.person) },
  { to: "/panels", key: "nav.panels", icon: "panel", shown: (a) => has(a, "auditor") || (a.offices ?? []).length > 0 },
  { to: "/register", key: "nav.register", icon: "register" },
  { to: "/match", key: "nav.match", icon: "match" },
  { to: "/chains", key: "nav.chains", icon: "chain" },
  { to: "/assets", key: "nav.assets", icon: "pie" },
  {
    to: "/money",
    key: "nav.money",
    icon: "money",
    shown: (a) => has(a, "finance", "auditor", "admin.audit") || inBureau(a),
  },
  {
    to: "/figures",
    key: "nav.figures",
    icon: "chart",
    shown: (a) => has(a, "statistics", "finance", "auditor", "admin.audit") || inBureau(a),
  },
  {
    to: "/portfolio",
    key: "nav.portfolio",
    icon: "scales",
    shown: (a) => has(a, "finance", "auditor", "policy") || inBureau(a),
  },
  { to: "/policy", key: "nav.policy", icon: "book" },
  { to: "/journal", key: "nav.journal", icon: "seal" },
  { to: "/hall", key: "nav.hall", icon: "hall" },
  {
    to: "/admin",
    key: "nav.admin",
    icon: "gear",
    shown: (a) => has(a, "admin.system", "admin.security", "admin.audit"),
  },
];

function Rail({ inDrawer, go }: { inDrawer?: boolean; go?: () => void }) {
  const { t } = useSpeech();
  const actor = useActor();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const desk = useQuery({ ...q.desk(), enabled: actor !== null });
  const waiting = (desk.data?.waiting.length ?? 0) + (desk.data?.taxes?.length ?? 0);
  return (
    <aside className={inDrawer ? "rail in-drawer" : "rail"} aria-label={t("app.name")}>
      <Wordmark to="/desk" />
      <nav aria-label={t("nav.main")}>
        {places
          .filter((p) => actor && (p.shown?.(actor) ?? true))
          .map((p) => (
            <Link
              key={p.to}
              to={p.to}
              onClick={go}
              aria-current={path === p.to || path.startsWith(`${p.to}/`) ? "page" : undefined}
            >
              <Icon name={p.icon} />
              {t(p.key)}
              {p.to === "/desk" && waiting > 0 && <span className="count">{waiting}</span>}
            </Link>
          ))}
      </nav>
      <Demo />
    </aside>
  );
}

function Demo() {
  const { t, tx } = useSpeech();
  const site = useQuery({ ...q.site(), refetchInterval: (s) => (s.state.data?.growing ? 3_000 : false) });
  if (!site.data?.demo) return null;
  const growing = site.data.growing;
  return (
    <footer className="small muted">
      {t("shell.demo")}
      {growing && (
        <div role="status">
          {t("shell.growing", { what: tx(growing.what) })}
          <Progress percent={growing.percent} size="small" />
        </div>
      )}
    </footer>
  );
}

function Person() {
  const { t } = useSpeech();
  const actor = useActor();
  const navigate = useNavigate();
  const signOut = useSignOut();
  if (!actor) return null;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "me", label: t("nav.me"), icon: <Icon name="person" />, onClick: () => void navigate({ to: "/me" }) },
          { key: "out", label: t("nav.signOut"), icon: <Icon name="out" />, onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" aria-label={actor.name} icon={<Icon name="person" />}>
        <span className="person-name">{actor.name}</span>
      </Button>
    </Dropdown>
  );
}

export function OfficerFrame() {
  const { t } = useSpeech();
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  return (
    <Private>
      <a href="#main" className="skip">
        {t("app.skip")}
      </a>
      <div className="frame dense">
        <Rail />
        <div>
          <header className="topbar">
            <Button
              className="menu-button"
              type="text"
              aria-label={t("nav.menu")}
              icon={<Icon name="menu" />}
              onClick={() => setMenu(true)}
            />
            <Search />
            <div className="tools">
              <Tools />
              <Button type="text" aria-label={t("shell.help")} icon={<Icon name="help" />} onClick={() => setHelp(true)} />
              <Person />
            </div>
          </header>
          <main id="main" className="page" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
      <Drawer
        placement="left"
        size={256}
        open={menu}
        onClose={() => setMenu(false)}
        styles={{ body: { padding: 0 } }}
        title={t("nav.main")}
      >
        <Rail inDrawer go={() => setMenu(false)} />
      </Drawer>
      <Keys open={help} setOpen={setHelp} />
    </Private>
  );
}
