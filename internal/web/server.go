package web

import (
	"context"
	"io/fs"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Server answers HTTP.
type Server struct {
	pack     *policy.Pack
	book     *book
	site     Site
	cases    Cases
	tables   Tables
	register *register.Register
	ledger   *ledger.Ledger
	db       *store.DB
	people   *identity.Service
	log      Log
	limits   *limits
	draw     func(m *policy.Mechanism, machine string, l lang.Tag, state string) []byte
	ping     func(context.Context) error
	now      func() time.Time
	proxied  bool
	meter    *meter
	dist     fs.FS

	mux *http.ServeMux
	api huma.API
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
	s.hallRoutes()
	s.partyRoutes()
	s.sheetRoutes()
	s.fundRoutes()
	s.logRoutes()
	s.adminRoutes()
	s.policyRoutes()
}

// OpenAPI is the document of the API, without any room behind it.
func OpenAPI(version string) ([]byte, error) {
	s := &Server{site: Site{Version: version}, limits: newLimits(nil), pack: &policy.Pack{}}
	s.routes()
	return s.api.OpenAPI().MarshalJSON()
}
