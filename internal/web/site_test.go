package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/broker"
	"kechuang/internal/casework"
	"kechuang/internal/chain"
	"kechuang/internal/demo"
	"kechuang/internal/dossier"
	"kechuang/internal/exchange"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/policy/prove"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/web"
	"kechuang/packs"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	for _, db := range opened {
		db.Close() // removes its temporary file
	}
	os.Exit(code)
}

// opened are the databases of the tests' sites.
var opened []*store.DB

// site is a whole city behind a real HTTP server: the demo's, as `kechuang serve --demo` has it.
type site struct {
	url      string
	db       *store.DB
	journal  *journal.Journal
	handler  http.Handler
	register *register.Register
	server   *web.Server
	key      *journal.Key
	alert    func() (int, error) // needs that wait of what was offered since
}

// built is an interface as the builder leaves it.
var built fs.FS = fstest.MapFS{
	"app/index.html":               {Data: []byte("<!doctype html><title>科创</title>")},
	"app/assets/index-BK3f9a_x.js": {Data: bytes.Repeat([]byte("console.log(1);\n"), 100)},
	"app/favicon.svg":              {Data: []byte("<svg/>")},
}

// city gives the one site that the tests share; a test that changes something changes what no other looks at.
var city = sync.OnceValues(func() (*site, error) { return open(built) })

func theCity(t *testing.T) *site {
	t.Helper()
	s, err := city()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(dist fs.FS) (*site, error) { return raise(dist, true) }

// raise makes a site; without the demo's city its database is empty.
func raise(dist fs.FS, furnished bool) (*site, error) {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite::memory:")
	if err != nil {
		return nil, err
	}
	opened = append(opened, db)
	if err := db.Migrate(ctx, identity.Migrations, register.Migrations, ledger.Migrations, figure.Migrations, outside.Migrations, journal.Migrations, casework.Migrations, chain.Migrations,
		store.JobMigrations, dossier.Migrations, exchange.Migrations); err != nil {
		return nil, err
	}
	key, _, err := journal.NewKey("kechuang.test")
	if err != nil {
		return nil, err
	}
	return serve(db, key, dist, furnished, time.Now)
}

// proved are the verdicts on the pack's mechanisms, worked out once.
var proved = sync.OnceValue(func() map[string][]prove.Verdict {
	pack, _ := policy.Load(packs.Shenyang())
	proofs := map[string][]prove.Verdict{}
	for _, m := range pack.Mechanisms {
		proofs[m.Name] = prove.Prove(pack, m)
	}
	return proofs
})

// serve puts a site on a database.
func serve(db *store.DB, key *journal.Key, dist fs.FS, furnish bool, now func() time.Time) (*site, error) {
	return under(packs.Shenyang(), db, key, dist, furnish, now)
}

// under serves with the files of some pack.
func under(files fs.FS, db *store.DB, key *journal.Key, dist fs.FS, furnish bool, now func() time.Time) (*site, error) {
	ctx := context.Background()
	led, jou, reg := ledger.New(), journal.New(db, key), register.New(db, nil)
	people := identity.New(db, reg, identity.Cheap)
	engine, err := casework.New(ctx, casework.Config{DB: db, Files: files, Register: reg, Ledger: led, Journal: jou, Facts: figure.New(), Hats: people.ActorOfAccount})
	if err != nil {
		return nil, err
	}
	reg.BusyIn(engine.Busy)
	if err := engine.RegisterNeeds("jiebang"); err != nil {
		return nil, err
	}
	if furnish {
		if _, err := demo.Build(ctx, demo.City{DB: db, People: people, Register: reg, Cases: engine, Now: now}); err != nil {
			return nil, err
		}
	}
	if _, err := jou.Seal(ctx); err != nil {
		return nil, err
	}
	pack, _ := policy.Load(packs.Shenyang())
	jobs := store.NewJobs(db)
	dossiers := dossier.New(db, jobs, jou, engine, people.ActorOfAccount)
	go jobs.Run(ctx, 1)
	b := broker.New(db, reg, engine.Seen, nil)
	s := web.New(web.Config{Broker: b, DB: db, Pack: pack, Proofs: proved(), Cases: engine, People: people, Register: reg, Ledger: led, Journal: jou, Dossiers: dossiers,
		Dist: dist, Site: web.Site{Version: "test", Demo: true}, Now: now})
	h := s.Handler()
	return &site{httptest.NewServer(h).URL, db, jou, h, reg, s, key, func() (int, error) { return b.Alert(ctx, engine) }}, nil
}

// visitor is somebody with a browser; "" is nobody.
type visitor struct {
	t    *testing.T
	site *site
	http *http.Client
	name string
}

var visitors = struct {
	sync.Mutex
	jars map[string]http.CookieJar
}{jars: map[string]http.CookieJar{}}

// as signs somebody in, once for all tests.
func (s *site) as(t *testing.T, login string) *visitor {
	t.Helper()
	visitors.Lock()
	defer visitors.Unlock()
	v := &visitor{t, s, &http.Client{Timeout: 30 * time.Second}, login}
	if login == "" {
		return v
	}
	if jar := visitors.jars[s.url+login]; jar != nil {
		v.http.Jar = jar
		return v
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v.http.Jar = jar
	status, body := v.send("POST", "/api/session", map[string]string{"login": login, "password": demo.Password})
	if status != http.StatusOK {
		t.Fatalf("%s cannot sign in: %d %s", login, status, body)
	}
	visitors.jars[s.url+login] = jar
	return v
}

// send asks for something; body is sent as JSON, or as it is where it is a reader.
func (v *visitor) send(method, path string, body any, headers ...string) (status int, answer []byte) {
	v.t.Helper()
	res := v.ask(method, path, body, headers...)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, answer
}

func (v *visitor) ask(method, path string, body any, headers ...string) *http.Response {
	v.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		in = b
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			v.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.site.url+path, in)
	if err != nil {
		v.t.Fatal(err)
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	return res
}

// get asks and decodes; it fails the test where the answer is not OK.
func get[T any](v *visitor, path string) (out T) {
	v.t.Helper()
	status, body := v.send("GET", path, nil)
	if status != http.StatusOK {
		v.t.Fatalf("%s GET %s: %d %s", v.name, path, status, body)
	}
	if err := json.Unmarshal(body, &out); err != nil {
		v.t.Fatal(err)
	}
	return out
}

// caseIn is the open challenge that the auditor finds in a state.
func (s *site) caseIn(t *testing.T, state string) string {
	t.Helper()
	page := get[web.CasePage](s.as(t, "shenji"), "/api/cases?limit=200&mechanism=jiebang&state="+state)
	if len(page.Items) == 0 {
		t.Fatalf("no case stands in %s", state)
	}
	return page.Items[0].Case
}

// problem is what a refused request was answered.
func problem(t *testing.T, body []byte) web.Problem {
	t.Helper()
	var p web.Problem
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatalf("not a problem: %s", body)
	}
	return p
}

func has(s []byte, part string) bool { return strings.Contains(string(s), part) }
