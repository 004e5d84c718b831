// What pages read, by key. Lists are kept while the next page is read; reading again after an act goes through `useRefresh`.
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from "@tanstack/react-query";
import { atOnce } from "../design/narrow";
import { api, got } from "./client";
import { RefusedError } from "./refusals";

/** FigureDays is which day's value, as known when. */
export type FigureDays = { day?: string; known?: string };

/** What a search is narrowed to. */
export type What = "case" | "record" | "party" | "policy" | "all";

export const q = {
  site: () => queryOptions({ queryKey: ["site"], queryFn: () => got(api.GET("/api/site")), staleTime: Number.POSITIVE_INFINITY }),
  session: () => queryOptions({ queryKey: ["session"], queryFn: () => got(api.GET("/api/session")), staleTime: 60_000 }),
  desk: () => queryOptions({ queryKey: ["desk"], queryFn: () => got(api.GET("/api/desk")), refetchInterval: 60_000 }),
  cases: (query: { q?: string; mechanism?: string; state?: string; mine?: boolean }) =>
    infiniteQueryOptions({
      queryKey: ["cases", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/cases", { params: { query: { ...query, after: pageParam || undefined, limit: atOnce() } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  case: (id: string) =>
    queryOptions({ queryKey: ["case", id], queryFn: () => got(api.GET("/api/cases/{id}", { params: { path: { id } } })) }),
  marks: (id: string) =>
    queryOptions({
      queryKey: ["marks", id],
      queryFn: () => got(api.GET("/api/cases/{id}/marks", { params: { path: { id } } })),
    }),
  calendar: (id: string, from: string, until: string) =>
    queryOptions({
      queryKey: ["calendar", id, from, until],
      queryFn: () => got(api.GET("/api/records/{id}/calendar", { params: { path: { id }, query: { from, until } } })),
      placeholderData: keepPreviousData,
    }),
  chainThread: (node: string) =>
    queryOptions({
      queryKey: ["chain-thread", node],
      queryFn: () => got(api.GET("/api/chains/thread", { params: { query: { node } } })),
    }),
  thread: (id: string) =>
    queryOptions({
      queryKey: ["thread", id],
      queryFn: () => got(api.GET("/api/cases/{id}/thread", { params: { path: { id } } })),
    }),
  bench: () => queryOptions({ queryKey: ["bench"], queryFn: () => got(api.GET("/api/bench")), staleTime: 15_000 }),
  alike: (id: string) =>
    queryOptions({
      queryKey: ["alike", id],
      queryFn: () => got(api.GET("/api/cases/{id}/alike", { params: { path: { id } } })),
      staleTime: 60_000,
    }),
  dossiers: (id: string) =>
    queryOptions({
      queryKey: ["dossiers", id],
      queryFn: () => got(api.GET("/api/cases/{id}/dossiers", { params: { path: { id } } })),
      refetchInterval: (query) => (["waiting", "running"].includes(query.state.data?.[0]?.state ?? "") ? 500 : false),
    }),
  candidates: (mechanism: string) =>
    queryOptions({
      queryKey: ["candidates", mechanism],
      queryFn: () => got(api.GET("/api/portfolio/candidates", { params: { query: { mechanism } } })),
    }),
  panels: () => queryOptions({ queryKey: ["panels"], queryFn: () => got(api.GET("/api/panels")) }),
  panel: (id: string) =>
    queryOptions({ queryKey: ["panel", id], queryFn: () => got(api.GET("/api/panels/{id}", { params: { path: { id } } })) }),
  meeting: (cases: string[]) =>
    queryOptions({
      queryKey: ["meeting", cases],
      queryFn: () => got(api.GET("/api/meeting", { params: { query: { case: cases } } })),
    }),
  reviews: () => queryOptions({ queryKey: ["reviews"], queryFn: () => got(api.GET("/api/reviews")), refetchInterval: 60_000 }),
  mechanisms: () =>
    queryOptions({ queryKey: ["mechanisms"], queryFn: () => got(api.GET("/api/mechanisms")), staleTime: 300_000 }),
  mechanism: (name: string) =>
    queryOptions({
      queryKey: ["mechanism", name],
      queryFn: () => got(api.GET("/api/mechanisms/{name}", { params: { path: { name } } })),
      staleTime: 300_000,
    }),
  parameters: () =>
    queryOptions({ queryKey: ["parameters"], queryFn: () => got(api.GET("/api/policy/parameters")), staleTime: 300_000 }),
  packFiles: () => queryOptions({ queryKey: ["pack-files"], queryFn: () => got(api.GET("/api/policy/files")) }),
  packFile: (name: string) =>
    queryOptions({
      queryKey: ["pack-file", name],
      queryFn: () => got(api.GET("/api/policy/file", { params: { query: { name } } })),
    }),
  editions: () => queryOptions({ queryKey: ["editions"], queryFn: () => got(api.GET("/api/policy/editions")) }),
  edition: (id: string, lang: "zh" | "en") =>
    queryOptions({
      queryKey: ["edition", id, lang],
      queryFn: () => got(api.GET("/api/policy/editions/{id}", { params: { path: { id }, query: { lang } } })),
    }),
  basis: () => queryOptions({ queryKey: ["basis"], queryFn: () => got(api.GET("/api/policy/basis")), staleTime: 300_000 }),
  taxonomy: (name: string) =>
    queryOptions({
      queryKey: ["taxonomy", name],
      queryFn: () => got(api.GET("/api/policy/taxonomies/{name}", { params: { path: { name } } })),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** chainNode is a node of the chain map; null where there is none of that identifier. */
  chainNode: (id: string) =>
    queryOptions({
      queryKey: ["chain-node", id],
      queryFn: async () => (await got(api.GET("/api/chains/nodes", { params: { query: { id } } })))[0] ?? null,
      staleTime: 300_000,
    }),
  hall: (query: { q?: string; kind?: "open" | "notice" | "result" | "all" }) =>
    infiniteQueryOptions({
      queryKey: ["hall", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/hall", { params: { query: { ...query, after: pageParam || undefined, limit: atOnce() } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  outside: (query: { q?: string; kind?: string }) =>
    infiniteQueryOptions({
      queryKey: ["outside", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/hall/outside", { params: { query: { ...query, after: pageParam || undefined, limit: 30 } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  outsideSources: () => queryOptions({ queryKey: ["outside-sources"], queryFn: () => got(api.GET("/api/hall/outside/sources")) }),
  hallCase: (id: string) =>
    queryOptions({
      queryKey: ["hall-case", id],
      queryFn: () => got(api.GET("/api/hall/{case}", { params: { path: { case: id } } })),
    }),
  parties: (query: { q?: string; kind?: string }) =>
    infiniteQueryOptions({
      queryKey: ["parties", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/parties", { params: { query: { ...query, after: pageParam || undefined, limit: atOnce() } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  party: (id: string) =>
    queryOptions({
      queryKey: ["party", id],
      queryFn: () => got(api.GET("/api/parties/{id}", { params: { path: { id } } })),
      staleTime: 30_000,
    }),
  kinds: () => queryOptions({ queryKey: ["kinds"], queryFn: () => got(api.GET("/api/kinds")), staleTime: 60_000 }),
  records: (query: { q?: string; kind?: string; owner?: string }) =>
    infiniteQueryOptions({
      queryKey: ["records", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/records", { params: { query: { ...query, after: pageParam || undefined, limit: atOnce() } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  record: (id: string) =>
    queryOptions({
      queryKey: ["record", id],
      queryFn: () => got(api.GET("/api/records/{id}", { params: { path: { id } } })),
      staleTime: 30_000,
    }),
  handedList: (waiting: boolean) =>
    queryOptions({
      queryKey: ["work", "handed", waiting],
      queryFn: () => got(api.GET("/api/handed", { params: { query: { waiting } } })),
    }),
  handed: (id: string) =>
    queryOptions({
      queryKey: ["handed", id],
      queryFn: () => got(api.GET("/api/handed/{id}", { params: { path: { id } } })),
    }),
  search: (query: { q: string; what?: What; limit?: number }) =>
    queryOptions({
      queryKey: ["search", query],
      queryFn: () => got(api.GET("/api/search", { params: { query } })),
      enabled: query.q.trim() !== "",
      placeholderData: keepPreviousData,
      staleTime: 10_000,
    }),
  searchWords: (text: string) =>
    queryOptions({
      queryKey: ["search-words", text],
      queryFn: () => got(api.GET("/api/search/words", { params: { query: { q: text } } })),
      enabled: text.trim() !== "",
      staleTime: 300_000,
    }),
  catalogue: () =>
    queryOptions({ queryKey: ["catalogue"], queryFn: () => got(api.GET("/api/hall/catalogue")), staleTime: 60_000 }),
  catalogueOf: (kind: string, query: { q?: string; skip?: number }) =>
    queryOptions({
      queryKey: ["catalogue", kind, query],
      queryFn: () => got(api.GET("/api/hall/catalogue/{kind}", { params: { path: { kind }, query: { ...query, limit: 30 } } })),
      enabled: kind !== "",
      placeholderData: keepPreviousData,
    }),
  hallRecord: (id: string) =>
    queryOptions({
      queryKey: ["hall-record", id],
      queryFn: () => got(api.GET("/api/hall/records/{id}", { params: { path: { id } } })),
    }),
  partyLinks: (id: string) =>
    queryOptions({
      queryKey: ["party-links", id],
      queryFn: () => got(api.GET("/api/parties/{id}/links", { params: { path: { id } } })),
      staleTime: 30_000,
    }),
  duplicates: (kind: string) =>
    queryOptions({
      queryKey: ["work", "duplicates", kind],
      queryFn: () => got(api.GET("/api/work/duplicates", { params: { query: { kind: kind || undefined } } })),
    }),
  contested: () => queryOptions({ queryKey: ["work", "contested"], queryFn: () => got(api.GET("/api/work/contested")) }),
  expiring: (query: { kind?: string; days?: number }) =>
    infiniteQueryOptions({
      queryKey: ["work", "expiring", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/work/expiring", { params: { query: { ...query, after: pageParam || undefined } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
    }),
  unverified: (query: { kind?: string }) =>
    infiniteQueryOptions({
      queryKey: ["work", "unverified", query],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/work/unverified", { params: { query: { ...query, after: pageParam || undefined } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
    }),
  registerWords: () =>
    queryOptions({ queryKey: ["register-words"], queryFn: () => got(api.GET("/api/register")), staleTime: 300_000 }),
  sheets: () => queryOptions({ queryKey: ["sheets"], queryFn: () => got(api.GET("/api/sheets")), staleTime: 300_000 }),
  importState: (id: string) =>
    queryOptions({
      queryKey: ["import", id],
      queryFn: () => got(api.GET("/api/imports/{id}", { params: { path: { id } } })),
      refetchInterval: (query) => (["checking", "running"].includes(query.state.data?.state ?? "checking") ? 400 : false),
    }),
  importMessages: (id: string, state: string) =>
    queryOptions({
      queryKey: ["import-messages", id, state],
      queryFn: () => got(api.GET("/api/imports/{id}/messages", { params: { path: { id }, query: { limit: 100 } } })),
      enabled: state !== "checking",
    }),
  feeMonths: () => queryOptions({ queryKey: ["fees"], queryFn: () => got(api.GET("/api/fees")) }),
  fees: (month: string) =>
    queryOptions({
      queryKey: ["fees", month],
      queryFn: () => got(api.GET("/api/fees/{month}", { params: { path: { month } } })),
    }),
  funds: () => queryOptions({ queryKey: ["funds"], queryFn: () => got(api.GET("/api/funds")) }),
  figures: (query: FigureDays) =>
    queryOptions({
      queryKey: ["figures", query],
      queryFn: () => got(api.GET("/api/figures", { params: { query } })),
      placeholderData: keepPreviousData,
    }),
  overview: (query: FigureDays) =>
    queryOptions({
      queryKey: ["overview", query],
      queryFn: () => got(api.GET("/api/overview", { params: { query } })),
      placeholderData: keepPreviousData,
    }),
  figure: (name: string, query: FigureDays) =>
    queryOptions({
      queryKey: ["figure", name, query],
      queryFn: () => got(api.GET("/api/figures/{name}", { params: { path: { name }, query } })),
      placeholderData: keepPreviousData,
    }),
  figureParts: (name: string, query: FigureDays & { by: string }) =>
    queryOptions({
      queryKey: ["figure-parts", name, query],
      queryFn: () => got(api.GET("/api/figures/{name}/parts", { params: { path: { name }, query } })),
      placeholderData: keepPreviousData,
    }),
  figureFacts: (name: string, query: FigureDays & { by?: string; of?: string }) =>
    infiniteQueryOptions({
      queryKey: ["figure-facts", name, query],
      queryFn: ({ pageParam }) =>
        got(
          api.GET("/api/figures/{name}/facts", {
            params: { path: { name }, query: { ...query, after: pageParam || undefined } },
          }),
        ),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
    }),
  fact: (id: string) =>
    queryOptions({
      queryKey: ["fact", id],
      queryFn: () => got(api.GET("/api/facts/{id}", { params: { path: { id } } })),
      enabled: id !== "",
      staleTime: Number.POSITIVE_INFINITY,
    }),
  seriesList: () => queryOptions({ queryKey: ["series"], queryFn: () => got(api.GET("/api/series")) }),
  series: (name: string) =>
    queryOptions({
      queryKey: ["series", name],
      queryFn: () => got(api.GET("/api/series/{name}", { params: { path: { name } } })),
      enabled: name !== "",
    }),
  freezes: () => queryOptions({ queryKey: ["freezes"], queryFn: () => got(api.GET("/api/freezes")) }),
  journal: () => queryOptions({ queryKey: ["journal"], queryFn: () => got(api.GET("/api/journal")), refetchInterval: 30_000 }),
  entries: (before: number | undefined, limit: number) =>
    queryOptions({
      queryKey: ["entries", before, limit],
      queryFn: () => got(api.GET("/api/journal/entries", { params: { query: { before, limit } } })),
      placeholderData: keepPreviousData,
    }),
  leafProof: (leaf: string) =>
    queryOptions({
      queryKey: ["proof", leaf],
      queryFn: () => got(api.GET("/api/journal/proof/{leaf}", { params: { path: { leaf } } })),
      enabled: leaf !== "",
    }),
  accounts: (text: string) =>
    infiniteQueryOptions({
      queryKey: ["accounts", text],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/admin/accounts", { params: { query: { q: text || undefined, after: pageParam || undefined } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  offices: () => queryOptions({ queryKey: ["offices"], queryFn: () => got(api.GET("/api/admin/offices")), staleTime: 300_000 }),
  securityLog: (account?: string) =>
    infiniteQueryOptions({
      queryKey: ["security-log", account],
      queryFn: ({ pageParam }) =>
        got(api.GET("/api/admin/security-log", { params: { query: { account, after: pageParam || undefined } } })),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
    }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: () => got(api.GET("/api/health")), refetchInterval: 10_000 }),
  colleagues: () =>
    queryOptions({ queryKey: ["colleagues"], queryFn: () => got(api.GET("/api/me/colleagues")), staleTime: 60_000 }),
  tokens: () => queryOptions({ queryKey: ["tokens"], queryFn: () => got(api.GET("/api/me/tokens")) }),
  delegations: (id: string) =>
    queryOptions({
      queryKey: ["delegations", id],
      queryFn: () => got(api.GET("/api/delegations", { params: { query: { case: id || undefined } } })),
    }),
  setupLink: (token: string) =>
    queryOptions({
      queryKey: ["setup", token],
      queryFn: () => got(api.GET("/api/setup/{token}", { params: { path: { token } } })),
      retry: false,
    }),
};

/** useRefresh reads again what an act may have changed. */
export function useRefresh(): (id?: string) => Promise<void> {
  const client = useQueryClient();
  return async (id) => {
    await Promise.all([
      id ? client.invalidateQueries({ queryKey: ["case", id] }) : undefined,
      client.invalidateQueries({ queryKey: ["desk"] }),
      client.invalidateQueries({ queryKey: ["cases"] }),
      ...["panels", "panel", "reviews"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    ]);
  };
}

/** retryable tells whether asking again may help: what was refused stays refused, what was lost may come back. */
export function retryable(count: number, error: Error): boolean {
  if (error instanceof RefusedError && error.status > 0 && error.status < 500) return false;
  return count < 3;
}
