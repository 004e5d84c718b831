package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/panel"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
)

// draw invites people to a panel: the eligible of the register without anyone who has a conflict, found before anybody is asked.
// Whoever dropped out of an earlier draw is replaced by its order; for those who are still wanted, it draws anew.
func (c *change) draw(a policy.DrawPanel) error {
	if a.Count < 1 {
		return nil
	}
	pool, excluded, err := c.pool(a)
	if err != nil {
		return err
	}
	people, err := c.invitees(a, pool, excluded)
	if err != nil {
		return err
	}
	for _, p := range people {
		r := policy.NewRecord(c.d.snap, a.Part, c.d.row.id, map[string][]policy.Holder{a.As: {{Party: p}}}, nil)
		r.ID = ident.New("part", c.at)
		if err := c.addPart(r); err != nil {
			return err
		}
	}
	return nil
}

// invitees are who is to be asked: those who are named, or else those whom the draw goes on with and those whom it draws anew.
func (c *change) invitees(a policy.DrawPanel, pool []panel.Candidate, excluded []panel.Exclusion) ([]string, error) {
	if len(a.Named) > 0 {
		if err := c.mayName(a.Named, pool, excluded); err != nil {
			return nil, err
		}
		return a.Named, cite(c.crowd(a, pool), a.Rule)
	}
	people, err := c.replace(a, pool, excluded)
	if err != nil || len(people) >= a.Count {
		return people, err
	}
	more, err := c.convene(a, pool, excluded, people)
	return append(people, more...), cite(err, a.Rule)
}

// cite names the documents behind how a panel has to be, where nobody fits it.
func cite(err error, rule string) error {
	list := refusal.Of(err)
	for _, r := range list {
		if r.Rule == "" && (r.ID == "panel.too_few" || strings.HasPrefix(r.ID, "panel.quota")) {
			r.Rule = rule
		}
	}
	return err
}

// mayName refuses those who are named and could not be drawn, each with the reason.
func (c *change) mayName(named []string, pool []panel.Candidate, excluded []panel.Exclusion) error {
	var l refusal.List
	for _, id := range named {
		why := lang.T("不在专家库中，或者不是这个领域的专家", "not in the pool of experts of this field")
		if slices.ContainsFunc(pool, func(x panel.Candidate) bool { return x.ID == id }) {
			i := slices.IndexFunc(excluded, func(x panel.Exclusion) bool { return x.Person == id })
			if i < 0 {
				continue
			}
			why = excluded[i].Why
		}
		name, _, _, err := c.e.Register.Named(c.tx, id)
		if err != nil {
			return err
		}
		l.Add(refusal.New(refusal.Invalid, "panel.named", lang.T(fmt.Sprintf("不能邀请%s：%s", name, why.ZH), fmt.Sprintf("%s cannot be invited: %s", name, why.In(lang.EN)))).
			Mend(lang.T("请改邀他人，或者先提请裁定利害关系", "Invite somebody else, or ask for a ruling on the conflict first")))
	}
	return l.Err()
}

// crowd refuses more people of one unit than a panel may have, whether they are named or drawn.
func (c *change) crowd(a policy.DrawPanel, pool []panel.Candidate) error {
	people := append(c.invited(a), a.Named...)
	pool, err := c.withHolders(a, pool, people)
	if err != nil || a.UnitMost <= 0 {
		return err
	}
	of := map[string]int{}
	for _, x := range pool {
		if x.Unit == "" || !slices.Contains(people, x.ID) {
			continue
		}
		if of[x.Unit]++; of[x.Unit] > a.UnitMost {
			name, _, _, err := c.e.Register.Named(c.tx, x.ID)
			if err != nil {
				return err
			}
			return refusal.New(refusal.Invalid, "panel.quota_unit", lang.T(fmt.Sprintf("每个单位至多 %d 人，%s的单位超过了", a.UnitMost, name), fmt.Sprintf("At most %d of a unit; that of %s has more", a.UnitMost, name))).
				Mend(lang.T("同一单位的改邀他人", "Invite somebody of another unit instead"))
		}
	}
	return nil
}

// convene draws as many as are wanted beside those who are invited and those who were just asked. The seed is public now, so the next
// draw gets another one; its commitment is in this step's leaf.
func (c *change) convene(a policy.DrawPanel, pool []panel.Candidate, excluded []panel.Exclusion, asked []string) ([]string, error) {
	seed, err := panel.ParseSeed(c.d.row.seed)
	if err != nil {
		return nil, err
	}
	fixed, err := c.fix(a, pool, excluded, asked)
	if err != nil {
		return nil, err
	}
	said := ""
	if len(asked) == 0 { // else the draw goes on from one that was witnessed
		if said, err = c.d.witnessed.check(fixed); err != nil {
			return nil, err
		}
	}
	beacon, err := c.e.Journal.Beacon(c.tx)
	if err != nil {
		return nil, err
	}
	r, err := fixed.Convene(seed, beacon, said)
	if err != nil {
		return nil, err
	}
	next := c.e.newSeed()
	c.d.row.seed, c.leaf.Commitment = next.String(), next.Commitment()
	return r.Drawn, c.keepDraw(a, r)
}

// fix is the pool as it is drawn from, with what the panel must be beside those who are invited and those who were just asked.
func (c *change) fix(a policy.DrawPanel, pool []panel.Candidate, excluded []panel.Exclusion, asked []string) (*panel.Fixed, error) {
	holds := append(c.invited(a), asked...)
	excluded = slices.DeleteFunc(slices.Clone(excluded), func(x panel.Exclusion) bool { return slices.Contains(holds, x.Person) })
	pool, err := c.withHolders(a, pool, holds)
	if err != nil {
		return nil, err
	}
	criteria := panel.Criteria{Size: len(holds) + a.Count - len(asked), UnitMost: a.UnitMost}
	if a.OutsideLeast > 0 {
		criteria.Quotas = []panel.Quota{{What: "outside", Is: "yes", Title: lang.T("市外专家", "experts from outside the city"), Least: a.OutsideLeast}}
	}
	for _, x := range a.Mix {
		criteria.Quotas = append(criteria.Quotas, panel.Quota{What: x.Field, Is: x.Is, Title: c.d.ed.markTitle(x.Field, x.Is), Least: x.Least})
	}
	round, err := c.round(a)
	if err != nil {
		return nil, err
	}
	return panel.Ask{For: c.d.row.id + " " + a.Seat, Round: round, Pool: pool, Excluded: excluded, Criteria: criteria, Holds: holds}.Fix()
}

// round is which draw for the seat the next is: one that was gone on with counts once.
func (c *change) round(a policy.DrawPanel) (int, error) {
	all, err := draws(c.tx, c.d.row.id)
	if err != nil {
		return 0, err
	}
	seeds := map[string]bool{}
	for _, d := range all {
		if d.seat != a.Seat || d.part != a.Part {
			continue
		}
		r, old, err := d.decode()
		switch {
		case err != nil:
			return 0, err
		case old != nil:
			seeds[old.Commitment] = true
		default:
			seeds[r.Commitment] = true
		}
	}
	return len(seeds) + 1, nil
}

// maxSaid is how much those present may say, in characters.
const maxSaid = 200

// check gives what those present said, if they saw this pool.
func (w Witnessed) check(fixed *panel.Fixed) (string, error) {
	said := strings.TrimSpace(w.Said)
	switch {
	case w.Fingerprint != "" && w.Fingerprint != fixed.Fingerprint():
		return "", refusal.New(refusal.Conflict, "panel.moved", lang.T("名单或者要求在出示指纹之后变了，没有抽取", "The pool or the criteria have changed since the fingerprint was shown; nothing was drawn")).
			Mend(lang.T("请刷新页面，重新出示指纹，再请在场人员说出内容", "Load the page again, show the new fingerprint, and ask those present once more"))
	case said != "" && w.Fingerprint == "":
		return "", refusal.New(refusal.Invalid, "panel.unseen", lang.T("在场人员说出内容之前，须先出示名单和要求的指纹", "The fingerprint is shown before those present say anything"))
	case utf8.RuneCountInString(said) > maxSaid, strings.ContainsFunc(said, unicode.IsControl):
		return "", refusal.New(refusal.Invalid, "panel.said", lang.T(fmt.Sprintf("现场所说至多 %d 字，写在一行里", maxSaid), fmt.Sprintf("What was said has at most %d characters, on one line", maxSaid))).At("said")
	}
	return said, nil
}

// keepDraw writes a draw, or how it went on, down, and its digest into the leaf.
func (c *change) keepDraw(a policy.DrawPanel, r *panel.Record) error {
	result, err := json.Marshal(r)
	if err != nil {
		return err
	}
	row := drawRow{id: ident.New("draw", c.at), record: c.rec.ID, seat: a.Seat, part: a.Part, seq: c.seq, result: result, at: c.at}
	c.leaf.Draws = append(c.leaf.Draws, leafDraw{ID: row.id, Seed: r.Seed, Commitment: r.Commitment, Result: digestBytes(result)})
	return addDraw(c.tx, c.d.row.id, row)
}

// replace goes on with the last draw for the seat: whoever dropped out leaves its panel, and the first of its order who may still be
// asked and completes it comes. Where nobody does, the rest is drawn anew; and so it is where an office sent somebody away, for the order is known by
// now, and with it who would come.
func (c *change) replace(a policy.DrawPanel, pool []panel.Candidate, excluded []panel.Exclusion) ([]string, error) {
	r, err := c.lastDraw(a)
	if err != nil || r == nil || c.sentAway(a, r.Panel) {
		return nil, err
	}
	live, may := c.invited(a), map[string]bool{}
	for _, p := range pool {
		may[p.ID] = true
	}
	why := map[string]lang.Text{}
	for _, x := range excluded {
		may[x.Person], why[x.Person] = false, x.Why
	}
	reason := func(p string) lang.Text {
		if text, known := why[p]; known {
			return text
		}
		return lang.T("不再是评审专家", "no longer an expert")
	}
	went := false
	for _, p := range slices.Clone(r.Panel) { // all of them were invited: who is not any more has dropped out
		for p != "" && (!slices.Contains(live, p) && !may[p]) {
			instead, err := r.Leave(p, reason(p))
			if went = true; err != nil && !refusal.Is(err, "panel.too_few") {
				return nil, err
			}
			p = instead
		}
	}
	if !went {
		return nil, nil
	}
	var people []string
	for _, p := range r.Panel {
		if !slices.Contains(live, p) && may[p] && len(people) < a.Count {
			people = append(people, p)
		}
	}
	return people, c.keepDraw(a, r)
}

// sentAway tells whether the place of one of the people came to nothing by another act than their own or the end of their time to answer.
func (c *change) sentAway(a policy.DrawPanel, people []string) bool {
	machine := c.d.snap.Mechanism.Part(a.Part)
	return slices.ContainsFunc(c.d.snap.Parts, func(r *policy.Record) bool {
		if r.Part != a.Part || !machine.State(r.State).Lost() || chosen(machine, a.As, r.State) || !slices.ContainsFunc(r.Seats[a.As], func(h policy.Holder) bool { return slices.Contains(people, h.Party) }) {
			return false
		}
		return !slices.ContainsFunc(c.d.steps, func(st stepRow) bool {
			return st.record == r.ID && st.to == r.State && st.seat == policy.ClockSeat
		})
	})
}

// lastDraw is the last draw for a seat; nil where there is none, or only of the form before criteria, which kept no order to go on with.
func (c *change) lastDraw(a policy.DrawPanel) (*panel.Record, error) {
	all, err := draws(c.tx, c.d.row.id)
	if err != nil {
		return nil, err
	}
	for _, d := range slices.Backward(all) {
		if d.seat != a.Seat || d.part != a.Part {
			continue
		}
		r, _, err := d.decode()
		return r, err
	}
	return nil, nil
}

// decode reads a draw: a record, or a result of the first form.
func (d drawRow) decode() (*panel.Record, *panel.Result, error) {
	var r panel.Record
	if err := json.Unmarshal(d.result, &r); err == nil && r.Version >= 2 {
		return &r, nil, nil
	}
	var old panel.Result
	if err := json.Unmarshal(d.result, &old); err != nil {
		return nil, nil, fmt.Errorf("casework: draw %s: %w", d.id, err)
	}
	return nil, &old, nil
}

// invited are those whose invitation has not come to nothing.
func (c *change) invited(a policy.DrawPanel) (people []string) {
	machine := c.d.snap.Mechanism.Part(a.Part)
	for _, r := range c.d.snap.Parts {
		if st := machine.State(r.State); r.Part == a.Part && st != nil && !st.Lost() {
			for _, h := range r.Seats[a.As] {
				people = append(people, h.Party)
			}
		}
	}
	return people
}

// pool is who may be asked and who may not, with the reason: whoever was asked before, and whoever has a conflict with one of those
// that the panel has to be apart from.
func (c *change) pool(a policy.DrawPanel) (pool []panel.Candidate, excluded []panel.Exclusion, err error) {
	people, err := c.e.Register.Experts(c.tx, a.Field)
	if err != nil {
		return nil, nil, err
	}
	asked := map[string]lang.Text{}
	machine := c.d.snap.Mechanism.Part(a.Part)
	for _, r := range c.d.snap.Parts {
		if r.Part != a.Part {
			continue
		}
		for _, h := range r.Seats[a.As] {
			asked[h.Party] = lang.T("已邀请过", "was asked before")
			if st := machine.State(r.State); st.Lost() {
				asked[h.Party] = st.Title
			}
		}
	}
	var apart, ids []string
	for _, h := range a.Apart {
		if h.Party != "" {
			apart = append(apart, h.Party)
		}
	}
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	if pool, err = c.candidates(a, people); err != nil {
		return nil, nil, err
	}
	if c.vet, err = c.e.vet(c.tx, c.d.ed, c.at, ids, apart, c.d.teams(c.d.mech.Seat(a.Seat).ApartFrom)...); err != nil {
		return nil, nil, err
	}
	if c.rivals == nil {
		c.rivals = map[string]*docket{}
	}
	if err = c.vet.compete(c.d, c.d.mech.Seat(a.Seat).ApartFrom, c.rivals); err != nil {
		return nil, nil, err
	}
	if c.found, err = c.vet.check(c.d.row.id, apart, a.Vetoed, a.Waived); err != nil {
		return nil, nil, err
	}
	for _, id := range a.Earlier {
		if _, before := asked[id]; !before {
			asked[id] = lang.T("参加过前一轮评审", "had to do with the earlier review")
		}
	}
	barred, err := c.e.Register.AllBarred(c.tx, "judge", caldate.On(c.at))
	if err != nil {
		return nil, nil, err
	}
	for _, p := range ids {
		if by, no := barred[p]; no {
			excluded = append(excluded, panel.Exclusion{Person: p, Why: lang.T("“"+by+"”尚在期限内", "“"+by+"” is in force")})
		} else if text, before := asked[p]; before {
			excluded = append(excluded, panel.Exclusion{Person: p, Why: text})
		} else if text, tied := against(c.found[p]); tied {
			excluded = append(excluded, panel.Exclusion{Person: p, Why: text, Liftable: a.Rulings && conflict.Worst(c.found[p]) == conflict.Approval})
		} else if n := c.vet.open(p, c.d.row.id); a.OpenMost > 0 && n >= a.OpenMost {
			excluded = append(excluded, panel.Exclusion{Person: p, Why: lang.T(fmt.Sprintf("手头还有 %d 件评审没有办完", n), fmt.Sprintf("has %d reviews on hand", n))})
		}
	}
	return pool, excluded, nil
}

// candidates are people with what the criteria ask about.
func (c *change) candidates(a policy.DrawPanel, people []register.Party) ([]panel.Candidate, error) {
	regions := map[string]string{}
	var pool []panel.Candidate
	files := map[string]*fileOf{}
	if len(a.Mix) > 0 {
		var ids []string
		for _, p := range people {
			ids = append(ids, p.ID)
		}
		var err error
		if files, err = c.e.filesOf(c.tx, c.d.ed.Pack, ids); err != nil {
			return nil, err
		}
	}
	for _, p := range people {
		x := panel.Candidate{ID: p.ID, Has: map[string]string{}}
		for _, m := range a.Mix {
			x.Has[m.Field] = files[p.ID].has(m.Field)
		}
		if a.UnitMost > 0 {
			x.Unit = p.Employer
		}
		if a.OutsideLeast > 0 {
			region := p.Region
			if region == "" && p.Employer != "" {
				if _, known := regions[p.Employer]; !known {
					of, err := c.e.Register.Get(c.tx, p.Employer)
					if err != nil {
						return nil, err
					}
					regions[p.Employer] = of.Region
				}
				region = regions[p.Employer]
			}
			x.Has["outside"] = "no"
			if elsewhere(region, c.d.ed.Region) {
				x.Has["outside"] = "yes"
			}
		}
		pool = append(pool, x)
	}
	return pool, nil
}

// withHolders adds those who hold a seat and are no longer in the pool.
func (c *change) withHolders(a policy.DrawPanel, pool []panel.Candidate, holds []string) ([]panel.Candidate, error) {
	var missing []register.Party
	for _, id := range holds {
		if !slices.ContainsFunc(pool, func(x panel.Candidate) bool { return x.ID == id }) {
			p, err := c.e.Register.Get(c.tx, id)
			if err != nil {
				return nil, err
			}
			missing = append(missing, p)
		}
	}
	more, err := c.candidates(a, missing)
	return append(slices.Clone(pool), more...), err
}
