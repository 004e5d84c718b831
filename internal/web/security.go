package web

import (
	"strings"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// tellEvents puts events in words: accounts by name, what was given or taken by its title.
func (s *Server) tellEvents(tx *store.Tx, list []identity.Event) ([]SecurityEvent, error) {
	names, told := s.people.Names(tx), []SecurityEvent{}
	for _, e := range list {
		v := SecurityEvent{ID: e.ID, At: e.At, Kind: e.Kind, By: e.Account, Login: e.Login, Subject: e.Subject, Address: e.Address, Agent: e.Agent, Detail: e.Detail, OK: e.OK}
		var err error
		if v.Named, err = names(e.Account); err != nil {
			return nil, err
		}
		if v.About, err = names(e.Subject); err != nil {
			return nil, err
		}
		if v.Told, err = s.tellDetail(tx, e); err != nil {
			return nil, err
		}
		told = append(told, v)
	}
	return told, nil
}

// details are what identity writes beside an event that names neither a party nor an office nor a role.
var details = map[string]lang.Text{
	"disabled": lang.T("账号已停用", "the account is disabled"), "operator": lang.T("由运维人员生成", "made by the operator"), "first": lang.T("首位管理员", "first administrator"),
	"invite": lang.T("按邀请链接", "by an invitation"), "reset": lang.T("按重置链接", "by a reset link"),
}

// tellDetail is an event's detail in words: the party, the office or the role that was given or taken, with how somebody acts for a party.
func (s *Server) tellDetail(tx *store.Tx, e identity.Event) (lang.Text, error) {
	what, how, _ := strings.Cut(e.Detail, " ")
	switch kind, _, _ := strings.Cut(e.Kind, "."); {
	case what == "":
		return lang.Text{}, nil
	case kind == "office":
		return s.cases.OfficeTitle(what), nil
	case kind == "token" && how != "":
		_, how, _ = strings.Cut(how, " ") // its scopes, then its name
		return lang.T(how, how), nil
	case kind == "member", e.Kind == "account.created":
		name, _, there, err := s.register.Named(tx, what)
		if !there {
			name = what
		}
		as := lang.T("经办人", "agent")
		if how == identity.MemberOwner {
			as = lang.T("管理人", "owner")
		}
		return lang.T(name+"（"+as.ZH+"）", name+" ("+as.EN+")"), err
	}
	for _, known := range []map[string]lang.Text{identity.RoleTitles, details} {
		if t, ok := known[e.Detail]; ok {
			return t, nil
		}
	}
	return lang.T(e.Detail, e.Detail), nil
}
