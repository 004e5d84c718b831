package identity

import "slices"

// Actor is somebody who asks for something: an account with the hats it may wear, or the anonymous visitor (Account "").
type Actor struct {
	Account string   `json:"account"`
	Name    string   `json:"name"`
	Person  string   `json:"person,omitempty"`  // the party of kind person that this account is, for experts and objectors
	Parties []Member `json:"parties,omitempty"` // organisations it may act for
	Offices []string `json:"offices,omitempty"` // "bureau.major_projects", "district/210112"
	Roles   []string `json:"roles,omitempty"`   // "admin.system", "admin.security", "admin.audit", "auditor", "register", "finance", "statistics", "policy"
	Once    []string `json:"-"`                 // ids under which its person and parties were known before they were merged
	Token   string   `json:"-"`                 // id of the integrator's token, "" for a session
	Scopes  []string `json:"scopes,omitempty"`  // of a token: "read", "act"; a session has all
}

// Member is a hat: the account may act for the party.
type Member struct {
	Party string `json:"party"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Role  string `json:"role"` // "agent" acts, "owner" acts and manages the party's accounts
}

// Anonymous tells whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.Account == "" }

// Has tells whether the actor has the role.
func (a Actor) Has(role string) bool {
	for _, r := range a.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// ActsFor tells whether the actor may act for the party.
func (a Actor) ActsFor(party string) bool {
	if party != "" && a.Person == party {
		return true
	}
	for _, m := range a.Parties {
		if m.Party == party {
			return true
		}
	}
	return party != "" && slices.Contains(a.Once, party)
}

// InOffice tells whether the actor sits in the office.
func (a Actor) InOffice(office string) bool {
	for _, o := range a.Offices {
		if o == office {
			return true
		}
	}
	return false
}
