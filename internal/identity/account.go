package identity

import (
	"slices"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Roles. The three administrators are kept apart; the others may be combined.
const (
	RoleSystem   = "admin.system"   // 系统管理员: accounts and memberships
	RoleSecurity = "admin.security" // 安全管理员: roles, offices, locks, links
	RoleAudit    = "admin.audit"    // 审计管理员: reads the security log
	RoleAuditor  = "auditor"        // 审计、纪检: sees every case, does nothing
	RoleRegister = "register"       // 登记库管理: writes every party
	RoleFinance  = "finance"        // 财务: appropriations
	RoleFigures  = "statistics"     // 统计: freezes months, restates, takes in what others publish
	RolePolicy   = "policy"         // 政策管理: proposes and adopts editions of the pack
)

// Roles lists every role, administrators first.
var Roles = []string{RoleSystem, RoleSecurity, RoleAudit, RoleAuditor, RoleRegister, RoleFinance, RoleFigures, RolePolicy}

// RoleTitles are what people call the roles.
var RoleTitles = map[string]lang.Text{
	RoleSystem: lang.T("系统管理员", "system administrator"), RoleSecurity: lang.T("安全管理员", "security administrator"), RoleAudit: lang.T("审计管理员", "audit administrator"),
	RoleAuditor: lang.T("审计人员", "auditor"), RoleRegister: lang.T("登记人员", "register staff"), RoleFinance: lang.T("财务人员", "finance"),
	RoleFigures: lang.T("统计人员", "statistician"), RolePolicy: lang.T("政策管理员", "keeper of policy"),
}

var administrators = []string{RoleSystem, RoleSecurity, RoleAudit}

// Scopes of a token; a session has all of them.
const (
	ScopeRead = "read"
	ScopeAct  = "act"
)

// Member roles.
const (
	MemberAgent = "agent"
	MemberOwner = "owner"
)

// May tells whether the way in that the actor used allows this scope; an anonymous visitor may read what is public.
func (a Actor) May(scope string) bool {
	if a.Token == "" {
		return true
	}
	return slices.Contains(a.Scopes, scope)
}

// Owns tells whether the actor manages the party's people.
func (a Actor) Owns(party string) bool {
	return slices.ContainsFunc(a.Parties, func(m Member) bool { return m.Party == party && m.Role == MemberOwner })
}

// State is where an account stands.
type State string

// States of an account.
const (
	Invited  State = "invited"  // made, its one-time link is not used yet
	Active   State = "active"   // may sign in
	Disabled State = "disabled" // may not, and has no sessions
)

// Account is one person's way in. Its password is never part of it.
type Account struct {
	ID         string     `json:"id"`
	Login      string     `json:"login"`
	Name       string     `json:"name"`
	Person     string     `json:"person,omitempty"` // party of kind person
	State      State      `json:"state"`
	Locked     *time.Time `json:"locked,omitempty"` // until when, after too many failures
	Created    time.Time  `json:"created"`
	LastSignIn *time.Time `json:"lastSignIn,omitempty"`
	Parties    []Member   `json:"parties"`
	Offices    []string   `json:"offices"`
	Roles      []string   `json:"roles"`
	Revision   int64      `json:"revision"`
}

// NewAccount is what an administrator, or an owner of a party, says about a new account. Party is required of an owner.
type NewAccount struct {
	Login  string `json:"login"`
	Name   string `json:"name"`
	Person string `json:"person,omitempty"`
	Party  string `json:"party,omitempty"` // first membership
	Role   string `json:"role,omitempty"`  // "agent" (default) or "owner", in Party
}

// Choice is what somebody enters behind a one-time link; Login and Name are asked for by the first link only.
type Choice struct {
	Login    string `json:"login,omitempty"`
	Name     string `json:"name,omitempty"`
	Password string `json:"password"`
}

// LinkInfo is what a link shows before it is used.
type LinkInfo struct {
	Kind    string    `json:"kind"` // "first", "invite", "reset"
	Login   string    `json:"login,omitempty"`
	Name    string    `json:"name,omitempty"`
	Expires time.Time `json:"expires"`
}

// Client is where a request comes from, for the security log and for limits.
type Client struct {
	Address string // IP address, without port
	Agent   string // browser
}

// Session is a fresh session; Token is shown once, here.
type Session struct {
	Token   string
	Expires time.Time // the absolute end
	Actor   Actor
}

// NewToken asks for an integrator's token.
type NewToken struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	Days   int      `json:"days"` // 1 to 366
}

// Token is an integrator's token; its secret was shown once.
type Token struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Scopes   []string   `json:"scopes"`
	Created  time.Time  `json:"created"`
	Expires  time.Time  `json:"expires"`
	LastUsed *time.Time `json:"lastUsed,omitempty"`
}

// Event is one line of the security log.
type Event struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`              // "sign_in", "sign_in.refused", "role.granted", …
	Account string    `json:"account,omitempty"` // who did it
	Login   string    `json:"login,omitempty"`   // what was typed at sign-in
	Subject string    `json:"subject,omitempty"` // the account that it is about
	Address string    `json:"address,omitempty"`
	Agent   string    `json:"agent,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	OK      bool      `json:"ok"`
}

// EventQuery selects from the security log, newest first.
type EventQuery struct {
	Kind    string
	Account string // as doer or subject
	From    time.Time
	To      time.Time
	After   string // id of the last event seen
	Limit   int
}

// Directory knows parties by name; register is one.
type Directory interface {
	// Named gives the name and kind of a party that is there.
	Named(tx *store.Tx, party string) (name, kind string, ok bool, err error)
	// KnownAs gives every id under which a party was ever entered; the first is today's.
	KnownAs(tx *store.Tx, party string) ([]string, error)
}
