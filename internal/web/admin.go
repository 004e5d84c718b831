package web

import (
	"context"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

type (
	// Account is somebody who can sign in, with the hats.
	Account struct {
		ID       string            `json:"id"`
		Login    string            `json:"login"`
		Name     string            `json:"name"`
		Person   string            `json:"person,omitempty"`
		State    identity.State    `json:"state" enum:"invited,active,disabled"`
		Locked   *time.Time        `json:"locked,omitempty" doc:"locked until, after too many wrong passwords"`
		Created  time.Time         `json:"created"`
		LastSeen *time.Time        `json:"last_sign_in,omitempty"`
		Offices  []string          `json:"offices"`
		Parties  []identity.Member `json:"parties"`
		Roles    []string          `json:"roles"`
	}
	// AccountPage is one page of a list.
	AccountPage struct {
		Items []Account `json:"items"`
		Next  string    `json:"next,omitempty"`
	}
	// NewAccount asks for an account; its owner chooses the password by the one-time link.
	NewAccount struct {
		Login  string `json:"login" minLength:"2" maxLength:"100"`
		Name   string `json:"name" minLength:"1" maxLength:"100"`
		Person string `json:"person,omitempty" doc:"id of the person in the register, for experts"`
		Party  string `json:"party,omitempty" doc:"the first party that it may act for; required of an owner who makes an account for their own party"`
		As     string `json:"as,omitempty" enum:"agent,owner" doc:"in party"`
	}
	// AccountLink is an account with a one-time link to hand over.
	AccountLink struct {
		Account Account `json:"account"`
		Link    string  `json:"link" doc:"path of the page on which the password is chosen; shown once"`
	}
	// Grant is one hat: exactly one of office, role and party.
	Grant struct {
		Office string `json:"office,omitempty" doc:"bureau.leaders, district/210112"`
		Role   string `json:"role,omitempty" enum:"admin.system,admin.security,admin.audit,auditor,register,finance,statistics,policy"`
		Party  string `json:"party,omitempty" doc:"id of the party the account may act for"`
		As     string `json:"as,omitempty" enum:"agent,owner" doc:"with party"`
	}
	// SecurityEvent is one line of the security log.
	SecurityEvent struct {
		ID      string    `json:"id"`
		At      time.Time `json:"at"`
		Kind    string    `json:"kind" doc:"sign_in, sign_in.refused, role.granted …"`
		By      string    `json:"by,omitempty" doc:"account that did it"`
		Login   string    `json:"login,omitempty" doc:"what was typed at sign-in"`
		Subject string    `json:"subject,omitempty" doc:"account that it is about"`
		Address string    `json:"address,omitempty"`
		Agent   string    `json:"agent,omitempty" doc:"browser"`
		Detail  string    `json:"detail,omitempty"`
		OK      bool      `json:"ok"`
		Named   string    `json:"named,omitempty" doc:"by, as the account is called"`
		About   string    `json:"about,omitempty" doc:"subject, as the account is called"`
		Told    lang.Text `json:"told" doc:"detail in words"`
	}
	// SecurityPage is one page of the security log, newest first.
	SecurityPage struct {
		Items []SecurityEvent `json:"items"`
		Next  string          `json:"next,omitempty"`
	}
	accountInput struct {
		Account string `path:"account"`
	}
	grantInput struct {
		Account string `path:"account"`
		Body    Grant
	}
)

// The three administrators are kept apart, and identity says which of them does what; the gate here only keeps everybody else out.
var (
	system    = access{roles: []string{"admin.system"}, session: true}
	security  = access{roles: []string{"admin.security"}, session: true}
	anyAdmin  = access{roles: []string{"admin.system", "admin.security"}, session: true}
	allAdmins = access{roles: []string{"admin.system", "admin.security", "admin.audit"}, session: true}
	logReader = access{roles: []string{"admin.audit"}, session: true}
)

func (s *Server) adminRoutes() {
	handle(s, route{method: "GET", path: "/api/admin/accounts", id: "accounts", tell: "Accounts: all for administrators, those of a party for its owner", access: byHand},
		func(ctx context.Context, who identity.Actor, in *struct {
			Q      string `query:"q" maxLength:"100"`
			Party  string `query:"party" doc:"required of an owner"`
			Office string `query:"office"`
			Role   string `query:"role"`
			After  string `query:"after"`
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[AccountPage], error) {
			list, next, err := s.people.Accounts(ctx, who, identity.AccountQuery{Find: in.Q, Party: in.Party, Office: in.Office, Role: in.Role, After: in.After, Limit: in.Limit})
			return answer(AccountPage{each(list, accountView), next}, err)
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts", id: "createAccount", tell: "A new account with a one-time link for its owner", access: byHand, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewAccount }) (*reply[AccountLink], error) {
			a, link, err := s.people.CreateAccount(ctx, who, identity.NewAccount{Login: in.Body.Login, Name: in.Body.Name, Person: in.Body.Person, Party: in.Body.Party, Role: in.Body.As})
			return answer(AccountLink{accountView(a), SetupPath + link}, err)
		})
	handle(s, route{method: "GET", path: "/api/admin/accounts/{account}", id: "account", tell: "An account", access: byHand},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[Account], error) {
			return s.account(ctx, who, in.Account)
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/grants", id: "grant", tell: "Give a party to act for (admin.system), an office or a role (admin.security)", access: anyAdmin},
		func(ctx context.Context, who identity.Actor, in *grantInput) (*reply[Account], error) {
			return s.changed(ctx, who, in.Account, s.grant(ctx, who, in.Account, in.Body))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/revocations", id: "revoke", tell: "Take a party, an office or a role away", access: byHand},
		func(ctx context.Context, who identity.Actor, in *grantInput) (*reply[Account], error) {
			return s.changed(ctx, who, in.Account, s.revoke(ctx, who, in.Account, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/admin/offices", id: "offices", tell: "The offices that seats are filled from", access: allAdmins},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]*policy.Office], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			return &reply[[]*policy.Office]{sorted(p.Offices, func(o *policy.Office) string { return o.Name })}, nil
		})
	handle(s, route{method: "GET", path: "/api/admin/security-log", id: "securityLog", tell: "Who signed in, failed, was given what, newest first", access: logReader},
		func(ctx context.Context, who identity.Actor, in *struct {
			Account string `query:"account" doc:"as doer or subject"`
			Kind    string `query:"kind"`
			After   string `query:"after"`
			Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
		}) (*reply[SecurityPage], error) {
			list, next, err := s.people.SecurityLog(ctx, who, identity.EventQuery{Kind: in.Kind, Account: in.Account, After: in.After, Limit: in.Limit})
			if err != nil {
				return nil, err
			}
			told, err := read(ctx, s, func(tx *store.Tx) ([]SecurityEvent, error) { return s.tellEvents(tx, list) })
			return answer(SecurityPage{told, next}, err)
		})
	s.lockRoutes()
}

// lockRoutes are what is done to an account as a whole.
func (s *Server) lockRoutes() {
	for _, r := range []struct {
		name, id, tell string
		access         access
		do             func(context.Context, identity.Actor, string) error
	}{
		{"disable", "disableAccount", "Lock an account out; ends its sessions and tokens", system, s.people.Disable},
		{"enable", "enableAccount", "Let an account in again", system, s.people.Enable},
		{"unlock", "unlockAccount", "Forget an account's wrong passwords", security, s.people.Unlock},
	} {
		handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/" + r.name, id: r.id, tell: r.tell, access: r.access},
			func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[Account], error) {
				return s.changed(ctx, who, in.Account, r.do(ctx, who, in.Account))
			})
	}
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/reset", id: "resetAccount", tell: "A one-time link to choose a new password", access: anyAdmin},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[AccountLink], error) {
			link, err := s.people.ResetLink(ctx, who, in.Account)
			if err != nil {
				return nil, err
			}
			a, err := s.people.Account(ctx, who, in.Account)
			return answer(AccountLink{accountView(a), SetupPath + link}, err)
		})
}

// SetupPath is where a one-time link leads; the link's own secret follows it.
const SetupPath = "/setup/"

func (s *Server) account(ctx context.Context, who identity.Actor, id string) (*reply[Account], error) {
	a, err := s.people.Account(ctx, who, id)
	return answer(accountView(a), err)
}

func (s *Server) changed(ctx context.Context, who identity.Actor, id string, err error) (*reply[Account], error) {
	if err != nil {
		return nil, err
	}
	return s.account(ctx, who, id)
}

func (s *Server) grant(ctx context.Context, who identity.Actor, id string, g Grant) error {
	switch {
	case g.Office != "":
		return s.people.GrantOffice(ctx, who, id, g.Office)
	case g.Role != "":
		return s.people.GrantRole(ctx, who, id, g.Role)
	case g.Party != "":
		return s.people.GrantMember(ctx, who, id, g.Party, g.As)
	}
	return errNoHat()
}

func (s *Server) revoke(ctx context.Context, who identity.Actor, id string, g Grant) error {
	switch {
	case g.Office != "":
		return s.people.RevokeOffice(ctx, who, id, g.Office)
	case g.Role != "":
		return s.people.RevokeRole(ctx, who, id, g.Role)
	case g.Party != "":
		return s.people.RevokeMember(ctx, who, id, g.Party)
	}
	return errNoHat()
}

func errNoHat() error {
	return refusal.New(refusal.Invalid, "grant.empty", lang.T("请选择一个单位、处室或角色", "Choose a party, an office or a role"))
}

func accountView(a identity.Account) Account {
	return Account{a.ID, a.Login, a.Name, a.Person, a.State, a.Locked, a.Created, a.LastSignIn, a.Offices, a.Parties, a.Roles}
}
