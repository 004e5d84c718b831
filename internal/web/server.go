// Package web is the HTTP API with its OpenAPI document, and the interface embedded in the binary.
//
//	s := web.New(web.Config{DB: db, Pack: pack, Proofs: proofs, Cases: engine, People: people, Register: reg, …})
//	http.Serve(listener, s.Handler())
//
// Every operation is one call of handle: what it is (route), who may come in at all (access), its input and its answer as Go types,
// from which the OpenAPI document is made. What of a case, a party or a posting somebody may see is decided in the room that owns
// it; this package decides nothing but the way a request goes:
//
//	id, visit, headers (handler.go) → cross-origin guard → gzip → size limit → route → access → body → handler → problem or answer
//
// Sessions travel in a cookie that scripts cannot read; integrators send a bearer token, which wears its account's hats within its
// scopes and never administers. Every error a person can act on is a problem with all its refusals (problem.go); every other error is
// logged under the request's id and shown as nothing but that id.
//
// The interface uses this API and nothing else, so whatever a person can do here a program can do too.
package web

import (
	"context"
	"io/fs"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kechuang/internal/broker"
	"kechuang/internal/dossier"
	"kechuang/internal/exchange"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/policy/draw"
	"kechuang/internal/policy/prove"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
)

// Config is what a server is made of.
type Config struct {
	DB       *store.DB
	Pack     *policy.Pack
	Proofs   map[string][]prove.Verdict // by mechanism
	Cases    Cases
	People   *identity.Service
	Register *register.Register
	Ledger   *ledger.Ledger
	Journal  *journal.Journal
	Dossiers *dossier.Service
	Dist     fs.FS // the built interface, in app/
	Site     Site
	Growing  func() *Growing // how far the demo's city has come; nil where it does not grow
	Now      func() time.Time
	Wake     func()         // tells the loop that runs imports that there is something to do; nil: it finds out by itself
	Broker   *broker.Broker // nil: one without an embedding endpoint
	Proxied  bool           // behind a proxy of the operator's own, whose X-Forwarded-For and -Proto are believed
}

// Server answers HTTP.
type Server struct {
	db       *store.DB
	shelf    *shelf
	cases    Cases
	people   *identity.Service
	register *register.Register
	ledger   *ledger.Ledger
	journal  *journal.Journal
	dossiers *dossier.Service
	dist     fs.FS
	site     Site
	growing  func() *Growing
	now      func() time.Time
	wake     func()
	proxied  bool
	limits   *limits
	meter    *meter
	chains   analysed
	broker   *broker.Broker
	alikes   alikes
	finder   *search.Finder
	feed     *exchange.Feed

	mux     *http.ServeMux
	api     huma.API
	handler http.Handler
}

// New makes a server. The pack must have passed its proofs.
func New(c Config) *Server {
	s := &Server{db: c.DB, shelf: newShelf(newBook(c.Pack, c.Proofs)), cases: c.Cases, people: c.People, register: c.Register, ledger: c.Ledger, journal: c.Journal, dossiers: c.Dossiers, dist: c.Dist, site: c.Site, growing: c.Growing, now: c.Now, wake: c.Wake, proxied: c.Proxied, broker: c.Broker, limits: newLimits(c.Now), meter: newMeter()}
	if s.broker == nil {
		s.broker = broker.New(c.DB, c.Register, nil, nil)
	}
	s.finder = search.New(c.DB, c.Register, c.Cases)
	c.Register.FindWith(s.finder.IDs)
	s.feed = newFeed(c)
	if s.wake == nil {
		s.wake = func() {}
	}
	s.routes()
	s.handler = s.assemble()
	return s
}

func (s *Server) routes() {
	cfg := huma.DefaultConfig("科创 kechuang", s.site.Version)
	cfg.Info.Description = "The API of kechuang; the interface uses nothing else. Amounts are whole fen, shares parts per million, times RFC 3339. Errors are RFC 9457 problems with every reason in `refusals`."
	cfg.DocsPath, cfg.SchemasPath, cfg.CreateHooks = "", "", nil
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	s.mux = http.NewServeMux()
	s.api = humago.New(s.mux, cfg)
	s.sessionRoutes()
	s.caseRoutes()
	s.documentRoutes()
	s.dossierRoutes()
	s.alikeRoutes()
	s.hallRoutes()
	s.partyRoutes()
	s.recordRoutes()
	s.handedRoutes()
	s.workRoutes()
	s.searchRoutes()
	s.catalogueRoutes()
	s.exchangeRoutes()
	s.assetRoutes()
	s.matchRoutes()
	s.sheetRoutes()
	s.fundRoutes()
	s.feeRoutes()
	s.figureRoutes()
	s.seriesRoutes()
	s.overviewRoutes()
	s.chainRoutes()
	s.panelRoutes()
	s.portfolioRoutes()
	s.logRoutes()
	s.adminRoutes()
	s.policyRoutes()
	s.editionRoutes()
}

// draw is a mechanism's diagram.
func (s *Server) draw(m *policy.Mechanism, machine string, l lang.Tag, state string) []byte {
	return draw.SVG(m, machine, l, state)
}

// ping asks the database for a snapshot.
func (s *Server) ping(ctx context.Context) error {
	return s.db.Read(ctx, func(*store.Tx) error { return nil })
}

// OpenAPI is the document of the API, without any room behind it.
func OpenAPI(version string) ([]byte, error) {
	s := &Server{site: Site{Version: version}, limits: newLimits(nil)}
	s.routes()
	return s.api.OpenAPI().MarshalJSON()
}
