package casework

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// Figures is what a pack counts, as the plain values that the room of figures knows: those of the cockpit first, in their order.
func Figures(p *policy.Pack) []figure.Definition {
	list := slices.SortedFunc(maps.Values(p.Figures), func(a, b *policy.Figure) int {
		first := func(f *policy.Figure) int64 {
			if f.Cockpit == 0 {
				return 1 << 30
			}
			return f.Cockpit
		}
		if d := first(a) - first(b); d != 0 {
			return int(d)
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	out := make([]figure.Definition, len(list))
	for i, f := range list {
		out[i] = definition(f)
	}
	return out
}

func definition(f *policy.Figure) figure.Definition {
	d := figure.Definition{Name: f.Name, Title: f.Title, Unit: f.Unit, Period: figure.Period(f.Period), Since: f.Since, Parts: f.Parts,
		Overlaps: map[string]lang.Text{}}
	for _, x := range f.Breakdown {
		d.Dims = append(d.Dims, figure.Dim{Name: x.Name, Overlap: x.Overlap})
	}
	for _, o := range f.Overlaps {
		d.Overlaps[o.Figure] = o.Why
	}
	if f.Baseline != nil {
		d.Baseline = &figure.Point{Value: f.Baseline.Value, At: f.Baseline.At}
	}
	for _, t := range f.Targets {
		d.Targets = append(d.Targets, figure.Point{Value: t.Value, At: t.At})
	}
	for _, r := range f.Rules {
		d.Rules = append(d.Rules, figure.Rule{Version: r.Version, From: r.From, Way: figure.Way(r.Way), Facts: r.Facts, Less: r.Less, By: r.By,
			Where: r.Where, Next: r.Late == "next", Figures: r.Figures})
	}
	return d
}

// factDims are a fact's own dimensions with those that are known of every fact.
func (c *change) factDims(dims map[string]string) map[string]string {
	all := map[string]string{"mechanism": c.d.mech.Name}
	maps.Copy(all, dims)
	return all
}

// figuresChain is the chain of the journal in which what is done to figures themselves is kept: freezes, restatements, reports of others.
const figuresChain = "figures"

// mayCount refuses who may not change what is kept of figures.
func mayCount(actor identity.Actor) error {
	if err := mayAct(actor); err != nil {
		return err
	}
	if !actor.Has(identity.RoleFigures) {
		return refusal.New(refusal.Forbidden, "role.missing", lang.T("您的账号没有这项权限", "Your account may not do this")).
			Mend(lang.T("封存、更正和录入外部数据由统计人员办理", "Freezing, restating and taking in what others publish is for statisticians"))
	}
	return nil
}

// note appends what was done to figures to the journal, in the same transaction.
func (e *Engine) noteFigures(tx *store.Tx, actor identity.Actor, step string, what any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return err
	}
	_, err = e.Journal.Append(tx, journal.Leaf{Case: figuresChain, Step: step, Account: actor.Account, At: tx.Now(), Body: body})
	return err
}

// FreezeMonth freezes a month: all figures, signed with the journal's key, and a leaf of the journal with their digest.
func (e *Engine) FreezeMonth(ctx context.Context, actor identity.Actor, month string) (f figure.Freeze, err error) {
	if err := mayCount(actor); err != nil {
		return f, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if f, err = e.Book().Freeze(tx, month, actor.Account, e.Journal.Sign); err != nil {
			return err
		}
		return e.noteFigures(tx, actor, "freeze", map[string]string{"month": f.Month, "digest": f.Digest})
	})
	return f, err
}

// Restate writes beside a frozen value what its facts come to now.
func (e *Engine) Restate(ctx context.Context, actor identity.Actor, name, month, reason string) (r figure.Restatement, err error) {
	if err := mayCount(actor); err != nil {
		return r, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if r, err = e.Book().Restate(tx, name, month, reason, actor.Account); err != nil {
			return err
		}
		return e.noteFigures(tx, actor, "restate", r)
	})
	return r, err
}

// ReportFigure keeps what somebody else says a figure was.
func (e *Engine) ReportFigure(ctx context.Context, actor identity.Actor, r figure.Report) (id string, err error) {
	if err := mayCount(actor); err != nil {
		return "", err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if id, err = e.Book().Report(tx, r, actor.Account); err != nil {
			return err
		}
		return e.noteFigures(tx, actor, "report", r)
	})
	return id, err
}

// FactView is a fact with what it came from.
type FactView struct {
	figure.Fact
	Title     string    `json:"title"`               // of the case
	Mechanism string    `json:"mechanism,omitempty"` // by name
	Step      lang.Text `json:"step,omitzero"`
	Who       string    `json:"who,omitempty"`
	Leaf      string    `json:"leaf,omitempty"`     // digest of the step's leaf in the journal
	Papers    []string  `json:"papers"`             // what the step made, by digest
	Register  string    `json:"register,omitempty"` // the record of the register that counts, by what it is called
	Import    string    `json:"import,omitempty"`   // the file that brought it
	ImportID  string    `json:"importId,omitempty"`
}

// FactOf is a fact with its case, its step, the papers that the step made and its leaf. Whoever may read figures may read this much; the case
// itself is seen by whoever may see it.
func (e *Engine) FactOf(tx *store.Tx, id string) (v FactView, err error) {
	f, found, err := e.Facts.Get(tx, id)
	if err != nil {
		return v, err
	}
	if !found {
		return v, refusal.New(refusal.NotFound, "figure.no_fact", lang.T("没有这条事实："+id, "There is no such fact: "+id))
	}
	v.Fact, v.Papers = f, []string{}
	if err := e.registerOrigin(tx, &v); err != nil {
		return v, err
	}
	row, found, err := getCase(tx, f.Case)
	if err != nil || !found {
		return v, err
	}
	v.Title, v.Mechanism = row.title, row.mechanism
	s, found, err := stepAt(tx, f.Case, f.Seq)
	if err != nil || !found {
		return v, err
	}
	v.Who, v.Leaf = s.who, s.leaf
	if m := e.Seen().Mechanism(row.mechanism); m != nil {
		v.Step = stepTitleIn(m, s)
	}
	v.Papers, err = papersOf(tx, f.Case, f.Seq)
	return v, err
}

// registerOrigin says of a fact that a record counts what the record is, and of one that no case made by which import or page it came.
func (e *Engine) registerOrigin(tx *store.Tx, v *FactView) error {
	if v.Dims[policy.RecordDim] == "" {
		return nil
	}
	rec, err := e.Register.GetRecord(tx, v.Record)
	if err != nil {
		return err
	}
	if v.Register = rec.Name; v.Case != "" {
		return nil
	}
	claims, err := e.Register.Claims(tx, rec.ID)
	if err != nil {
		return err
	}
	for _, c := range claims {
		if c.Revision <= v.Seq {
			v.Who = c.Who
		}
	}
	imp, found, err := e.Register.ImportOf(tx, v.Memo)
	if err != nil || !found {
		return err
	}
	v.Import, v.ImportID = imp.Name, imp.ID
	entries, err := e.Journal.Of(tx, importChain(imp.ID))
	if len(entries) > 0 {
		v.Leaf = entries[len(entries)-1].Digest
	}
	return err
}

// OriginOf is where a fact came from, for an export.
func (e *Engine) OriginOf(tx *store.Tx, f figure.Fact) (o figure.Origin, err error) {
	if f.Case == "" {
		v := FactView{Fact: f}
		err := e.registerOrigin(tx, &v)
		return figure.Origin{Title: v.Register, Step: lang.T(v.Import, v.Import), Who: v.Who, Leaf: v.Leaf}, err
	}
	row, found, err := getCase(tx, f.Case)
	if err != nil || !found {
		return o, err
	}
	o.Title = row.title
	s, found, err := stepAt(tx, f.Case, f.Seq)
	if err != nil || !found {
		return o, err
	}
	o.Who, o.Leaf = s.who, s.leaf
	if m := e.Seen().Mechanism(row.mechanism); m != nil {
		o.Step = stepTitleIn(m, s)
	}
	return o, nil
}

// Compared is a reference figure beside what the records come to.
type Compared struct {
	policy.Reference
	Computed *int64        `json:"computed"`
	Facts    int64         `json:"facts"`
	Took     time.Duration `json:"took"`
	Fed      bool          `json:"fed"` // there are facts behind it
	Equal    bool          `json:"equal"`
}

// halfPlace is half of the last place in which a percentage is printed: 37.19 %.
const halfPlace = 50

// Compare counts every reference figure of the pack. A percentage equals the printed one when it rounds to it.
func (e *Engine) Compare(ctx context.Context) (out []Compared, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		out = nil
		for _, r := range e.Seen().Reference {
			c, err := e.compare(tx, r)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

func (e *Engine) compare(tx *store.Tx, r policy.Reference) (Compared, error) {
	c := Compared{Reference: r}
	began := time.Now()
	switch {
	case r.Figure == "":
		return c, nil
	case r.Of == policy.OfTaxonomy:
		n := int64(len(e.Seen().Taxonomies[r.Figure].Codes))
		c.Computed, c.Fed = &n, true
	case r.Of == policy.OfTarget:
		for _, t := range e.Seen().Figures[r.Figure].Targets {
			if t.At == r.At {
				c.Computed, c.Fed = &t.Value, true
			}
		}
	default:
		v, err := e.Book().Value(tx, r.Figure, figure.At{Day: r.At})
		if err != nil {
			return c, err
		}
		c.Computed, c.Facts, c.Fed = v.Value, v.Facts, v.Facts > 0
	}
	if c.Took = time.Since(began); c.Computed != nil {
		off := *c.Computed - r.Value
		c.Equal = off == 0 || r.Unit == "%" && off > -halfPlace && off <= halfPlace || off < 0 && -off <= share.Of(r.Value, r.Within)
	}
	return c, nil
}
