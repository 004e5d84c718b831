package policy

import "kechuang/internal/lang"

// Link is other cases that a case of this mechanism knows: those it starts (effect start), those that follow it, and those that it
// follows, chosen in a form (From).
type Link struct {
	Name       string    `json:"name"`
	Title      lang.Text `json:"title"`
	Mechanisms []string  `json:"mechanisms"`     // whose cases they are
	Ends       []string  `json:"ends,omitempty"` // of one that is chosen: the states in which it may stand; empty is any
	From       string    `json:"from,omitempty"` // "form.field" of type case that chooses it
	Pos        Pos       `json:"-"`
}

// Link finds a link.
func (m *Mechanism) Link(name string) *Link {
	return find(m.Links, name, func(l *Link) string { return l.Name })
}

// LinkTo is the link by which a mechanism knows cases of another: "" where it has none, or several.
func (m *Mechanism) LinkTo(mechanism string, chosen bool) string {
	found := ""
	for _, l := range m.Links {
		if (l.From != "") != chosen {
			continue
		}
		for _, x := range l.Mechanisms {
			if x == mechanism && found != "" {
				return ""
			}
			if x == mechanism {
				found = l.Name
			}
		}
	}
	return found
}
