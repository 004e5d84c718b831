package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/web"
)

// The people who knock at every door. The case that they knock about was posted by the account ranji, is open for bids and has two
// sealed ones; the other case is a draft of the account qiye.
var knockers = []string{nobody, enterprise, bidder, conflicted, district, auditor, officer}

const (
	nobody     = ""          // a member of the public
	enterprise = "qiye"      // another enterprise
	bidder     = "jiebang1"  // who has bid, before the bids are opened
	conflicted = "zhuanjia5" // an expert who works for a bidder
	district   = "hunnan"    // another district's officer
	auditor    = "shenji"
	officer    = "jingban" // who runs the case: shows that the door opens at all
)

// knock is one request, and what each of the knockers is answered; all stands for those who are not named.
type knock struct {
	path  string // with {open}, {draft}, {mine} … filled in
	body  any
	heads []string
	want  map[string]int
}

const all = "all"

// who is the answer to everybody, with exceptions: who(401, enterprise, 200, …).
func who(others int, but ...any) map[string]int {
	m := map[string]int{all: others}
	for i := 0; i+1 < len(but); i += 2 {
		m[but[i].(string)] = but[i+1].(int)
	}
	return m
}

var (
	everybody   = who(200)
	members     = who(200, nobody, 401)
	keepersOnly = who(403, nobody, 401, auditor, 200) // and the register's keeper, who does not knock
	nobodyYet   = who(403, nobody, 401)               // needs a role that none of the knockers has
	treasurer   = who(403, nobody, 401, auditor, 200, officer, 200)
	keyed       = []string{"Idempotency-Key", "doors-test-key"}
)

// doors is every operation of the API. TestDoors fails for an operation that is not here.
var doors = map[string][]knock{
	"POST /api/session":             {{body: map[string]string{"login": "{nobody}", "password": "wrong-password-7"}, want: who(401)}},
	"GET /api/session":              {{want: everybody}},
	"DELETE /api/session":           {{want: map[string]int{nobody: 204}}}, // signing the others out would end their visits
	"GET /api/me":                   {{want: members}},
	"GET /api/me/colleagues":        {{want: members}},
	"POST /api/me/password":         {{body: map[string]string{"old": "x", "new": "y"}, want: who(422, nobody, 401)}},
	"GET /api/me/tokens":            {{want: members}},
	"POST /api/me/tokens":           {{body: map[string]any{"name": "t", "scopes": []string{"read"}, "days": 0}, want: who(422, nobody, 401)}},
	"DELETE /api/me/tokens/{token}": {{path: "/api/me/tokens/tok_none", want: who(404, nobody, 401)}},
	"GET /api/setup/{token}":        {{path: "/api/setup/none", want: who(404)}},
	"POST /api/setup/{token}":       {{path: "/api/setup/none", body: map[string]string{"password": "x"}, want: who(404)}},

	"GET /api/desk":  {{want: members}},
	"GET /api/cases": {{want: members}},
	"POST /api/cases": {
		{body: map[string]string{"mechanism": "none"}, heads: keyed, want: who(404, nobody, 401)},
		{body: map[string]string{"mechanism": "jiebang", "party": "{poster}"}, heads: keyed, want: who(403, nobody, 401)},
	},
	"GET /api/cases/{id}": {
		{path: "/api/cases/{open}", want: members}, // public: what each sees of it is in TestSealed
		{path: "/api/cases/{submitted}", want: who(404, nobody, 401, auditor, 200, officer, 200)},
		{path: "/api/cases/{draft}", want: who(404, nobody, 401, enterprise, 200)},
		{path: "/api/cases/case_none", want: who(404, nobody, 401)},
	},
	"POST /api/cases/{id}/steps/{step}": {
		{path: "/api/cases/{open}/steps/withdraw", body: map[string]any{"reason": "试一试", "dryRun": true}, heads: keyed, want: who(403, nobody, 401)},
		{path: "/api/cases/{draft}/steps/submit", body: map[string]any{"values": map[string]any{}, "dryRun": true}, heads: keyed, want: who(404, nobody, 401, enterprise, 422)},
		{path: "/api/cases/{open}/steps/none", body: map[string]any{"dryRun": true}, heads: keyed, want: who(409, nobody, 401)},
		{path: "/api/cases/{submitted}/steps/recommend", body: map[string]any{"dryRun": true}, heads: keyed, want: who(404, nobody, 401, auditor, 403, officer, 403)},
	},
	"PUT /api/cases/{id}/drafts/{step}": {
		{path: "/api/cases/{draft}/drafts/submit", body: map[string]any{"values": map[string]any{"title": "半导体设备用超洁净金属软管"}}, want: who(404, nobody, 401, enterprise, 204)},
	},
	"POST /api/cases/{id}/dossiers": {
		{path: "/api/cases/{open}/dossiers", want: who(202, nobody, 401)},
		{path: "/api/cases/{draft}/dossiers", want: who(404, nobody, 401, enterprise, 202)},
	},
	"GET /api/records/{id}/fund": {{path: "/api/records/rec_none/fund", want: who(404, nobody, 401)}},
	"GET /api/bench":             {{path: "/api/bench", want: members}},
	"GET /api/cases/{id}/alike": {
		{path: "/api/cases/{open}/alike", want: members},
		{path: "/api/cases/{draft}/alike", want: who(404, nobody, 401, enterprise, 200)},
	},
	"GET /api/splits":                    {{path: "/api/splits", want: members}},
	"GET /api/cases/{id}/dossiers":       {{path: "/api/cases/{open}/dossiers", want: members}},
	"GET /api/dossiers/{id}":             {{path: "/api/dossiers/dossier_none", want: who(404, nobody, 401)}},
	"DELETE /api/dossiers/{id}":          {{path: "/api/dossiers/dossier_none", want: who(404, nobody, 401)}},
	"GET /api/dossiers/{id}/archive.zip": {{path: "/api/dossiers/dossier_none/archive.zip", want: who(404, nobody, 401)}},

	"GET /api/cases/{id}/tables/{form}/{field}": {
		{path: "/api/cases/{draft}/tables/need/none", want: who(404, nobody, 401)},
	},
	"GET /api/cases/{id}/bundle": {
		{path: "/api/cases/{open}/bundle", want: who(403, nobody, 401)},
		{path: "/api/cases/{announced}/bundle", want: who(403, nobody, 401, auditor, 200, officer, 200)},
		{path: "/api/cases/{draft}/bundle", want: who(404, nobody, 401, enterprise, 403)},
	},
	"GET /api/cases/{id}/papers/{digest}": {
		{path: "/api/cases/{open}/papers/{paper}", want: who(200, nobody, 401, conflicted, 404, district, 404, enterprise, 404, bidder, 404)},
	},
	"GET /api/cases/{id}/diagram.svg": {
		{path: "/api/cases/{open}/diagram.svg", want: members},
		{path: "/api/cases/{draft}/diagram.svg", want: who(404, nobody, 401, enterprise, 200)},
	},
	"POST /api/cases/{id}/delegations": {
		{path: "/api/cases/{draft}/delegations", body: map[string]any{"to": "acc_none", "from": "2020-01-01T00:00:00Z", "until": "2020-01-02T00:00:00Z"}, want: who(422, nobody, 401)},
	},
	"GET /api/delegations":         {{want: members}},
	"DELETE /api/delegations/{id}": {{path: "/api/delegations/delegation_none", want: who(404, nobody, 401)}},

	"POST /api/documents": {{body: "upload", want: who(201, nobody, 401)}},
	"GET /api/documents/{digest}": {
		{path: "/api/documents/{proof}?case={open}", want: who(404, auditor, 200, officer, 200)},
		{path: "/api/documents/{sealed}?case={open}", want: who(404, bidder, 200)},
	},

	"GET /api/chains":             {{want: everybody}},
	"GET /api/chains/map":         {{path: "/api/chains/map?chain=C06", want: everybody}, {path: "/api/chains/map?chain=none", want: who(404)}},
	"GET /api/chains/history":     {{path: "/api/chains/history?kind=node&key=robot", want: treasurer}},
	"GET /api/chains/thread":      {{path: "/api/chains/thread?node=robot", want: treasurer}},
	"GET /api/chains/nodes":       {{path: "/api/chains/nodes?q=robot", want: who(200, nobody, 401)}},
	"GET /api/chains/export":      {{want: treasurer}},
	"GET /api/chains/book.xlsx":   {{want: treasurer}},
	"POST /api/chains/statements": {{body: map[string]any{"statements": []any{map[string]any{"source": ""}}}, want: who(403, nobody, 401, officer, 422)}},
	"POST /api/chains/imports":    {{body: map[string]any{"files": map[string]string{"x.csv": "a,b"}, "source": "x"}, want: who(403, nobody, 401, officer, 422)}},
	"POST /api/portfolio":         {{body: map[string]any{"question": map[string]any{"aims": []any{}, "candidates": []any{}, "budgets": []any{}}}, want: who(403, nobody, 401, auditor, 422, officer, 422)}},

	"GET /api/portfolio/candidates": {{path: "/api/portfolio/candidates?mechanism=jiebang", want: treasurer}, {path: "/api/portfolio/candidates?mechanism=none", want: treasurer}},
	"POST /api/portfolio/memo.xlsx": {{body: map[string]any{"question": map[string]any{"aims": []any{}, "candidates": []any{}, "budgets": []any{}}, "plan": map[string]any{"chosen": []any{}, "value": 0, "bound": 0, "proved": false, "totals": []any{}, "spent": 0, "limits": []any{}, "digest": "none", "work": 0}}, want: who(403, nobody, 401, auditor, 422, officer, 422)}},
	"GET /api/panels":               {{want: members}}, // whose they are is in TestPanels
	"GET /api/panels/{id}": {
		{path: "/api/panels/{announced}", want: who(404, nobody, 401, auditor, 200, officer, 200)},
		{path: "/api/panels/{draft}", want: who(404, nobody, 401)},
	},
	"POST /api/panels/assign": {
		{path: "/api/panels/assign", body: map[string]any{"cases": []string{"case_none"}, "objective": "total", "most": 3}, want: who(404, nobody, 401)},
	},
	"GET /api/meeting": {{path: "/api/meeting?case={announced}", want: who(404, nobody, 401, auditor, 200, officer, 200)}},
	"GET /api/reviews": {{want: members}},

	"GET /api/hall": {{want: everybody}},
	"GET /api/hall/{case}": {
		{path: "/api/hall/{open}", want: everybody},
		{path: "/api/hall/{draft}", want: who(404)},
		{path: "/api/hall/{submitted}", want: who(404)},
	},
	"POST /api/hall/{case}/steps/{step}": {
		{path: "/api/hall/{draft}/steps/object", body: objection, heads: keyed, want: who(404)},
		{path: "/api/hall/{announced}/steps/object", body: objection, heads: keyed, want: who(201)},
	},

	"GET /api/parties":              {{path: "/api/parties?q=" + "%E5%A4%A7%E5%AD%A6", want: members}},
	"POST /api/parties":             {{body: map[string]any{"id": "", "kind": "other", "name": "x", "revision": 0}, want: nobodyYet}},
	"GET /api/parties/{id}":         {{path: "/api/parties/party_demobolang", want: members}},
	"PUT /api/parties/{id}":         {{path: "/api/parties/party_demoranji", body: map[string]any{"id": "", "kind": "enterprise", "name": "改名", "revision": 1}, want: nobodyYet}},
	"DELETE /api/parties/{id}":      {{path: "/api/parties/party_demoranji?revision=1", want: nobodyYet}},
	"GET /api/parties/{id}/history": {{path: "/api/parties/party_demoranji/history", want: who(403, nobody, 401, district, 200, auditor, 200, officer, 200)}},
	"GET /api/parties/{id}/ties":    {{path: "/api/parties/party_demozhuanjia4/ties", want: who(403, nobody, 401, auditor, 200, officer, 200)}},
	"POST /api/parties/{id}/ties":   {{path: "/api/parties/party_demozhuanjia4/ties", body: map[string]string{"kind": "kinship", "other": "party_demozhuanjia2"}, want: nobodyYet}},
	"GET /api/register":             {{want: members}},

	"GET /api/figures":                         {{want: treasurer}, {path: "/api/figures?day=2025-02-30", want: who(422, nobody, 401, enterprise, 403, bidder, 403, conflicted, 403, district, 403)}},
	"GET /api/overview":                        {{want: treasurer}, {path: "/api/overview?day=2025-02-30", want: who(422, nobody, 401, enterprise, 403, bidder, 403, conflicted, 403, district, 403)}},
	"GET /api/figures/{name}":                  {{path: "/api/figures/signed_amount", want: treasurer}, {path: "/api/figures/none", want: who(403, nobody, 401, auditor, 404, officer, 404)}},
	"GET /api/figures/{name}/parts":            {{path: "/api/figures/signed_amount/parts?by=chain", want: treasurer}},
	"GET /api/figures/{name}/facts":            {{path: "/api/figures/signed_amount/facts", want: treasurer}},
	"GET /api/figures/{name}/export.prov.json": {{path: "/api/figures/signed_amount/export.prov.json", want: treasurer}},
	"GET /api/figures/{name}/export.csv.zip":   {{path: "/api/figures/signed_amount/export.csv.zip", want: treasurer}},
	"GET /api/figures/{name}/export.xlsx":      {{path: "/api/figures/signed_amount/export.xlsx", want: treasurer}},
	"GET /api/figure-sum":                      {{path: "/api/figure-sum?names=signed_challenges", want: treasurer}},
	"GET /api/facts/{id}":                      {{path: "/api/facts/fact_none", want: who(403, nobody, 401, auditor, 404, officer, 404)}},
	"GET /api/freezes":                         {{want: treasurer}},
	"POST /api/freezes":                        {{body: map[string]string{"month": "2025-01"}, want: nobodyYet}},
	"POST /api/figures/{name}/restatements":    {{path: "/api/figures/signed_amount/restatements", body: map[string]string{"month": "2025-01", "reason": "试"}, want: nobodyYet}},
	"POST /api/figures/{name}/reports":         {{path: "/api/figures/signed_amount/reports", body: map[string]any{"day": "2025-01-31", "value": 1, "source": "试"}, want: nobodyYet}},

	"GET /api/series":                         {{want: treasurer}},
	"GET /api/series/{name}":                  {{path: "/api/series/yearbook", want: treasurer}, {path: "/api/series/none", want: who(403, nobody, 401, auditor, 404, officer, 404)}},
	"GET /api/series/{name}/values":           {{path: "/api/series/yearbook/values?item=v4_zh_nbzc_hj", want: treasurer}},
	"POST /api/series/{name}/try":             {{path: "/api/series/yearbook/try", body: "upload", want: nobodyYet}},
	"POST /api/series/{name}/tables":          {{path: "/api/series/yearbook/tables", body: "upload", want: nobodyYet}},
	"POST /api/series-tables/{id}/withdrawal": {{path: "/api/series-tables/outside_none/withdrawal", body: map[string]string{"reason": "试"}, want: nobodyYet}},

	"POST /api/match":                              {{body: map[string]any{"title": "波纹管疲劳试验"}, want: members}},
	"GET /api/match/needs":                         {{want: members}},
	"POST /api/match/plan":                         {{body: map[string]any{"capacity": 1}, want: who(403, nobody, 401, officer, 200)}},
	"GET /api/kinds":                               {{want: members}},
	"GET /api/handed":                              {{want: members}, {path: "/api/handed?waiting=true", want: members}},
	"POST /api/handed":                             {{body: map[string]any{"kind": "need", "values": map[string]any{"title": "x"}}, want: who(422, nobody, 401)}},
	"GET /api/handed/{id}":                         {{path: "/api/handed/hand_none", want: who(404, nobody, 401)}},
	"PUT /api/handed/{id}":                         {{path: "/api/handed/hand_none", body: map[string]any{"revision": 1, "values": map[string]any{}}, want: who(404, nobody, 401)}},
	"POST /api/handed/{id}/withdrawal":             {{path: "/api/handed/hand_none/withdrawal", body: map[string]any{"revision": 1}, want: who(404, nobody, 401)}},
	"POST /api/handed/{id}/decision":               {{path: "/api/handed/hand_none/decision", body: map[string]any{"revision": 1, "take": true}, want: nobodyYet}},
	"GET /api/records":                             {{path: "/api/records?kind=achievement", want: members}},
	"POST /api/records":                            {{body: map[string]any{"kind": "achievement", "values": map[string]any{}}, want: nobodyYet}},
	"GET /api/records/{id}/rights":                 {{path: "/api/records/rec_none/rights", want: who(404, nobody, 401)}},
	"GET /api/records/{id}/shares":                 {{path: "/api/records/rec_none/shares", want: who(404, nobody, 401)}},
	"POST /api/records/{id}/shares/try":            {{path: "/api/records/rec_none/shares/try", body: map[string]any{"party": "", "futures": []any{map[string]any{"name": "a", "pre": 1, "raise": 0, "principal": 1, "discount": 0, "cap": 0, "not_largest": false, "floor": 0, "trim": false}}}, want: who(404, nobody, 401)}},
	"GET /api/records/{id}/shares/ocf":             {{path: "/api/records/rec_none/shares/ocf", want: who(404, nobody, 401)}},
	"GET /api/pledges":                             {{path: "/api/pledges", want: members}},
	"GET /api/parameter-sets":                      {{path: "/api/parameter-sets", want: members}},
	"POST /api/waterfalls":                         {{path: "/api/waterfalls", body: map[string]any{"gross": 1, "costs": []any{}, "reward": 700000, "floor": 500000, "unit": "u", "people": []any{map[string]any{"name": "a", "share": 1000000}}}, want: members}},
	"GET /api/records/{id}":                        {{path: "/api/records/rec_none", want: who(404, nobody, 401)}},
	"PUT /api/records/{id}":                        {{path: "/api/records/rec_none", body: map[string]any{"revision": 1, "values": map[string]any{}}, want: who(404, nobody, 401)}},
	"POST /api/records/{id}/claims":                {{path: "/api/records/rec_none/claims", body: map[string]any{"field": "x", "seq": 1, "take": true}, want: nobodyYet}},
	"POST /api/records/{id}/ownership":             {{path: "/api/records/rec_none/ownership", body: map[string]any{"party": "", "reason": "x"}, want: who(404, nobody, 401)}},
	"POST /api/records/{id}/verification":          {{path: "/api/records/rec_none/verification", body: map[string]any{"revision": 1}, want: nobodyYet}},
	"GET /api/parties/{id}/links":                  {{path: "/api/parties/party_demobolang/links", want: members}},
	"GET /api/work/duplicates":                     {{want: keepersOnly}, {path: "/api/work/duplicates?kind=platform", want: keepersOnly}},
	"GET /api/work/contested":                      {{want: keepersOnly}},
	"GET /api/work/expiring":                       {{want: keepersOnly}},
	"GET /api/work/unverified":                     {{want: keepersOnly}},
	"POST /api/merges":                             {{body: map[string]any{"what": "party", "stays": "a", "goes": "b", "reason": "x"}, want: nobodyYet}},
	"POST /api/distinctions":                       {{body: map[string]any{"a": "a", "b": "b", "reason": "x"}, want: nobodyYet}},
	"GET /api/search":                              {{path: "/api/search?q=%E6%B3%A2%E7%BA%B9%E7%AE%A1", want: everybody}},
	"GET /api/search/words":                        {{path: "/api/search/words?q=%E7%BA%A7", want: everybody}},
	"GET /api/hall/catalogue":                      {{want: everybody}},
	"GET /api/hall/catalogue/{kind}":               {{path: "/api/hall/catalogue/achievement", want: everybody}, {path: "/api/hall/catalogue/contract", want: who(404)}},
	"GET /api/hall/catalogue/{kind}/download.csv":  {{path: "/api/hall/catalogue/achievement/download.csv", want: everybody}, {path: "/api/hall/catalogue/contract/download.csv", want: who(404)}},
	"GET /api/hall/catalogue/{kind}/download.json": {{path: "/api/hall/catalogue/achievement/download.json", want: everybody}, {path: "/api/hall/catalogue/integrity/download.json", want: who(404)}},
	"GET /api/exchange":                            {{want: everybody}},
	"GET /api/exchange/records":                    {{want: everybody}, {path: "/api/exchange/records?from=x", want: who(422)}},
	"GET /api/exchange/calls":                      {{want: everybody}},
	"GET /api/hall/outside":                        {{want: everybody}, {path: "/api/hall/outside?after=x", want: who(422)}},
	"GET /api/hall/outside/sources":                {{want: everybody}},
	"GET /api/hall/records/{id}":                   {{path: "/api/hall/records/rec_none", want: who(404)}},
	"GET /api/records/{id}/calendar":               {{path: "/api/records/rec_none/calendar?from=2025-03-01&until=2025-03-31", want: who(404, nobody, 401)}},
	"GET /api/cases/{id}/marks": {
		{path: "/api/cases/{open}/marks", want: members},
		{path: "/api/cases/{submitted}/marks", want: who(404, nobody, 401, auditor, 200, officer, 200)},
	},
	"GET /api/cases/{id}/marks.xlsx": {{path: "/api/cases/{submitted}/marks.xlsx", want: who(404, nobody, 401, auditor, 200, officer, 200)}},
	"GET /api/cases/{id}/thread": {
		{path: "/api/cases/{open}/thread", want: members},
		{path: "/api/cases/{submitted}/thread", want: who(404, nobody, 401, auditor, 200, officer, 200)},
		{path: "/api/cases/{draft}/thread", want: who(404, nobody, 401, enterprise, 200)},
	},

	"GET /api/sheets":                      {{want: members}},
	"GET /api/sheets/{kind}/template.xlsx": {{path: "/api/sheets/party/template.xlsx", want: nobodyYet}},
	"GET /api/sheets/{kind}/export.xlsx":   {{path: "/api/sheets/party/export.xlsx", want: nobodyYet}},
	"GET /api/sheets/{kind}/export.csv":    {{path: "/api/sheets/party/export.csv", want: nobodyYet}},
	"POST /api/sheets/{kind}/imports":      {{path: "/api/sheets/party/imports", body: "upload", want: nobodyYet}},
	"GET /api/imports":                     {{want: members}},
	"GET /api/imports/{id}":                {{path: "/api/imports/{import}", want: who(404, nobody, 401)}},
	"GET /api/imports/{id}/messages":       {{path: "/api/imports/{import}/messages", want: who(404, nobody, 401)}},
	"GET /api/imports/{id}/marked.xlsx":    {{path: "/api/imports/{import}/marked.xlsx", want: who(404, nobody, 401)}},
	"POST /api/imports/{id}/confirm":       {{path: "/api/imports/{import}/confirm", body: map[string]bool{"skipBad": true}, want: who(404, nobody, 401)}},
	"POST /api/imports/{id}/stop":          {{path: "/api/imports/{import}/stop", want: who(404, nobody, 401)}},

	"GET /api/fees":                         {{want: keepersOnly}},
	"GET /api/fees/{month}":                 {{path: "/api/fees/2026-01", want: keepersOnly}},
	"GET /api/fees/{month}/book":            {{path: "/api/fees/2026-01/book", want: keepersOnly}},
	"POST /api/fees/{month}/remittances":    {{path: "/api/fees/2026-01/remittances", body: map[string]any{"amount": 1, "number": "x"}, heads: keyed, want: nobodyYet}},
	"GET /api/funds":                        {{want: treasurer}},
	"GET /api/funds/{name}/postings":        {{path: "/api/funds/challenge/postings", want: treasurer}},
	"POST /api/funds/{name}/appropriations": {{path: "/api/funds/challenge/appropriations", body: map[string]any{"year": 2026, "amount": 1, "memo": "x"}, heads: keyed, want: nobodyYet}},

	"GET /api/journal":              {{want: everybody}},
	"GET /api/journal/entries":      {{want: everybody}},
	"GET /api/journal/proof/{leaf}": {{path: "/api/journal/proof/{leaf}", want: everybody}, {path: "/api/journal/proof/none", want: who(404)}},
	"GET /api/journal/growth":       {{path: "/api/journal/growth?from=3", want: everybody}},

	"GET /api/admin/accounts":                        {{want: nobodyYet}, {path: "/api/admin/accounts?party=party_demobolang", want: who(403, nobody, 401, enterprise, 200)}},
	"POST /api/admin/accounts":                       {{body: map[string]string{"login": "neuling", "name": "新人"}, want: nobodyYet}},
	"GET /api/admin/accounts/{account}":              {{path: "/api/admin/accounts/{stranger}", want: who(404, nobody, 401)}},
	"POST /api/admin/accounts/{account}/grants":      {{path: "/api/admin/accounts/{stranger}/grants", body: map[string]string{"role": "auditor"}, want: nobodyYet}},
	"POST /api/admin/accounts/{account}/revocations": {{path: "/api/admin/accounts/{stranger}/revocations", body: map[string]string{"role": "finance"}, want: nobodyYet}},
	"POST /api/admin/accounts/{account}/disable":     {{path: "/api/admin/accounts/{stranger}/disable", want: nobodyYet}},
	"POST /api/admin/accounts/{account}/enable":      {{path: "/api/admin/accounts/{stranger}/enable", want: nobodyYet}},
	"POST /api/admin/accounts/{account}/unlock":      {{path: "/api/admin/accounts/{stranger}/unlock", want: nobodyYet}},
	"POST /api/admin/accounts/{account}/reset":       {{path: "/api/admin/accounts/{stranger}/reset", want: nobodyYet}},
	"GET /api/admin/offices":                         {{want: nobodyYet}},
	"GET /api/admin/security-log":                    {{want: nobodyYet}},

	"GET /api/mechanisms":                     {{want: everybody}},
	"GET /api/mechanisms/{name}":              {{path: "/api/mechanisms/jiebang", want: everybody}},
	"GET /api/mechanisms/{name}/diagram.svg":  {{path: "/api/mechanisms/jiebang/diagram.svg?machine=bids", want: everybody}, {path: "/api/mechanisms/jiebang/diagram.svg?machine=*", want: everybody}},
	"GET /api/policy/parameters":              {{want: everybody}},
	"GET /api/policy/basis":                   {{want: everybody}},
	"GET /api/policy/pack.zip":                {{want: everybody}},
	"GET /api/policy/files":                   {{want: nobodyYet}},
	"GET /api/policy/file":                    {{path: "/api/policy/file?name=pack.yaml", want: nobodyYet}},
	"POST /api/policy/trials":                 {{body: map[string]any{"edits": []any{}}, want: nobodyYet}},
	"GET /api/policy/editions":                {{want: everybody}},
	"POST /api/policy/editions":               {{body: map[string]any{"note": "x", "from": ""}, heads: keyed, want: nobodyYet}},
	"GET /api/policy/editions/{id}":           {{path: "/api/policy/editions/edition_1", want: who(403, nobody, 401, auditor, 404)}},
	"POST /api/policy/editions/{id}/adopt":    {{path: "/api/policy/editions/edition_1/adopt", body: map[string]any{}, heads: keyed, want: nobodyYet}},
	"POST /api/policy/editions/{id}/withdraw": {{path: "/api/policy/editions/edition_1/withdraw", body: map[string]any{}, heads: keyed, want: nobodyYet}},
	"GET /api/policy/taxonomies/{name}":       {{path: "/api/policy/taxonomies/chains", want: everybody}},
	"GET /api/site":                           {{want: everybody}},
	"GET /api/health":                         {{want: everybody}},
}

var objection = map[string]any{"part": "objections", "name": "示例异议人", "phone": "13000000000", "dryRun": true,
	"values": map[string]string{"name": "示例异议人", "contact": "13000000000", "ground": "请核查(示例)"}}

// TestDoors knocks at every door of the OpenAPI document as everybody. A new operation without an entry in doors fails.
func TestDoors(t *testing.T) {
	s := theCity(t)
	fill := s.names(t)
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(mustDoc(t), &doc); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for path, ops := range doc.Paths {
		for method := range ops {
			op := strings.ToUpper(method) + " " + path
			seen[op] = true
			if doors[op] == nil {
				t.Errorf("%s has no entry in doors: say who may knock there, and what each is answered", op)
			}
		}
	}
	for _, op := range slices.Sorted(maps.Keys(doors)) {
		if !seen[op] {
			t.Errorf("%s is in doors and not in the API", op)
			continue
		}
		method, path, _ := strings.Cut(op, " ")
		for _, k := range doors[op] {
			if k.path == "" {
				k.path = path
			}
			for _, name := range knockers {
				want, ok := k.want[name]
				if !ok {
					if want, ok = k.want[all]; !ok {
						continue
					}
				}
				k.try(t, s.as(t, name), method, fill, want)
			}
		}
	}
}

func (k knock) try(t *testing.T, v *visitor, method string, fill *strings.Replacer, want int) {
	t.Helper()
	fill2 := strings.NewReplacer("{nobody}", "nobody-"+v.name)
	path, body, heads := fill.Replace(k.path), k.body, slices.Clone(k.heads)
	for i := 1; i < len(heads); i += 2 {
		heads[i] += "-" + v.name // a key is one request's
	}
	switch b := body.(type) {
	case string:
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("file", "表.csv")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(part, "来自 %s", v.name)
		w.Close()
		body, heads = &form, append(heads, "Content-Type", w.FormDataContentType())
	case map[string]string:
		filled := maps.Clone(b)
		for key, value := range filled {
			filled[key] = fill2.Replace(fill.Replace(value))
		}
		body = filled
	}
	status, answer := v.send(method, path, body, heads...)
	if status != want {
		t.Errorf("%s %s by %q: %d, want %d\n    %.300s", method, path, v.name, status, want, answer)
	}
	if status >= 500 {
		t.Errorf("%s %s by %q is an internal error", method, path, v.name)
	}
	if status >= 400 && status != http.StatusNotFound && len(problem(t, answer).Refusals) == 0 {
		t.Errorf("%s %s by %q is refused without a reason: %s", method, path, v.name, answer)
	}
}

func mustDoc(t *testing.T) []byte {
	t.Helper()
	raw, err := web.OpenAPI("test")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// names finds what stands for the braces in the paths of doors.
func (s *site) names(t *testing.T) *strings.Replacer {
	t.Helper()
	open := s.caseIn(t, "open")
	page := get[web.CasePage](s.as(t, enterprise), "/api/cases?state=draft")
	if len(page.Items) == 0 {
		t.Fatal("qiye has no draft")
	}
	view := get[casework.View](s.as(t, auditor), "/api/cases/"+open)
	paper, proof, sealed := "", "", ""
	for _, d := range view.Documents {
		if d.Made && paper == "" {
			paper = d.Digest
		}
	}
	for _, f := range view.Forms {
		if f.Form.Name == "need" {
			proof = digestIn(t, f.Values["proof"])
		}
	}
	for _, f := range get[casework.View](s.as(t, bidder), "/api/cases/"+open).Parts {
		for _, r := range f.Records {
			for _, form := range r.Forms {
				if form.Form.Name == "bid" {
					sealed = digestIn(t, form.Values["proposal"])
				}
			}
		}
	}
	if paper == "" || proof == "" || sealed == "" {
		t.Fatalf("the open case lacks a paper %q, a proof %q or a bid %q", paper, proof, sealed)
	}
	stranger := ""
	for _, a := range get[web.AccountPage](s.as(t, "guanli"), "/api/admin/accounts?q=caiwu").Items {
		stranger = a.ID
	}
	submitted := ""
	for _, c := range get[web.CasePage](s.as(t, auditor), "/api/cases?state=submitted").Items {
		if c.Party == "沈阳某航空复合材料有限公司" {
			submitted = c.Case
		}
	}
	entries := get[web.LogPage](s.as(t, ""), "/api/journal/entries?limit=1")
	return strings.NewReplacer("{open}", open, "{draft}", page.Items[0].Case, "{submitted}", submitted, "{announced}", s.caseIn(t, "announced"),
		"{paper}", paper, "{proof}", proof, "{sealed}", sealed, "{stranger}", stranger, "{leaf}", entries.Items[0].Digest, "{import}", "imp_none", "{poster}", "party_demoranji")
}

func digestIn(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var d struct {
		Digest string `json:"digest"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d.Digest
}
