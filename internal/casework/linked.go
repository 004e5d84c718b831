package casework

import (
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// starterSeat is the seat in which a case is opened by a step of another.
const starterSeat = "starter"

// startCase opens the case that an effect starts, under today's rules, in the transaction of the step: its opener finds it on their desk,
// filled in advance, and nobody else sees it before they hand it in.
func (c *change) startCase(a policy.StartCase) error {
	ed, m, _, err := c.e.opener(c.tx, a.Mechanism)
	if err != nil {
		return err
	}
	fill := map[string]policy.Values{} // today's rules may have other forms than those under which this case was opened
	for form, values := range a.Fill {
		values = policy.Settled(values, c.d.snap.Things)
		for field, v := range values {
			if f := m.Form(form); f != nil && f.Field(field) != nil {
				if fill[form] == nil {
					fill[form] = policy.Values{}
				}
				fill[form][field] = v
			}
		}
	}
	as := a.As
	if m.Link(as) == nil {
		as = ""
	}
	r, err := c.e.openWith(c.tx, opening{ed: ed, m: m, who: doer{actor: c.who.actor, behalf: c.who.behalf, seat: starterSeat}, holder: a.Opener,
		title: m.Title.ZH + " · " + c.d.row.title, prefill: fill, linked: []leafLink{{Link: as, Case: c.d.row.id}}})
	if err != nil {
		return err
	}
	c.leaf.Linked = append(c.leaf.Linked, leafLink{Link: a.Link, Case: r.Case})
	return c.tie(linkRow{in: c.d.row.id, link: a.Link, other: r.Case}, as)
}

// tie links two cases both ways.
func (c *change) tie(l linkRow, back string) error {
	l.at = c.at
	if err := addLink(c.tx, l); err != nil {
		return err
	}
	return addLink(c.tx, linkRow{in: l.other, link: back, other: l.in, at: c.at})
}

// chooseLinks links the case with those that a form which was just filled chooses; what was chosen before is let go.
func (c *change) chooseLinks([]string) error {
	for _, l := range c.d.mech.Links {
		form, field, ok := strings.Cut(l.From, ".")
		if !ok || !c.filled(form) {
			continue
		}
		id, _ := c.d.snap.Case.Forms[form][field].(string)
		have, err := links(c.tx, c.d.row.id)
		if err != nil {
			return err
		}
		for _, h := range have {
			if h.link == l.Name && h.chosen && h.other != id {
				if err := dropLink(c.tx, h); err != nil {
					return err
				}
				back, err := c.e.linkBack(c.tx, h.other, c.d.mech.Name)
				if err != nil {
					return err
				}
				if err := dropLink(c.tx, linkRow{in: h.other, link: back, other: h.in}); err != nil {
					return err
				}
			}
		}
		if id == "" || slices.ContainsFunc(have, func(h linkRow) bool { return h.link == l.Name && h.other == id }) {
			continue
		}
		back, err := c.e.linkBack(c.tx, id, c.d.mech.Name)
		if err != nil {
			return err
		}
		if err := c.tie(linkRow{in: c.d.row.id, link: l.Name, other: id, chosen: true}, back); err != nil {
			return err
		}
		c.leaf.Linked = append(c.leaf.Linked, leafLink{Link: l.Name, Case: id})
	}
	return nil
}

// linkBack is the name by which a case knows those of a mechanism that follow it.
func (e *Engine) linkBack(tx *store.Tx, id, mechanism string) (string, error) {
	row, found, err := getCase(tx, id)
	if err != nil || !found {
		return "", err
	}
	ed, err := e.edition(tx, row.pack)
	if err != nil {
		return "", err
	}
	if m := ed.Mechanism(row.mechanism); m != nil {
		return m.LinkTo(mechanism, false), nil
	}
	return "", nil
}

// ofLink is what is asked of linked cases, as the act sees them: how many stand in some states, or a field of the latest.
func (e *Engine) ofLink(tx *store.Tx, d *docket, in policy.Intent, fill string, a policy.Ask) (policy.Value, error) {
	sc := &policy.Scope{Snapshot: d.snap, Form: fill, Values: in.Values}
	if r := d.byID[in.Record]; r != nil {
		sc.Record = r.Record
	}
	var ids []string
	if chosen := sc.LinkCase(a.Link); chosen != "" {
		ids = []string{chosen}
	} else {
		all, err := links(tx, d.row.id)
		if err != nil {
			return nil, err
		}
		for _, l := range all {
			if l.link == a.Link {
				ids = append(ids, l.other)
			}
		}
	}
	if strings.HasPrefix(a.Attribute, "count(") {
		n := int64(0)
		for _, id := range ids {
			row, found, err := getCase(tx, id)
			if err != nil {
				return nil, err
			}
			if found && a.CountsLinked(row.state) {
				n++
			}
		}
		return n, nil
	}
	form, field, _ := strings.Cut(a.Attribute, ".")
	var v policy.Value
	for _, id := range ids {
		other, err := e.load(tx, id)
		if notFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if values := other.snap.Case.Forms[form]; values != nil {
			v = values[field]
		}
	}
	return v, nil
}

// checkCase takes a case of the right mechanism that the actor may see and that stands where it may be followed.
func (e *Engine) checkCase(tx *store.Tx, who doer, f *policy.Field, path, id string, problems *refusal.List) error {
	d, _, err := e.sighted(tx, who.actor, id)
	if err != nil && !notFound(err) {
		return err
	}
	switch {
	case err != nil || !slices.Contains(f.Cases, d.mech.Name):
		problems.Add(refusal.New(refusal.Invalid, "casework.no_case",
			lang.T("“"+f.Title.ZH+"”所选的不是可以联办的事项", "What was chosen for “"+f.Title.EN+"” is no case that can be followed"))).At(path).
			Mend(lang.T("请从列表中选择您参与的事项", "Choose one of the cases that you take part in"))
	case len(f.Ends) > 0 && !slices.Contains(f.Ends, d.row.state):
		st := d.state(d.snap.Case).Title
		problems.Add(refusal.New(refusal.Invalid, "casework.case_state",
			lang.T("“"+f.Title.ZH+"”所选的事项现为“"+st.ZH+"”，还不能联办", "The case chosen for “"+f.Title.EN+"” stands in “"+st.EN+"” and cannot be followed yet"))).At(path)
	}
	return nil
}

func (d *docket) loadPrefill(tx *store.Tx) error {
	rows, err := prefills(tx, d.row.id)
	if err != nil || len(rows) == 0 {
		return err
	}
	d.snap.Prefill = map[string]policy.Values{}
	for _, p := range rows {
		f := d.mech.Form(p.form)
		if f == nil {
			return fmt.Errorf("casework: %s has a prefilled form %q that its mechanism does not know", d.row.id, p.form)
		}
		if d.snap.Prefill[p.form], err = f.ReadValues([]byte(p.vals)); err != nil {
			return err
		}
	}
	return nil
}
