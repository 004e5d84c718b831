package web

import (
	"context"
	"net/http"
	"time"

	"kechuang/internal/identity"
)

type (
	// Session is who is signed in, and until when.
	Session struct {
		SignedIn bool            `json:"signed_in"`
		Actor    *identity.Actor `json:"actor,omitempty"`
		Idle     *time.Time      `json:"idle,omitempty" doc:"ends then unless something is asked for before"`
		Ends     *time.Time      `json:"ends,omitempty" doc:"ends then in any case"`
	}
	// Credentials is what is typed to sign in.
	Credentials struct {
		Login    string `json:"login" minLength:"1" maxLength:"100"`
		Password string `json:"password" minLength:"1" maxLength:"500"`
	}
	// PasswordChange is the old password and the new one.
	PasswordChange struct {
		Old   string `json:"old" maxLength:"500"`
		Fresh string `json:"new" maxLength:"500"`
	}
	// Token is an integrator's token, without its secret.
	Token struct {
		ID      string     `json:"id"`
		Name    string     `json:"name"`
		Scopes  []string   `json:"scopes"`
		Created time.Time  `json:"created"`
		Ends    *time.Time `json:"ends,omitempty"`
		Used    *time.Time `json:"used,omitempty"`
	}
	// NewToken asks for a token.
	NewToken struct {
		Name   string   `json:"name" minLength:"1" maxLength:"80"`
		Scopes []string `json:"scopes" minItems:"1" enum:"read,act"`
		Days   int      `json:"days" minimum:"1" maximum:"366"`
	}
	// FreshToken is shown once.
	FreshToken struct {
		Token
		Secret string `json:"secret" doc:"send it as Authorization: Bearer …; it is never shown again"`
	}
	// SetupLink is what a one-time link is for.
	SetupLink struct {
		Purpose string    `json:"purpose" enum:"first_admin,password"`
		Login   string    `json:"login,omitempty"`
		Name    string    `json:"name,omitempty"`
		Ends    time.Time `json:"ends"`
	}
	// SetupAnswer completes a one-time link: the first administrator chooses a login and a name, everybody a password.
	SetupAnswer struct {
		Login    string `json:"login,omitempty" maxLength:"100"`
		Name     string `json:"name,omitempty" maxLength:"100"`
		Password string `json:"password" maxLength:"500"`
	}
	cookieReply struct {
		SetCookie http.Cookie `header:"Set-Cookie"`
		Body      Session
	}
	cookieGone struct {
		SetCookie http.Cookie `header:"Set-Cookie"`
	}
)

func (s *Server) sessionRoutes() {
	handle(s, route{method: "POST", path: "/api/session", id: "signIn", tell: "Sign in; sets the session cookie", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body Credentials }) (*cookieReply, error) {
			if err := s.limits.signIn(ctx); err != nil {
				return nil, err
			}
			fresh, err := s.accounts.SignIn(ctx, in.Body.Login, in.Body.Password, addressOf(ctx))
			if err != nil {
				return nil, err
			}
			session, err := s.accounts.Session(ctx, fresh.Cookie)
			if err != nil {
				return nil, err
			}
			return &cookieReply{s.cookie(ctx, fresh.Cookie, fresh.Ends), *session}, nil
		})
	handle(s, route{method: "GET", path: "/api/session", id: "session", tell: "Who is signed in; nobody is no error", access: public},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[Session], error) {
			if who.Anonymous() || sessionOf(ctx) == "" {
				return &reply[Session]{}, nil
			}
			v, err := s.accounts.Session(ctx, sessionOf(ctx))
			if err != nil {
				return nil, err
			}
			return &reply[Session]{*v}, nil
		})
	handle(s, route{method: "DELETE", path: "/api/session", id: "signOut", tell: "Sign out", access: public, status: 204},
		func(ctx context.Context, _ identity.Actor, _ *none) (*cookieGone, error) {
			if c := sessionOf(ctx); c != "" {
				if err := s.accounts.SignOut(ctx, c); err != nil {
					return nil, err
				}
			}
			return &cookieGone{s.cookie(ctx, "", time.Unix(0, 0))}, nil
		})
	handle(s, route{method: "GET", path: "/api/me", id: "me", tell: "The account and its hats", access: signedIn},
		func(_ context.Context, who identity.Actor, _ *none) (*reply[identity.Actor], error) {
			return &reply[identity.Actor]{who}, nil
		})
	handle(s, route{method: "POST", path: "/api/me/password", id: "changePassword", tell: "Change one's own password; ends all other sessions", access: byHand, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct{ Body PasswordChange }) (*none, error) {
			return nil, s.accounts.ChangePassword(ctx, who, sessionOf(ctx), in.Body.Old, in.Body.Fresh)
		})
	s.tokenRoutes()
	s.setupRoutes()
}

func (s *Server) tokenRoutes() {
	handle(s, route{method: "GET", path: "/api/me/tokens", id: "tokens", tell: "One's own integrator tokens", access: byHand},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]Token], error) {
			return answer(s.accounts.Tokens(ctx, who))
		})
	handle(s, route{method: "POST", path: "/api/me/tokens", id: "createToken", tell: "A new token; its secret is shown once", access: byHand, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewToken }) (*reply[*FreshToken], error) {
			return answer(s.accounts.CreateToken(ctx, who, in.Body))
		})
	handle(s, route{method: "DELETE", path: "/api/me/tokens/{token}", id: "revokeToken", tell: "Revoke a token", access: byHand, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct {
			Token string `path:"token"`
		}) (*none, error) {
			return nil, s.accounts.RevokeToken(ctx, who, in.Token)
		})
}

func (s *Server) setupRoutes() {
	handle(s, route{method: "GET", path: "/api/setup/{token}", id: "setupLink", tell: "What a one-time link is for", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Token string `path:"token"`
		}) (*reply[*SetupLink], error) {
			if err := s.limits.signIn(ctx); err != nil {
				return nil, err
			}
			return answer(s.accounts.Link(ctx, in.Token))
		})
	handle(s, route{method: "POST", path: "/api/setup/{token}", id: "useSetupLink", tell: "Use a one-time link: choose a password", access: public, status: 204},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Token string `path:"token"`
			Body  SetupAnswer
		}) (*none, error) {
			if err := s.limits.signIn(ctx); err != nil {
				return nil, err
			}
			return nil, s.accounts.UseLink(ctx, in.Token, in.Body)
		})
}
