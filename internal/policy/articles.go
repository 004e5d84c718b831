package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Article is the law behind a refusal of the ledgers, by the refusal's id (articles.yaml): the program knows what cannot be, the pack
// which article says so.
type Article struct {
	ID     string `json:"id"`
	Basis  string `json:"basis"`
	Clause string `json:"clause"`
	Trust  string `json:"trust"`
	Pos    Pos    `json:"-"`
}

func (l *loader) loadArticles() {
	for _, e := range l.gather("articles", false) {
		t := l.table(e.value, "basis", "clause", "trust", "note")
		a := &Article{ID: e.name, Basis: t.need("basis"), Clause: t.text("clause"), Trust: t.need("trust"), Pos: e.key.pos()}
		if l.pack.Basis[a.Basis] == nil {
			l.unknown(t.pos("basis"), "unknown_basis", "依据文件", "document", a.Basis, keys(l.pack.Basis))
		}
		if !slices.Contains([]string{"L", "V", "D", "K", "A"}, a.Trust) {
			l.finding(t.pos("trust"), "trust", lang.T("trust 是 L、V、D、K、A 之一", "trust is one of L, V, D, K and A"), lang.Text{})
		}
		l.pack.Articles[a.ID] = a
	}
}

// CiteLaw names the article behind each refusal that has none yet, where the pack knows it. Errors that are no refusals stay as they are.
func (p *Pack) CiteLaw(err error) error { return p.citeWith(err, nil) }

// citeWith looks first into the sources that are given by id, such as the document of the parameter that set the floor.
func (p *Pack) citeWith(err error, given map[string]string) error {
	list := refusal.Of(err)
	if len(list) == 0 {
		return err
	}
	out := make(refusal.List, len(list))
	for i, r := range list {
		c := *r
		if c.Rule == "" {
			c.Rule = given[c.ID]
		}
		if a := p.Articles[c.ID]; a != nil && c.Rule == "" {
			c.Rule = p.Basis[a.Basis].Cite(a.Clause)
		}
		out[i] = &c
	}
	return out.Err()
}

// citeOf names the documents of the parameters that an expression reads.
func (p *Pack) citeOf(x *Expr) string {
	if x == nil {
		return ""
	}
	return (&Guard{Expr: x}).Cite(p)
}

// citeAll names the documents of the parameters that some expressions read, each once.
func (p *Pack) citeAll(all []*Expr) string {
	var out []string
	for _, x := range all {
		if c := p.citeOf(x); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return strings.Join(out, "、")
}

// lawOf are the sources of a deed's own limits.
func (d Deed) lawOf(p *Pack) map[string]string {
	out := map[string]string{}
	for key, x := range d.Exprs {
		switch key {
		case "cap", "floor":
			out["equity."+key] = p.citeOf(x)
		case "not_largest":
			out["equity.largest"] = p.citeOf(x)
		}
	}
	if out["equity.largest"] == "" { // the rule that caps the stake is the one that forbids the first place
		out["equity.largest"] = out["equity.cap"]
	}
	return out
}

// lawOf are the sources of a split's floors.
func (s Split) lawOf(p *Pack) map[string]string {
	var floors []*Expr
	for _, x := range s.Shares {
		floors = append(floors, x.Floor)
	}
	return map[string]string{"income.floor": p.citeAll(floors)}
}
