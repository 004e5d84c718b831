package web

import (
	"context"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
)

type (
	// Account is somebody who can sign in, with the hats.
	Account struct {
		ID       string            `json:"id"`
		Login    string            `json:"login"`
		Name     string            `json:"name"`
		Person   string            `json:"person,omitempty"`
		Disabled bool              `json:"disabled"`
		Locked   *time.Time        `json:"locked,omitempty" doc:"locked until, after too many wrong passwords"`
		Created  time.Time         `json:"created"`
		LastSeen *time.Time        `json:"last_seen,omitempty"`
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
	}
	// AccountLink is an account with a one-time link to hand over.
	AccountLink struct {
		Account Account   `json:"account"`
		Link    string    `json:"link" doc:"path of the page on which the password is chosen; shown once"`
		Ends    time.Time `json:"ends"`
	}
	// Grant is one hat: exactly one of office, role and party.
	Grant struct {
		Office string `json:"office,omitempty" doc:"bureau.leaders, district/210112"`
		Role   string `json:"role,omitempty" enum:"admin.system,admin.security,admin.audit,auditor,register,finance"`
		Party  string `json:"party,omitempty" doc:"id of the party the account may act for"`
		As     string `json:"as,omitempty" enum:"agent,owner" doc:"with party"`
	}
	// SecurityEvent is one line of the security log.
	SecurityEvent struct {
		ID      string    `json:"id"`
		At      time.Time `json:"at"`
		Kind    string    `json:"kind"`
		Account string    `json:"account,omitempty"`
		Login   string    `json:"login,omitempty"`
		By      string    `json:"by,omitempty"`
		From    string    `json:"from,omitempty" doc:"network address"`
		Detail  string    `json:"detail,omitempty"`
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

// The three administrators are kept apart: admin.system makes accounts and says who sits where, admin.security locks, unlocks and
// resets, admin.audit and the auditor read the log.
var (
	anyAdmin  = access{roles: []string{"admin.system", "admin.security"}, session: true}
	system    = access{roles: []string{"admin.system"}, session: true}
	security  = access{roles: []string{"admin.security"}, session: true}
	logReader = access{roles: []string{"admin.security", "admin.audit", "auditor"}, session: true}
)

func (s *Server) adminRoutes() {
	handle(s, route{method: "GET", path: "/api/admin/accounts", id: "accounts", tell: "Accounts", access: anyAdmin},
		func(ctx context.Context, who identity.Actor, in *struct {
			Q     string `query:"q" maxLength:"100"`
			After string `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[*AccountPage], error) {
			return answer(s.accounts.List(ctx, who, in.Q, in.After, in.Limit))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts", id: "createAccount", tell: "A new account with a one-time link for its owner", access: system, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewAccount }) (*reply[*AccountLink], error) {
			return answer(s.accounts.Create(ctx, who, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/admin/accounts/{account}", id: "account", tell: "An account", access: anyAdmin},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[*Account], error) {
			return answer(s.accounts.Account(ctx, who, in.Account))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/grants", id: "grant", tell: "Give an office, a role or a party to act for", access: system},
		func(ctx context.Context, who identity.Actor, in *grantInput) (*reply[*Account], error) {
			return answer(s.accounts.Grant(ctx, who, in.Account, in.Body, true))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/revocations", id: "revoke", tell: "Take an office, a role or a party away", access: system},
		func(ctx context.Context, who identity.Actor, in *grantInput) (*reply[*Account], error) {
			return answer(s.accounts.Grant(ctx, who, in.Account, in.Body, false))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/disable", id: "disableAccount", tell: "Lock an account out; ends its sessions", access: security},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[*Account], error) {
			return answer(s.accounts.Enable(ctx, who, in.Account, false))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/enable", id: "enableAccount", tell: "Let an account in again", access: security},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[*Account], error) {
			return answer(s.accounts.Enable(ctx, who, in.Account, true))
		})
	handle(s, route{method: "POST", path: "/api/admin/accounts/{account}/reset", id: "resetAccount", tell: "A one-time link to choose a new password", access: security},
		func(ctx context.Context, who identity.Actor, in *accountInput) (*reply[*AccountLink], error) {
			return answer(s.accounts.Reset(ctx, who, in.Account))
		})
	handle(s, route{method: "GET", path: "/api/admin/offices", id: "offices", tell: "The offices that seats are filled from", access: anyAdmin},
		func(context.Context, identity.Actor, *none) (*reply[[]*policy.Office], error) {
			return &reply[[]*policy.Office]{sorted(s.pack.Offices, func(o *policy.Office) string { return o.Name })}, nil
		})
	handle(s, route{method: "GET", path: "/api/admin/security-log", id: "securityLog", tell: "Who signed in, failed, was given what, newest first", access: logReader},
		func(ctx context.Context, who identity.Actor, in *struct {
			Account string `query:"account"`
			After   string `query:"after"`
			Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
		}) (*reply[*SecurityPage], error) {
			return answer(s.accounts.Security(ctx, who, in.Account, in.After, in.Limit))
		})
}
