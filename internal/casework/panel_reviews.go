package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// The expert's desk: what somebody is asked to judge in their own name, and what they have judged over the years. Only they read it.
type (
	// Reviews is an expert's desk.
	Reviews struct {
		Expert    bool         `json:"expert"` // may be drawn into panels
		Now       []ReviewItem `json:"now"`
		Years     []ReviewYear `json:"years"`
		Past      []ReviewItem `json:"past"`
		Interests *Disclosure  `json:"interests,omitempty"` // of an expert, where the pack keeps files of them
	}
	// ReviewItem is an invitation, or something to judge.
	ReviewItem struct {
		Case      string     `json:"case"`
		Title     string     `json:"title"`
		Mechanism lang.Text  `json:"mechanism"`
		Record    string     `json:"record"`
		Kind      string     `json:"kind" enum:"invitation,work"`
		Part      lang.Text  `json:"part"`
		Of        *Inside    `json:"of,omitempty"` // what it is inside, as far as the expert may know
		State     StateRef   `json:"state"`
		Since     time.Time  `json:"since"`
		Due       *time.Time `json:"due,omitempty"`
		Workdays  *int       `json:"workdays,omitempty"`
		Draft     bool       `json:"draft"` // something is typed and not sent yet
		Do        []ReviewDo `json:"do"`
	}
	// Inside is what a piece of work is about: a part by its number and whose it is, as far as the expert may know.
	Inside struct {
		Part   lang.Text `json:"part"`
		Number int       `json:"number"`
		Who    string    `json:"who,omitempty"`
	}
	// ReviewDo is something that the expert may do about it now.
	ReviewDo struct {
		Step    string       `json:"step"`
		Seat    string       `json:"seat"`
		Title   lang.Text    `json:"title"`
		Tells   lang.Text    `json:"tells,omitzero"`
		Form    bool         `json:"form"`
		Say     bool         `json:"say"`
		Refused refusal.List `json:"refused,omitempty"`
	}
	// ReviewYear is a year of an expert.
	ReviewYear struct {
		Year     int     `json:"year"`
		Invited  int     `json:"invited"`
		Accepted int     `json:"accepted"`
		Dropped  int     `json:"dropped"` // declined, recused, or gave no answer
		Asked    int     `json:"asked"`   // pieces of work
		Given    int     `json:"given"`
		Days     float64 `json:"days"` // from being asked to giving, on average
	}
)

// pastShown is how many of the past are listed; the years count all.
const pastShown = 200

// Reviews is the desk of the person who asks.
func (e *Engine) Reviews(ctx context.Context, actor identity.Actor) (v *Reviews, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		v = &Reviews{Now: []ReviewItem{}, Years: []ReviewYear{}, Past: []ReviewItem{}}
		if actor.Person == "" {
			return nil
		}
		n := e.namer(tx)
		if v.Expert = n.party(actor.Person).Expert; v.Expert {
			var err error
			if v.Interests, err = e.disclosure(tx, actor.Person); err != nil {
				return err
			}
		}
		rows, err := sittings(tx, []string{actor.Person}, time.Time{})
		if err != nil {
			return err
		}
		of := map[string][]sitting{}
		var cases []string
		for _, r := range slices.Backward(rows) {
			if of[r.in] == nil {
				cases = append(cases, r.in)
			}
			of[r.in] = append(of[r.in], r)
		}
		years := map[int]*ReviewYear{}
		for _, id := range cases {
			if err := e.reviewsIn(tx, n, actor, id, of[id], v, years); err != nil {
				return err
			}
		}
		for _, y := range years {
			if y.Given > 0 {
				y.Days /= float64(y.Given)
			}
			v.Years = append(v.Years, *y)
		}
		slices.SortFunc(v.Years, func(a, b ReviewYear) int { return cmp.Compare(b.Year, a.Year) })
		slices.SortStableFunc(v.Now, func(a, b ReviewItem) int { return cmp.Compare(dueOrder(a.Due), dueOrder(b.Due)) })
		return n.err
	})
	return v, err
}

func dueOrder(t *time.Time) int64 {
	if t == nil {
		return 1 << 62
	}
	return t.Unix()
}

// reviewsIn adds what one case asks of an expert.
func (e *Engine) reviewsIn(tx *store.Tx, n *namer, actor identity.Actor, id string, rows []sitting, v *Reviews, years map[int]*ReviewYear) error {
	d, s, err := e.sighted(tx, actor, id)
	if notFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	w := &viewer{e: e, tx: tx, d: d, s: s, n: n, actor: actor}
	var options []policy.Option
	var typed map[draftKey]json.RawMessage
	asked := false
	for _, row := range rows {
		kind := d.reviewKind(row.part)
		r := d.byID[row.record]
		if kind == "" || r == nil {
			continue
		}
		if lv, _ := s.record(r.Record); lv == hidden {
			continue
		}
		machine := d.machine(r.Record)
		st := machine.State(r.State)
		d.countReview(years, kind, r.Record)
		item := ReviewItem{Case: id, Title: d.row.title, Mechanism: d.mech.Title, Record: r.ID, Kind: kind, Part: machine.Title, Of: w.inside(r.Record), State: stateRef(st), Since: r.Since, Do: []ReviewDo{}}
		if st.End || d.row.ended || st != machine.Initial() && (kind == "work" || !d.forming(row.part)) {
			if len(v.Past) < pastShown {
				v.Past = append(v.Past, item)
			}
			continue
		}
		if !asked {
			asked = true
			if options, err = w.possible(); err != nil {
				return err
			}
			if typed, err = drafts(tx, actor.Account, id); err != nil {
				return err
			}
		}
		for _, o := range options {
			if o.Record == r.ID {
				item.Do = append(item.Do, doOf(o))
				item.Draft = item.Draft || typed[draftKey{record: r.ID, step: o.Step.Name}] != nil
			}
		}
		item.Due, item.Workdays = w.due(r.Due)
		v.Now = append(v.Now, item)
	}
	return nil
}

// forming tells whether the panel that a part invites to is still brought together.
func (d *docket) forming(part string) bool {
	return slices.ContainsFunc(drawsOf(d.mech), func(x drawn) bool { return x.Part == part && x.state == d.row.state })
}

func doOf(o policy.Option) ReviewDo {
	x := ReviewDo{Step: o.Step.Name, Seat: o.Seat, Title: o.Step.Title, Tells: o.Tells, Form: o.Form != nil, Say: o.Step.Say}
	for _, err := range o.Refused {
		x.Refused = append(x.Refused, refusal.Of(err)...)
	}
	return x
}

// reviewKind tells what a part is to those who are on panels: an invitation, work, or nothing.
func (d *docket) reviewKind(part string) string {
	for _, x := range drawsOf(d.mech) {
		if x.Part == part {
			return "invitation"
		}
		for _, m := range panelWork(d.mech, x.Seat) {
			if m.Name == part {
				return "work"
			}
		}
	}
	return ""
}

// inside is the part around a piece of work, such as a bid.
func (w *viewer) inside(r *policy.Record) *Inside {
	p := w.d.byID[r.Parent]
	if p == nil || p.Part == "" {
		return nil
	}
	if lv, _ := w.s.record(p.Record); lv == hidden {
		return nil
	}
	return &Inside{w.d.machine(p.Record).Title, w.number(p.Record), w.whose(p.Record)}
}

// called is a part by its number and those who sit in it, as far as the viewer may see.
func (w *viewer) called(r *policy.Record) string {
	m := w.d.machine(r)
	return strings.TrimSuffix(fmt.Sprintf("%s %d 号 %s", m.Title.ZH, w.number(r), w.whose(r)), " ")
}

// whose are those who sit in a part, as far as the viewer may see.
func (w *viewer) whose(r *policy.Record) string {
	var names []string
	for _, def := range w.d.machine(r).Seats {
		for _, h := range r.Seats[def.Name] {
			if w.s.names(r, def, h) {
				names = append(names, w.n.holder(w.d.ed.Pack, h).ZH)
			}
		}
	}
	return strings.Join(names, " ")
}

func (d *docket) countReview(years map[int]*ReviewYear, kind string, r *policy.Record) {
	at := r.Opened.Year()
	y := years[at]
	if y == nil {
		y = &ReviewYear{Year: at}
		years[at] = y
	}
	machine := d.machine(r)
	st := machine.State(r.State)
	switch {
	case kind == "work":
		if st.Lost() && len(r.Forms) == 0 {
			return // it was taken back before it was done
		}
		y.Asked++
		if len(r.Forms) > 0 {
			y.Given++
			y.Days += d.givenAt(r).Sub(r.Opened).Hours() / 24
		}
	case st.Lost() && !d.atWork(r):
		y.Invited++
		y.Dropped++
	default:
		y.Invited++
		if st != machine.Initial() {
			y.Accepted++
		}
	}
}

// atWork tells whether whoever was invited by a record was given work.
func (d *docket) atWork(r *policy.Record) bool {
	return slices.ContainsFunc(drawsOf(d.mech), func(x drawn) bool { return x.Part == r.Part && d.worked(x, r) })
}

// givenAt is when the form of a piece of work was filled in.
func (d *docket) givenAt(r *policy.Record) time.Time {
	at := r.Opened
	for _, f := range d.forms {
		if f.record == r.ID {
			at = f.at
		}
	}
	return at
}
