package web

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// access is the coarse gate before an operation; the fine one — what of a case, a party, a posting this person may see — is in
// the package that owns the thing.
type access struct {
	open    bool     // no sign-in needed
	session bool     // by a session only, never by an integrator's token
	roles   []string // any of these, or none for everybody who is signed in
	offices bool     // instead of a role, a seat in any office of the bureau will do
}

var (
	public   = access{open: true}
	signedIn = access{}
	byHand   = access{session: true}
)

func roles(names ...string) access { return access{roles: names} }

// allow refuses an actor who may not come in at all.
func (a access) allow(who identity.Actor, write bool) error {
	if a.open && !write {
		return nil
	}
	if who.Anonymous() {
		if a.open {
			return nil
		}
		return refusal.New(refusal.SignIn, "session.none", lang.T("请先登录", "Please sign in first"))
	}
	if who.Token != "" {
		need := "read"
		if write {
			need = "act"
		}
		if a.session {
			return refusal.New(refusal.Forbidden, "token.session_only", lang.T("这项操作只能由本人登录后办理，不能使用接口令牌", "This needs a person who is signed in; a token will not do"))
		}
		if !slices.Contains(who.Scopes, need) {
			return refusal.New(refusal.Forbidden, "token.scope", lang.T("接口令牌没有“"+need+"”权限", "The token lacks the scope "+need))
		}
	}
	if len(a.roles) == 0 || slices.ContainsFunc(a.roles, who.Has) {
		return nil
	}
	if a.offices && slices.ContainsFunc(who.Offices, func(o string) bool { return strings.HasPrefix(o, "bureau.") }) {
		return nil
	}
	return refusal.New(refusal.Forbidden, "role.missing", lang.T("您的账号没有这项权限", "Your account may not do this")).
		Mend(lang.T("这由"+roleTitles(a.roles, lang.ZH, "、")+"办理；确需权限的，请联系安全管理员", "This is for: "+roleTitles(a.roles, lang.EN, ", ")+"; ask the security administrator"))
}

func roleTitles(roles []string, l lang.Tag, comma string) string {
	var said []string
	for _, r := range roles {
		said = append(said, identity.RoleTitles[r].In(l))
	}
	return strings.Join(said, comma)
}

// words is how the access is told in the OpenAPI document.
func (a access) words() string {
	switch {
	case a.open:
		return "public"
	case len(a.roles) > 0 && a.offices:
		return "bureau or " + strings.Join(a.roles, ", ")
	case len(a.roles) > 0:
		return strings.Join(a.roles, ", ")
	case a.session:
		return "signed in, no token"
	}
	return "signed in"
}

// route is one operation of the API.
type route struct {
	method, path string
	id           string
	tell         string // one line for the document
	access       access
	media        string // what is given, where it is not JSON
	status       int    // where it is not 200 (or 204 for no body)
	limit        int64  // bytes of the body, where it is not 2 MB
}

// The largest bodies: a form of text, and an uploaded file.
const (
	formLimit = 2 << 20
	fileLimit = 50 << 20
)

// handle registers an operation: access first, then the handler, then every error through problemOf.
func handle[I, O any](s *Server, r route, h func(context.Context, identity.Actor, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: r.tell, Tags: []string{tag(r.path)},
		DefaultStatus: r.status, MaxBodyBytes: r.limit, BodyReadTimeout: 30 * time.Second,
		Extensions: map[string]any{"x-access": r.access.words()},
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = formLimit
	}
	if op.MaxBodyBytes == fileLimit {
		op.BodyReadTimeout = 5 * time.Minute
	}
	if !r.access.open {
		op.Security = []map[string][]string{{"session": {}}}
		if !r.access.session {
			op.Security = append(op.Security, map[string][]string{"token": {}})
		}
	}
	if r.media != "" {
		op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			r.media: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	}
	// Access comes before the body is read, so that a stranger cannot make the server take in 50 MB.
	write := r.method != http.MethodGet
	op.Middlewares = huma.Middlewares{func(hc huma.Context, next func(huma.Context)) {
		who, err := s.actor(hc.Context())
		if r.access.open && sessionEnded(hc.Context(), err) {
			err = nil // a session that has ended reads the public pages as everybody does
		}
		if err == nil {
			err = r.access.allow(who, write)
		}
		if err != nil {
			req, w := humago.Unwrap(hc)
			writeProblem(w, req, err)
			return
		}
		next(hc)
	}}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		who, _ := s.actor(ctx) // the gate has seen its error
		out, err := h(ctx, who, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		if out != nil {
			whole(reflect.ValueOf(out))
		}
		return out, nil
	})
}

// sessionEnded tells whether the error is only that the cookie's session is over. A bad token stays an error everywhere.
func sessionEnded(ctx context.Context, err error) bool {
	list := refusal.Of(err)
	return len(list) > 0 && list[0].Kind == refusal.SignIn && visitOf(ctx).token == ""
}

// tag groups operations by the first word of their path.
func tag(path string) string {
	word, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/"), "/")
	return word
}

// reply is an answer with a JSON body.
type reply[T any] struct{ Body T }

func answer[T any](v T, err error) (*reply[T], error) {
	if err != nil {
		return nil, err
	}
	return &reply[T]{v}, nil
}

// file is an answer that is not JSON.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// none is an input or an answer without anything.
type none struct{}
