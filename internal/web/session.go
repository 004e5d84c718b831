package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

type (
	// Session is who is signed in.
	Session struct {
		SignedIn bool            `json:"signed_in"`
		Actor    *identity.Actor `json:"actor,omitempty"`
		Idle     int             `json:"idle_minutes" doc:"without a request for so long it ends"`
		Ends     *time.Time      `json:"ends,omitempty" doc:"given at sign-in: it ends then in any case"`
		Offices  []lang.Text     `json:"offices,omitempty" doc:"what the actor's offices are called, in their order"`
		Opens    bool            `json:"opens" doc:"there is a mechanism that the account may open a case of"`
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
		Ends    time.Time  `json:"ends"`
		Used    *time.Time `json:"used,omitempty"`
	}
	// NewToken asks for a token.
	NewToken struct {
		Name   string   `json:"name" minLength:"1" maxLength:"50"`
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
		Purpose string    `json:"purpose" enum:"first,invite,reset" doc:"first: the first administrator, who chooses a login and a name too"`
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
	linkInput struct {
		Token string `path:"token"`
	}
)

const idleMinutes = int(identity.Idle / time.Minute)

// session of somebody who is signed in.
func (s *Server) session(ctx context.Context, who identity.Actor) (Session, error) {
	b, err := s.book(ctx)
	if err != nil {
		return Session{}, err
	}
	return Session{SignedIn: true, Actor: &who, Idle: idleMinutes, Offices: each(who.Offices, s.cases.OfficeTitle), Opens: b.opens(who)}, nil
}

func (s *Server) sessionRoutes() {
	handle(s, route{method: "POST", path: "/api/session", id: "signIn", tell: "Sign in; sets the session cookie", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body Credentials }) (*cookieReply, error) {
			var v *identity.Session
			err := s.limits.guess(ctx, func() (err error) {
				v, err = s.people.SignIn(ctx, in.Body.Login, in.Body.Password)
				return err
			})
			if err != nil {
				return nil, err
			}
			session, err := s.session(ctx, v.Actor)
			if err != nil {
				return nil, err
			}
			session.Ends = &v.Expires
			return &cookieReply{s.cookie(ctx, v.Token, v.Expires), session}, nil
		})
	handle(s, route{method: "GET", path: "/api/session", id: "session", tell: "Who is signed in; nobody is no error", access: public},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[Session], error) {
			if who.Anonymous() || who.Token != "" {
				return &reply[Session]{Session{Idle: idleMinutes}}, nil
			}
			return answer(s.session(ctx, who))
		})
	handle(s, route{method: "DELETE", path: "/api/session", id: "signOut", tell: "Sign out", access: public, status: 204},
		func(ctx context.Context, _ identity.Actor, _ *none) (*cookieGone, error) {
			if c := sessionOf(ctx); c != "" {
				if err := s.people.SignOut(ctx, c); err != nil {
					return nil, err
				}
			}
			return &cookieGone{s.cookie(ctx, "", time.Unix(1, 0))}, nil
		})
	handle(s, route{method: "GET", path: "/api/me", id: "me", tell: "The account and its hats", access: signedIn},
		func(_ context.Context, who identity.Actor, _ *none) (*reply[identity.Actor], error) {
			return &reply[identity.Actor]{who}, nil
		})
	handle(s, route{method: "POST", path: "/api/me/password", id: "changePassword", tell: "Change one's own password; ends all other sessions", access: byHand, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct{ Body PasswordChange }) (*none, error) {
			return nil, s.people.ChangePassword(ctx, who, sessionOf(ctx), in.Body.Old, in.Body.Fresh)
		})
	handle(s, route{method: "GET", path: "/api/me/colleagues", id: "colleagues", tell: "The accounts of my offices and parties, who could stand in for me", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]identity.Holder], error) {
			return answer(read(ctx, s, func(tx *store.Tx) ([]identity.Holder, error) { return s.colleagues(tx, who) }))
		})
	s.tokenRoutes()
	s.setupRoutes()
}

// colleagues are the others who sit where the actor sits, each once, by name.
func (s *Server) colleagues(tx *store.Tx, who identity.Actor) ([]identity.Holder, error) {
	var list []identity.Holder
	for _, o := range who.Offices {
		more, err := s.people.InOffice(tx, o)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	for _, p := range who.Parties {
		more, err := s.people.ForParty(tx, p.Party)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.SortFunc(list, func(a, b identity.Holder) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Account, b.Account))
	})
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(h identity.Holder) bool { return h.Account == who.Account }), nil
}

func (s *Server) tokenRoutes() {
	handle(s, route{method: "GET", path: "/api/me/tokens", id: "tokens", tell: "One's own integrator tokens", access: byHand},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]Token], error) {
			list, err := s.people.Tokens(ctx, who)
			return answer(each(list, tokenView), err)
		})
	handle(s, route{method: "POST", path: "/api/me/tokens", id: "createToken", tell: "A new token; its secret is shown once", access: byHand, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewToken }) (*reply[FreshToken], error) {
			t, secret, err := s.people.CreateToken(ctx, who, identity.NewToken(in.Body))
			return answer(FreshToken{tokenView(t), secret}, err)
		})
	handle(s, route{method: "DELETE", path: "/api/me/tokens/{token}", id: "revokeToken", tell: "Revoke a token", access: byHand, status: 204},
		func(ctx context.Context, who identity.Actor, in *linkInput) (*none, error) {
			return nil, s.people.RevokeToken(ctx, who, in.Token)
		})
}

func (s *Server) setupRoutes() {
	handle(s, route{method: "GET", path: "/api/setup/{token}", id: "setupLink", tell: "What a one-time link is for", access: public},
		func(ctx context.Context, _ identity.Actor, in *linkInput) (*reply[SetupLink], error) {
			var l identity.LinkInfo
			err := s.limits.guess(ctx, func() (err error) {
				l, err = s.people.LookLink(ctx, in.Token)
				return err
			})
			return answer(SetupLink{l.Kind, l.Login, l.Name, l.Expires}, err)
		})
	handle(s, route{method: "POST", path: "/api/setup/{token}", id: "useSetupLink", tell: "Use a one-time link: choose a password", access: public, status: 204},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Token string `path:"token"`
			Body  SetupAnswer
		}) (*none, error) {
			return nil, s.limits.guess(ctx, func() error {
				_, err := s.people.UseLink(ctx, in.Token, identity.Choice(in.Body))
				return err
			})
		})
}

func tokenView(t identity.Token) Token {
	return Token{t.ID, t.Name, t.Scopes, t.Created, t.Expires, t.LastUsed}
}

// each turns a list of one type into a list of another.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
