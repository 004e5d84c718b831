// Every address of the interface. Pages are loaded when they are first opened, so that the first page comes fast.
import type { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { loading } from "./api/client";
import { q } from "./api/queries";
import { Bones } from "./kit/note";
import { Crashed, Nowhere } from "./shell/crash";
import { OfficerFrame } from "./shell/frame";
import { PublicFrame } from "./shell/public";

export function makeRouter(client: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: Nowhere });
  const officer = createRoute({
    getParentRoute: () => root,
    id: "officer",
    component: OfficerFrame,
    // Whoever is not signed in is asked to, and comes back. Without an answer the page opens and says that it could not be read.
    beforeLoad: async ({ location }) => {
      const session = await client.ensureQueryData(q.session()).catch(() => null);
      if (session && !session.signed_in) throw redirect({ to: "/signin", search: { next: location.href } });
    },
  });
  const open = createRoute({ getParentRoute: () => root, id: "public", component: PublicFrame });

  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: async () => {
      const session = await client.ensureQueryData(q.session()).catch(() => null);
      throw redirect({ to: session?.signed_in ? "/desk" : "/hall" });
    },
  });
  const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({ getParentRoute: () => officer, path, component });
  const publicPage = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({ getParentRoute: () => open, path, component });

  const tree = root.addChildren([
    home,
    createRoute({
      getParentRoute: () => root,
      path: "/signin",
      component: lazyRouteComponent(() => loading(() => import("./pages/signin")), "SignInPage"),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "/setup/$token",
      component: lazyRouteComponent(() => loading(() => import("./pages/setup")), "SetupPage"),
    }),
    officer.addChildren([
      page(
        "/desk",
        lazyRouteComponent(() => loading(() => import("./pages/desk")), "DeskPage"),
      ),
      page(
        "/bench",
        lazyRouteComponent(() => loading(() => import("./pages/bench")), "BenchPage"),
      ),
      page(
        "/cases",
        lazyRouteComponent(() => loading(() => import("./pages/cases")), "CasesPage"),
      ),
      page(
        "/cases/new",
        lazyRouteComponent(() => loading(() => import("./pages/new-case")), "NewCasePage"),
      ),
      page(
        "/cases/$id",
        lazyRouteComponent(() => loading(() => import("./pages/case/page")), "CasePage"),
      ),
      page(
        "/cases/$id/do/$step",
        lazyRouteComponent(() => loading(() => import("./pages/case/step")), "StepPage"),
      ),
      page(
        "/cases/$id/marks",
        lazyRouteComponent(() => loading(() => import("./pages/case/marks")), "MarksPage"),
      ),
      page(
        "/cases/$id/thread",
        lazyRouteComponent(() => loading(() => import("./pages/thread/page")), "ThreadPage"),
      ),
      page(
        "/chains",
        lazyRouteComponent(() => loading(() => import("./pages/chain/page")), "ChainsPage"),
      ),
      page(
        "/match",
        lazyRouteComponent(() => loading(() => import("./pages/match")), "MatchPage"),
      ),
      page(
        "/search",
        lazyRouteComponent(() => loading(() => import("./pages/find/page")), "FindPage"),
      ),
      page(
        "/register",
        lazyRouteComponent(() => loading(() => import("./pages/register/list")), "RegisterPage"),
      ),
      page(
        "/register/new",
        lazyRouteComponent(() => loading(() => import("./pages/register/edit")), "EditPartyPage"),
      ),
      page(
        "/register/import",
        lazyRouteComponent(() => loading(() => import("./pages/register/import")), "ImportPage"),
      ),
      page(
        "/register/records",
        lazyRouteComponent(() => loading(() => import("./pages/register/records")), "RecordsPage"),
      ),
      page(
        "/register/records/new",
        lazyRouteComponent(() => loading(() => import("./pages/register/record-edit")), "NewRecordPage"),
      ),
      page(
        "/register/records/$id/edit",
        lazyRouteComponent(() => loading(() => import("./pages/register/record-edit")), "EditRecordPage"),
      ),
      page(
        "/register/handed/new",
        lazyRouteComponent(() => loading(() => import("./pages/register/hand-in")), "HandInPage"),
      ),
      page(
        "/register/handed/$id/edit",
        lazyRouteComponent(() => loading(() => import("./pages/register/hand-in")), "HandInAnewPage"),
      ),
      page(
        "/register/handed/$id",
        lazyRouteComponent(() => loading(() => import("./pages/register/handed")), "HandedPage"),
      ),
      page(
        "/register/work",
        lazyRouteComponent(() => loading(() => import("./pages/register/work")), "WorkPage"),
      ),
      page(
        "/register/merge",
        lazyRouteComponent(() => loading(() => import("./pages/register/merge")), "MergePage"),
      ),
      page(
        "/register/records/$id",
        lazyRouteComponent(() => loading(() => import("./pages/register/record")), "RecordPage"),
      ),
      page(
        "/register/$id",
        lazyRouteComponent(() => loading(() => import("./pages/register/party")), "PartyPage"),
      ),
      page(
        "/register/$id/edit",
        lazyRouteComponent(() => loading(() => import("./pages/register/edit")), "EditPartyPage"),
      ),
      page(
        "/panels",
        lazyRouteComponent(() => loading(() => import("./pages/panels/list")), "PanelsPage"),
      ),
      page(
        "/panels/assign",
        lazyRouteComponent(() => loading(() => import("./pages/panels/assign")), "AssignPage"),
      ),
      page(
        "/panels/meeting",
        lazyRouteComponent(() => loading(() => import("./pages/panels/meeting")), "MeetingPage"),
      ),
      page(
        "/panels/replay",
        lazyRouteComponent(() => loading(() => import("./pages/panels/replay-page")), "ReplayPage"),
      ),
      page(
        "/panels/$id",
        lazyRouteComponent(() => loading(() => import("./pages/panels/panel")), "PanelPage"),
      ),
      page(
        "/reviews",
        lazyRouteComponent(() => loading(() => import("./pages/panels/reviews")), "ReviewsPage"),
      ),
      page(
        "/portfolio",
        lazyRouteComponent(() => loading(() => import("./pages/portfolio/page")), "PortfolioPage"),
      ),
      page(
        "/policy",
        lazyRouteComponent(() => loading(() => import("./pages/policy/list")), "PolicyPage"),
      ),
      page(
        "/policy/edit",
        lazyRouteComponent(() => loading(() => import("./pages/policy/edit")), "EditPolicyPage"),
      ),
      page(
        "/policy/editions/$id",
        lazyRouteComponent(() => loading(() => import("./pages/policy/editions")), "EditionPage"),
      ),
      page(
        "/policy/$name",
        lazyRouteComponent(() => loading(() => import("./pages/policy/mechanism")), "MechanismPage"),
      ),
      page(
        "/journal",
        lazyRouteComponent(() => loading(() => import("./pages/journal")), "JournalPage"),
      ),
      page(
        "/assets",
        lazyRouteComponent(() => loading(() => import("./pages/assets/list")), "AssetsPage"),
      ),
      page(
        "/assets/rights/$id",
        lazyRouteComponent(() => loading(() => import("./pages/assets/rights")), "RightsPage"),
      ),
      page(
        "/assets/shares/$id",
        lazyRouteComponent(() => loading(() => import("./pages/assets/shares")), "SharesPage"),
      ),
      page(
        "/assets/funds/$id",
        lazyRouteComponent(() => loading(() => import("./pages/assets/fund")), "FundBookPage"),
      ),
      page(
        "/money/fees",
        lazyRouteComponent(() => loading(() => import("./pages/fees")), "FeesPage"),
      ),
      page(
        "/money",
        lazyRouteComponent(() => loading(() => import("./pages/money")), "MoneyPage"),
      ),
      page(
        "/figures",
        lazyRouteComponent(() => loading(() => import("./pages/figures/cockpit")), "CockpitPage"),
      ),
      page(
        "/figures/brief",
        lazyRouteComponent(() => loading(() => import("./pages/figures/brief")), "BriefPage"),
      ),
      page(
        "/figures/series",
        lazyRouteComponent(() => loading(() => import("./pages/figures/series")), "SeriesPage"),
      ),
      page(
        "/figures/$name",
        lazyRouteComponent(() => loading(() => import("./pages/figures/figure")), "FigurePage"),
      ),
      page(
        "/admin",
        lazyRouteComponent(() => loading(() => import("./pages/admin/page")), "AdminPage"),
      ),
      page(
        "/me",
        lazyRouteComponent(() => loading(() => import("./pages/me")), "MePage"),
      ),
    ]),
    open.addChildren([
      publicPage(
        "/hall",
        lazyRouteComponent(() => loading(() => import("./pages/hall/list")), "HallPage"),
      ),
      publicPage(
        "/hall/policy",
        lazyRouteComponent(() => loading(() => import("./pages/policy/list")), "PolicyPage"),
      ),
      publicPage(
        "/hall/policy/$name",
        lazyRouteComponent(() => loading(() => import("./pages/policy/mechanism")), "MechanismPage"),
      ),
      publicPage(
        "/hall/chains",
        lazyRouteComponent(() => loading(() => import("./pages/chain/page")), "PublicChainsPage"),
      ),
      publicPage(
        "/hall/catalogue",
        lazyRouteComponent(() => loading(() => import("./pages/hall/catalogue")), "CataloguePage"),
      ),
      publicPage(
        "/hall/catalogue/$kind",
        lazyRouteComponent(() => loading(() => import("./pages/hall/catalogue")), "CatalogueOfPage"),
      ),
      publicPage(
        "/hall/records/$id",
        lazyRouteComponent(() => loading(() => import("./pages/hall/record")), "HallRecordPage"),
      ),
      publicPage(
        "/hall/outside",
        lazyRouteComponent(() => loading(() => import("./pages/hall/outside")), "OutsidePage"),
      ),
      publicPage(
        "/hall/verify",
        lazyRouteComponent(() => loading(() => import("./pages/journal")), "JournalPage"),
      ),
      publicPage(
        "/hall/$id",
        lazyRouteComponent(() => loading(() => import("./pages/hall/case")), "HallCasePage"),
      ),
    ]),
  ]);
  return createRouter({
    routeTree: tree,
    defaultErrorComponent: Crashed,
    defaultPendingComponent: () => <Bones lines={8} />,
    defaultPendingMs: 120,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}
