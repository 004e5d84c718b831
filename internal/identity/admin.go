package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// AccountQuery selects accounts, in the order of their making.
type AccountQuery struct {
	Find   string // part of the login or the name
	Party  string
	Office string
	Role   string
	Person string
	After  string
	Limit  int // 50 where it is 0, 200 at most
}

// Holder is an account by name, for seats and messages.
type Holder struct {
	Account string `json:"account"`
	Name    string `json:"name"`
}

// Names gives what accounts are called, each looked up once; "" for what is none, such as the clock.
func (s *Service) Names(tx *store.Tx) func(account string) (string, error) {
	known := map[string]string{"": ""}
	return func(account string) (string, error) {
		if name, ok := known[account]; ok {
			return name, nil
		}
		r, _, err := accountByID(tx, account)
		known[account] = r.Name
		return r.Name, err
	}
}

// InOffice gives the active accounts that sit in an office.
func (s *Service) InOffice(tx *store.Tx, office string) ([]Holder, error) {
	return accountsBy(tx, byOffice, office)
}

// ForParty gives the active accounts that act for a party: its members, and for a person the person.
func (s *Service) ForParty(tx *store.Tx, party string) ([]Holder, error) {
	members, err := accountsBy(tx, byParty, party)
	if err != nil {
		return nil, err
	}
	self, err := accountsBy(tx, byPerson, party)
	return append(members, self...), err
}

// CreateAccount makes an account without a password, and its one-time link, which the maker hands over. The system
// administrator makes any; an owner makes accounts of their own party.
func (s *Service) CreateAccount(ctx context.Context, a Actor, n NewAccount) (acc Account, link string, err error) {
	n.Login, n.Name = normalLogin(n.Login), strings.TrimSpace(n.Name)
	if n.Role == "" {
		n.Role = MemberAgent
	}
	if err := mayMake(a, n); err != nil {
		return acc, "", err
	}
	var l refusal.List
	for _, r := range []*refusal.Refusal{checkLogin(n.Login), checkName(n.Name), checkMember(n.Role)} {
		if r != nil {
			l.Add(r)
		}
	}
	if err := l.Err(); err != nil {
		return acc, "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, found, err := accountByLogin(tx, n.Login); err != nil {
			return err
		} else if found {
			return refusal.New(refusal.Conflict, "identity.login_taken", lang.T("账号“"+n.Login+"”已被使用", "The login "+n.Login+" is taken")).At("login")
		}
		if err := s.checkParties(tx, n); err != nil {
			return err
		}
		made := record{Account: Account{ID: ident.New("acc", tx.Now()), Login: n.Login, Name: n.Name, Person: n.Person, State: Invited, Created: tx.Now(), Revision: 1}}
		if err := insertAccount(tx, made); err != nil {
			return err
		}
		if n.Party != "" {
			if err := putMember(tx, made.ID, n.Party, n.Role); err != nil {
				return err
			}
		}
		if link, err = s.newLink(tx, "invite", made.ID, InviteLife); err != nil {
			return err
		}
		if err := s.log(tx, Event{Kind: "account.created", Account: a.Account, Subject: made.ID, Login: n.Login, Detail: detail(n.Party, n.Role), OK: true}); err != nil {
			return err
		}
		acc = made.Account
		return s.dress(tx, &acc)
	})
	return acc, link, err
}

func mayMake(a Actor, n NewAccount) error {
	if err := seated(a); err != nil {
		return err
	}
	if a.Has(RoleSystem) || (n.Party != "" && a.Owns(n.Party) && n.Person == "") {
		return nil
	}
	return forbidden(RoleSystem, "账号由系统管理员建立；单位管理员只能为本单位建立账号", "The system administrator makes accounts; an owner makes those of their own party")
}

func checkMember(role string) *refusal.Refusal {
	if role == MemberAgent || role == MemberOwner {
		return nil
	}
	return refusal.New(refusal.Invalid, "identity.member_role", lang.T("单位中的角色只能是经办人（agent）或管理员（owner）", "A role in a party is agent or owner")).At("role")
}

// checkParties refuses a party that is not there, and a person who is not one.
func (s *Service) checkParties(tx *store.Tx, n NewAccount) error {
	for _, c := range []struct {
		id, field string
		person    bool
	}{{n.Party, "party", false}, {n.Person, "person", true}} {
		if c.id == "" {
			continue
		}
		_, kind, ok, err := s.parties.Named(tx, c.id)
		if err != nil {
			return err
		}
		if !ok || (kind == "person") != c.person {
			return refusal.New(refusal.Invalid, "identity.no_party", lang.T("登记库中没有这个主体，或其类型不符", "The register has no such party, or it is of another kind")).At(c.field)
		}
	}
	return nil
}

// change is what every act of an administrator on somebody's account goes through: found, not one's own, and on record.
func (s *Service) change(ctx context.Context, a Actor, account string, e Event, do func(tx *store.Tx, acc record) error) error {
	if account == a.Account {
		return errSelf()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		acc, found, err := accountByID(tx, account)
		if err != nil {
			return err
		}
		if !found {
			return errNoAccount()
		}
		if err := do(tx, acc); err != nil {
			return err
		}
		e.Account, e.Subject, e.OK = a.Account, account, true
		return s.log(tx, e)
	})
}

func detail(parts ...string) string { return strings.TrimSpace(strings.Join(parts, " ")) }

// GrantMember lets an account act for a party, or changes how.
func (s *Service) GrantMember(ctx context.Context, a Actor, account, party, role string) error {
	if err := seated(a); err != nil {
		return err
	}
	if !a.Has(RoleSystem) {
		return forbidden(RoleSystem, "已有账号加入单位由系统管理员办理", "The system administrator adds an existing account to a party")
	}
	if r := checkMember(role); r != nil {
		return r
	}
	return s.change(ctx, a, account, Event{Kind: "member.granted", Detail: detail(party, role)}, func(tx *store.Tx, _ record) error {
		if err := s.checkParties(tx, NewAccount{Party: party}); err != nil {
			return err
		}
		return putMember(tx, account, party, role)
	})
}

// RevokeMember ends that an account acts for a party; the party's owners may do so too.
func (s *Service) RevokeMember(ctx context.Context, a Actor, account, party string) error {
	if err := seated(a); err != nil {
		return err
	}
	if !a.Has(RoleSystem) && !a.Owns(party) {
		return forbidden(RoleSystem, "只有系统管理员或本单位管理员可以移出人员", "Only the system administrator or an owner of the party takes people out")
	}
	return s.change(ctx, a, account, Event{Kind: "member.revoked", Detail: party}, func(tx *store.Tx, _ record) error {
		return gone(dropMember(tx, account, party))
	})
}

// gone turns "nothing was deleted" into a refusal.
func gone(n int64, err error) error {
	if err == nil && n == 0 {
		return refusal.New(refusal.NotFound, "identity.no_hat", lang.T("该账号没有这项权限", "The account does not have this"))
	}
	return err
}

// GrantOffice seats an account in an office.
func (s *Service) GrantOffice(ctx context.Context, a Actor, account, office string) error {
	if err := mustRole(a, RoleSecurity); err != nil {
		return err
	}
	if len(office) > 64 || !officeShape.MatchString(office) {
		return refusal.New(refusal.Invalid, "identity.office", lang.T("处室代码形如 bureau.leaders 或 district/210112", "An office is written like bureau.leaders or district/210112")).At("office")
	}
	return s.change(ctx, a, account, Event{Kind: "office.granted", Detail: office}, func(tx *store.Tx, _ record) error {
		return putOffice(tx, account, office)
	})
}

// RevokeOffice takes the seat in an office away.
func (s *Service) RevokeOffice(ctx context.Context, a Actor, account, office string) error {
	if err := mustRole(a, RoleSecurity); err != nil {
		return err
	}
	return s.change(ctx, a, account, Event{Kind: "office.revoked", Detail: office}, func(tx *store.Tx, _ record) error {
		return gone(dropOffice(tx, account, office))
	})
}

// GrantRole gives a role. While nobody is security administrator, the system administrator names the first one, and the first
// audit administrator; from then on roles are given by the security administrator alone.
func (s *Service) GrantRole(ctx context.Context, a Actor, account, role string) error {
	if err := seated(a); err != nil {
		return err
	}
	if !slices.Contains(Roles, role) {
		return refusal.New(refusal.Invalid, "identity.role", lang.T("没有“"+role+"”这个角色", "There is no role "+role)).At("role")
	}
	return s.change(ctx, a, account, Event{Kind: "role.granted", Detail: role}, func(tx *store.Tx, acc record) error {
		if err := s.mayGrant(tx, a, role); err != nil {
			return err
		}
		if err := apart(tx, acc, role); err != nil {
			return err
		}
		return putRole(tx, account, role)
	})
}

func (s *Service) mayGrant(tx *store.Tx, a Actor, role string) error {
	if a.Has(RoleSecurity) {
		return nil
	}
	if a.Has(RoleSystem) && (role == RoleSecurity || role == RoleAudit) {
		n, err := holders(tx, role, false)
		if err != nil || n == 0 {
			return err
		}
	}
	return mustRole(a, RoleSecurity)
}

// apart keeps the three administrators apart.
func apart(tx *store.Tx, acc record, role string) error {
	if !slices.Contains(administrators, role) {
		return nil
	}
	has, err := rolesOf(tx, acc.ID)
	if err != nil {
		return err
	}
	for _, h := range has {
		if h != role && slices.Contains(administrators, h) {
			return refusal.New(refusal.Conflict, "identity.apart", lang.T("系统、安全、审计三类管理员不得由同一账号兼任", "No account may be two of system, security and audit administrator")).
				At("role").By("GB/T 22239-2019 安全管理中心")
		}
	}
	return nil
}

// RevokeRole takes a role away; the last active system or security administrator stays.
func (s *Service) RevokeRole(ctx context.Context, a Actor, account, role string) error {
	if err := mustRole(a, RoleSecurity); err != nil {
		return err
	}
	return s.change(ctx, a, account, Event{Kind: "role.revoked", Detail: role}, func(tx *store.Tx, acc record) error {
		if err := keepOne(tx, acc, []string{role}); err != nil {
			return err
		}
		return gone(dropRole(tx, account, role))
	})
}

// keepOne refuses to lose the last active account of an administrator's role.
func keepOne(tx *store.Tx, acc record, losing []string) error {
	has, err := rolesOf(tx, acc.ID)
	if err != nil {
		return err
	}
	for _, role := range losing {
		if (role != RoleSystem && role != RoleSecurity) || !slices.Contains(has, role) || acc.State != Active {
			continue
		}
		n, err := holders(tx, role, true)
		if err != nil {
			return err
		}
		if n <= 1 {
			return refusal.New(refusal.Conflict, "identity.last_admin", lang.T("这是最后一名有效的管理员，不能停用或撤销", "This is the last active administrator of the kind"))
		}
	}
	return nil
}

// Disable ends an account's sessions and tokens and lets it sign in no more; what it did stays.
func (s *Service) Disable(ctx context.Context, a Actor, account string) error {
	if err := mustRole(a, RoleSystem); err != nil {
		return err
	}
	return s.change(ctx, a, account, Event{Kind: "account.disabled"}, func(tx *store.Tx, acc record) error {
		if err := keepOne(tx, acc, administrators); err != nil {
			return err
		}
		if err := setState(tx, account, Disabled); err != nil {
			return err
		}
		return s.throwOut(tx, account)
	})
}

// throwOut ends every way in that an account has open.
func (s *Service) throwOut(tx *store.Tx, account string) error {
	if err := endSessions(tx, account, ""); err != nil {
		return err
	}
	if _, err := dropTokens(tx, account, ""); err != nil {
		return err
	}
	return dropLinks(tx, account)
}

// Enable lets a disabled account sign in again, with the password it had.
func (s *Service) Enable(ctx context.Context, a Actor, account string) error {
	if err := mustRole(a, RoleSystem); err != nil {
		return err
	}
	return s.change(ctx, a, account, Event{Kind: "account.enabled"}, func(tx *store.Tx, acc record) error {
		if acc.State != Disabled {
			return refusal.New(refusal.Conflict, "identity.not_disabled", lang.T("此账号未停用", "The account is not disabled"))
		}
		if acc.password == "" {
			return setState(tx, account, Invited)
		}
		return setState(tx, account, Active)
	})
}

// Unlock forgets the failures of an account's login.
func (s *Service) Unlock(ctx context.Context, a Actor, account string) error {
	if err := mustRole(a, RoleSecurity); err != nil {
		return err
	}
	return s.change(ctx, a, account, Event{Kind: "account.unlocked"}, func(tx *store.Tx, acc record) error {
		return clearFailures(tx, "login:"+acc.Login)
	})
}

// Accounts lists accounts: all of them for the three administrators, those of a party for its owner, who must name it.
func (s *Service) Accounts(ctx context.Context, a Actor, q AccountQuery) (list []Account, next string, err error) {
	if err := seated(a); err != nil {
		return nil, "", err
	}
	if !slices.ContainsFunc(administrators, a.Has) && (q.Party == "" || !a.Owns(q.Party)) {
		return nil, "", forbidden(RoleSystem, "只有管理员或本单位管理员可以查看账号", "Only administrators, or an owner for their own party, see accounts")
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 200)
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		records, err := listAccounts(tx, q)
		if err != nil {
			return err
		}
		list = make([]Account, 0, len(records))
		for _, r := range records {
			acc, err := s.whole(tx, r)
			if err != nil {
				return err
			}
			list = append(list, cut(acc, a))
		}
		return nil
	})
	if len(list) == q.Limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// Account gives one account to an administrator, to itself, or to an owner of one of its parties.
func (s *Service) Account(ctx context.Context, a Actor, id string) (acc Account, err error) {
	if a.Anonymous() {
		return acc, errSignIn()
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		r, found, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if !found {
			return errNoAccount()
		}
		acc, err = s.whole(tx, r)
		if err != nil {
			return err
		}
		mine := slices.ContainsFunc(acc.Parties, func(m Member) bool { return a.Owns(m.Party) })
		if id != a.Account && !mine && !slices.ContainsFunc(administrators, a.Has) {
			acc = Account{}
			return errNoAccount() // who may not see it may not know that it is there
		}
		acc = cut(acc, a)
		return nil
	})
	return acc, err
}

// whole adds to an account its hats and its lock.
func (s *Service) whole(tx *store.Tx, r record) (Account, error) {
	if err := s.dress(tx, &r.Account); err != nil {
		return Account{}, err
	}
	_, _, locked, err := failuresOf(tx, "login:"+r.Login)
	if tx.Now().Before(locked) {
		r.Locked = &locked
	}
	return r.Account, err
}

// cut leaves an owner what concerns their own party.
func cut(acc Account, a Actor) Account {
	if acc.ID == a.Account || slices.ContainsFunc(administrators, a.Has) {
		return acc
	}
	acc.Parties = slices.DeleteFunc(acc.Parties, func(m Member) bool { return !a.Owns(m.Party) })
	acc.Offices, acc.Roles, acc.Person = []string{}, []string{}, ""
	return acc
}

// SecurityLog reads the security log, newest first; the audit administrator alone may.
func (s *Service) SecurityLog(ctx context.Context, a Actor, q EventQuery) (list []Event, next string, err error) {
	if err := mustRole(a, RoleAudit); err != nil {
		return nil, "", err
	}
	if q.Limit <= 0 {
		q.Limit = 100
	}
	q.Limit = min(q.Limit, 1000)
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = listEvents(tx, q)
		return err
	})
	if len(list) == q.Limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// Sweep deletes what has ended long enough ago; a loop calls it now and then. The security log is kept for KeepEvents.
func (s *Service) Sweep(ctx context.Context) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error { return sweep(tx, tx.Now()) })
	if err != nil {
		return fmt.Errorf("identity: %w", err)
	}
	return nil
}
