package web

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
)

// cookieName is the session's cookie.
const cookieName = "kechuang_session"

// visit is what the middleware learnt of a request; it travels in the context.
type visit struct {
	request  string // id
	address  string // of the client, without port
	session  string // cookie, "" for none
	token    string // bearer token, "" for none
	language lang.Tag
	secure   bool

	actor identity.Actor
	err   error
	known bool
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{language: lang.ZH}
}

func languageOf(ctx context.Context) lang.Tag { return visitOf(ctx).language }
func requestID(ctx context.Context) string    { return visitOf(ctx).request }
func addressOf(ctx context.Context) string    { return visitOf(ctx).address }
func sessionOf(ctx context.Context) string    { return visitOf(ctx).session }

// actor says who asks: by token where one is sent, else by session, else nobody. It is looked up once a request, and only by
// operations, so that a picture or a script costs no query.
func (s *Server) actor(ctx context.Context) (identity.Actor, error) {
	v := visitOf(ctx)
	if v.known {
		return v.actor, v.err
	}
	v.known = true
	switch {
	case v.token != "":
		v.actor, v.err = s.people.ActorOfToken(ctx, v.token)
	case v.session != "":
		v.actor, v.err = s.people.ActorOf(ctx, v.session)
	}
	return v.actor, v.err
}

// newVisit reads the request. Only behind a proxy of the operator's own are its headers about the client believed.
func newVisit(r *http.Request, id string, proxied bool) *visit {
	v := &visit{request: id, address: r.RemoteAddr, language: lang.ZH, secure: r.TLS != nil}
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		v.address = host
	}
	if proxied {
		if hops := strings.Split(r.Header.Get("X-Forwarded-For"), ","); strings.TrimSpace(hops[len(hops)-1]) != "" {
			v.address = strings.TrimSpace(hops[len(hops)-1])
		}
		v.secure = v.secure || r.Header.Get("X-Forwarded-Proto") == "https"
	}
	if c, err := r.Cookie(cookieName); err == nil {
		v.session = c.Value
	}
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		v.token = strings.TrimSpace(t)
	}
	if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en") {
		v.language = lang.EN
	}
	return v
}

func (s *Server) cookie(ctx context.Context, value string, ends time.Time) http.Cookie {
	return http.Cookie{Name: cookieName, Value: value, Path: "/", Expires: ends, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: visitOf(ctx).secure}
}
