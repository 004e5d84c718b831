// Every address of the interface. Pages are loaded when they are first opened, so that the first page comes fast.
import type { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { q } from "./api/queries";
import { Bones } from "./kit/note";
import { Crashed, Nowhere } from "./shell/crash";
import { OfficerFrame } from "./shell/frame";
import { PublicFrame } from "./shell/public";

export function makeRouter(client: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: Nowhere });
  const officer = createRoute({ getParentRoute: () => root, id: "officer", component: OfficerFrame });
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
      component: lazyRouteComponent(() => import("./pages/signin"), "SignInPage"),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "/setup/$token",
      component: lazyRouteComponent(() => import("./pages/setup"), "SetupPage"),
    }),
    officer.addChildren([
      page(
        "/desk",
        lazyRouteComponent(() => import("./pages/desk"), "DeskPage"),
      ),
      page(
        "/cases",
        lazyRouteComponent(() => import("./pages/cases"), "CasesPage"),
      ),
      page(
        "/cases/new",
        lazyRouteComponent(() => import("./pages/new-case"), "NewCasePage"),
      ),
      page(
        "/cases/$id",
        lazyRouteComponent(() => import("./pages/case/page"), "CasePage"),
      ),
      page(
        "/cases/$id/do/$step",
        lazyRouteComponent(() => import("./pages/case/step"), "StepPage"),
      ),
      page(
        "/register",
        lazyRouteComponent(() => import("./pages/register/list"), "RegisterPage"),
      ),
      page(
        "/register/new",
        lazyRouteComponent(() => import("./pages/register/edit"), "EditPartyPage"),
      ),
      page(
        "/register/import",
        lazyRouteComponent(() => import("./pages/register/import"), "ImportPage"),
      ),
      page(
        "/register/$id",
        lazyRouteComponent(() => import("./pages/register/party"), "PartyPage"),
      ),
      page(
        "/register/$id/edit",
        lazyRouteComponent(() => import("./pages/register/edit"), "EditPartyPage"),
      ),
      page(
        "/policy",
        lazyRouteComponent(() => import("./pages/policy/list"), "PolicyPage"),
      ),
      page(
        "/policy/$name",
        lazyRouteComponent(() => import("./pages/policy/mechanism"), "MechanismPage"),
      ),
      page(
        "/journal",
        lazyRouteComponent(() => import("./pages/journal"), "JournalPage"),
      ),
      page(
        "/money",
        lazyRouteComponent(() => import("./pages/money"), "MoneyPage"),
      ),
      page(
        "/admin",
        lazyRouteComponent(() => import("./pages/admin/page"), "AdminPage"),
      ),
      page(
        "/me",
        lazyRouteComponent(() => import("./pages/me"), "MePage"),
      ),
    ]),
    open.addChildren([
      publicPage(
        "/hall",
        lazyRouteComponent(() => import("./pages/hall/list"), "HallPage"),
      ),
      publicPage(
        "/hall/policy",
        lazyRouteComponent(() => import("./pages/policy/list"), "PolicyPage"),
      ),
      publicPage(
        "/hall/policy/$name",
        lazyRouteComponent(() => import("./pages/policy/mechanism"), "MechanismPage"),
      ),
      publicPage(
        "/hall/verify",
        lazyRouteComponent(() => import("./pages/journal"), "JournalPage"),
      ),
      publicPage(
        "/hall/$id",
        lazyRouteComponent(() => import("./pages/hall/case"), "HallCasePage"),
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
