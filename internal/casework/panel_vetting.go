package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// vetting looks for conflicts of interest of some experts with those whom panels must be apart from, in as many cases as are asked
// about: what is known is read once.
type vetting struct {
	e       *Engine
	tx      *store.Tx
	experts []string
	parties map[string]register.Party
	uses    map[string][]use
	files   map[string]*fileOf
	teams   []conflict.Mention // whom the applicants name beside themselves
	finder  *conflict.Finder   // nil where the pack has no rules of conflicts: the register's relations are all that counts
	call    string             // whose applications compete
}

// vet reads what is known of experts and of those they may have to be apart from, with the people whom these name.
func (e *Engine) vet(tx *store.Tx, ed *edition, at time.Time, experts, apart []string, teams ...conflict.Mention) (*vetting, error) {
	v := &vetting{e: e, tx: tx, experts: experts, parties: map[string]register.Party{}, teams: teams}
	known := slices.Concat(experts, apart)
	for _, m := range teams {
		if m.Person != "" {
			known = append(known, m.Person)
		}
	}
	parties, ties, err := e.Register.Around(tx, known)
	if err != nil {
		return nil, err
	}
	for _, p := range parties {
		v.parties[p.ID] = p
	}
	if v.uses, err = usesOf(tx, ed.Pack, experts, at.AddDate(-1, 0, 0)); err != nil {
		return nil, err
	}
	if len(ed.Conflicts) == 0 {
		return v, nil
	}
	w := worldOf(parties, ties, experts)
	if err := v.know(&w, ed.Pack, caldate.On(at)); err != nil {
		return nil, err
	}
	for who, list := range v.uses {
		for _, u := range list {
			w.Uses = append(w.Uses, conflict.Use{Expert: who, On: caldate.On(u.at)})
		}
	}
	v.finder = conflict.New(w, rulesOf(ed.Pack), caldate.On(at))
	return v, nil
}

// know adds what records of the register say: files of experts, works, and the people of the applicants who are not in the register.
func (v *vetting) know(w *conflict.World, p *policy.Pack, today caldate.Date) (err error) {
	if v.files, err = v.e.filesOf(v.tx, p, v.experts); err != nil {
		return err
	}
	var ids, names []string
	for i := range w.People {
		x := &w.People[i]
		if v.e.asked != nil { // a stage: what it does not say of experts is in order
			x.Disclosed = today
		}
		if f := v.files[x.ID]; f != nil {
			x.Disclosed, x.Biography = f.confirmed, f.has(f.kind.Experts.Resume)
			w.Ties = append(w.Ties, f.ties(x.ID)...)
		}
		ids, names = append(ids, x.ID), append(names, x.Name)
	}
	for i, m := range v.teams {
		if m.Person == "" {
			v.teams[i].Person = "named " + m.Name + " of " + m.Org
			w.People = append(w.People, conflict.Person{ID: v.teams[i].Person, Name: m.Name, Posts: []conflict.Post{{Org: m.Org}}})
			names = append(names, m.Name)
		}
	}
	for _, n := range slices.Clone(names) {
		names = append(names, conflict.Spellings(n)...)
	}
	w.Works, err = v.e.worksOf(v.tx, p, ids, names)
	return err
}

// rivalsRead is of how many other open cases, the latest, the people are looked at.
const rivalsRead = 60

// compete makes known who of the experts takes part in another open case of the mechanism that is judged: themselves, or named by their employer.
// Cases that were read are kept in read, for the pools of other cases.
func (v *vetting) compete(d *docket, apart []string, read map[string]*docket) error {
	if v.finder == nil || !slices.ContainsFunc(d.ed.Conflicts, func(r *policy.ConflictRule) bool { return conflict.Kind(r.Kind) == conflict.Competitor }) {
		return nil
	}
	parties := slices.Clone(v.experts)
	for _, id := range v.experts {
		if at := v.parties[id].Employer; at != "" {
			parties = append(parties, at)
		}
	}
	slices.Sort(parties)
	seats, err := openSeats(v.tx, d.mech.Name, slices.Compact(parties))
	if err != nil {
		return err
	}
	var entries []conflict.Application
	for _, s := range seats {
		if s.in == d.row.id || !applies(d.mech, s) {
			continue
		}
		at := slices.IndexFunc(entries, func(a conflict.Application) bool { return a.ID == s.in })
		if at < 0 && len(entries) == rivalsRead {
			continue
		}
		if at < 0 {
			if read[s.in] == nil {
				if read[s.in], err = v.e.load(v.tx, s.in); err != nil {
					return err
				}
			}
			at, entries = len(entries), append(entries, conflict.Application{ID: s.in, Call: d.mech.Name, People: read[s.in].teams(apart)})
		}
		entries[at].People = append(entries[at].People, conflict.Mention{Person: s.party})
	}
	v.call = d.mech.Name
	v.finder.Enter(entries)
	return nil
}

// applies tells whether whoever sits somewhere applies there; who judges, or is paid for it, does not compete.
func applies(m *policy.Mechanism, s sitting) bool {
	if s.part == "" {
		seat := m.Seat(s.seat)
		return seat != nil && seat.Kind == policy.PartySeat
	}
	part := m.Part(s.part)
	return part != nil && part.Starts != nil
}

// check gives the findings against each expert for one case, the gravest first, with those that were waived marked as such. What the
// register alone takes for a relation counts where the rules of the pack found nothing that excludes.
//
// vetoed is by applicant whom they ask to leave out; the rule says how many of a list count.
func (v *vetting) check(id string, apart []string, vetoed [][]string, waived []string) (map[string][]conflict.Finding, error) {
	app := conflict.Application{ID: id, Call: v.call}
	for _, a := range apart {
		if p := v.parties[a]; p.Kind == register.Person {
			app.People = append(app.People, conflict.Mention{Person: p.ID, Name: p.Name})
		} else {
			app.Orgs = append(app.Orgs, a)
		}
	}
	app.People = append(app.People, v.teams...)
	found := map[string][]conflict.Finding{}
	if v.finder != nil {
		found = v.finder.Check(app)
		for _, who := range v.experts {
			found[who] = append(found[who], v.finder.Standing(who)...)
		}
	}
	related, err := v.e.Register.Conflicts(v.tx, v.experts, apart)
	if err != nil {
		return nil, err
	}
	for who, why := range related {
		if w := conflict.Worst(found[who]); w == "" || w == conflict.Warn {
			found[who] = append([]conflict.Finding{relation(id, who, why)}, found[who]...)
		}
	}
	v.veto(id, vetoed, found)
	var rulings []conflict.Ruling
	for _, w := range waived {
		rulings = append(rulings, conflict.Ruling{Finding: w})
	}
	for who := range found {
		found[who] = conflict.WithRulings(found[who], rulings)
	}
	return found, nil
}

// veto adds those whom applicants ask to leave out.
func (v *vetting) veto(id string, vetoed [][]string, found map[string][]conflict.Finding) {
	if v.finder == nil {
		for _, who := range slices.Concat(vetoed...) {
			found[who] = append(found[who], relation(id, who, lang.T("申请人申请其回避", "The applicant asks to leave this expert out")))
		}
		return
	}
	for i, list := range vetoed {
		for who, more := range v.finder.Check(conflict.Application{ID: fmt.Sprintf("%s veto %d", id, i), Veto: list}) {
			found[who] = append(found[who], more...)
		}
	}
}

// open is how many invitations to other cases an expert has that are not over.
func (v *vetting) open(expert, in string) (n int) {
	for _, u := range v.uses[expert] {
		if u.open && u.in != in {
			n++
		}
	}
	return n
}

// relation is a finding that the register's own relations give.
func relation(id, who string, why lang.Text) conflict.Finding {
	sum := sha256.Sum256([]byte("relation\x00" + id + "\x00" + who + "\x00" + why.ZH))
	return conflict.Finding{ID: hex.EncodeToString(sum[:12]), Expert: who, Application: id, Kind: conflict.Other, Severity: conflict.Forbidden, Sure: conflict.Certain, Text: why}
}

// against is the reason for which an expert may not be drawn: the gravest finding that still counts and is more than a warning.
func against(found []conflict.Finding) (why lang.Text, is bool) {
	worst := conflict.Worst(found)
	if worst == "" || worst == conflict.Warn {
		return why, false
	}
	i := slices.IndexFunc(found, func(f conflict.Finding) bool { return f.Counts() && f.Severity == worst })
	return found[i].Text, true
}

// tied asks whether two parties are too close in a case. Whoever was invited to a panel although something spoke against them, because it was
// ruled not to count, is not tied by it any more.
func (e *Engine) tied(tx *store.Tx, d *docket, a, b string) (why lang.Text, related bool, err error) {
	why, related, err = e.Register.Related(tx, a, b)
	if err != nil || !related {
		return why, related, err
	}
	for _, x := range drawsOf(d.mech) {
		if x.Waived == nil {
			continue
		}
		for _, expert := range []string{a, b} {
			cleared, err := e.cleared(tx, d, x, expert)
			if err != nil || cleared {
				return lang.Text{}, false, err
			}
		}
	}
	return why, true, nil
}

// cleared tells whether somebody was invited by a draw, and nothing that still counts speaks against them there.
func (e *Engine) cleared(tx *store.Tx, d *docket, x drawn, expert string) (bool, error) {
	if !slices.ContainsFunc(d.snap.Parts, func(r *policy.Record) bool {
		return r.Part == x.Part && slices.Contains(r.Seats[x.As], policy.Holder{Party: expert})
	}) {
		return false, nil
	}
	want, err := policy.Wanted(d.snap, d.snap.Case, x.Draw)
	if err != nil || len(want.Waived) == 0 {
		return false, err
	}
	var apart []string
	for _, h := range want.Apart {
		apart = append(apart, h.Party)
	}
	vet, err := e.vet(tx, d.ed, d.snap.Now, []string{expert}, apart)
	if err != nil {
		return false, err
	}
	found, err := vet.check(d.row.id, apart, nil, want.Waived)
	if err != nil {
		return false, err
	}
	_, is := against(found[expert])
	return !is, nil
}

// use is one invitation of an expert that did not come to nothing.
type use struct {
	in   string
	at   time.Time
	open bool
}

// usesOf are the invitations of experts since a time, by expert.
func usesOf(tx *store.Tx, p *policy.Pack, experts []string, since time.Time) (map[string][]use, error) {
	parts, busy := map[[2]string]*policy.Machine{}, map[[2]string]bool{}
	for _, m := range p.Mechanisms {
		for _, d := range drawsOf(m) {
			parts[[2]string{m.Name, d.Part}] = m.Part(d.Part)
			for _, s := range panelStates(m, d) {
				busy[[2]string{m.Name, s}] = true
			}
		}
	}
	uses := map[string][]use{}
	if len(parts) == 0 {
		return uses, nil
	}
	for some := range slices.Chunk(experts, 500) {
		rows, err := sittings(tx, some, since)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			m := parts[[2]string{r.mechanism, r.part}]
			if m == nil {
				continue
			}
			if st := m.State(r.state); st != nil && !st.Lost() {
				uses[r.party] = append(uses[r.party], use{r.in, r.opened, !st.End && busy[[2]string{r.mechanism, r.stands}]})
			}
		}
	}
	return uses, nil
}

// panelStates are the states of a case in which its panel is brought together or at work.
func panelStates(m *policy.Mechanism, d drawn) []string {
	states := []string{d.state}
	for _, work := range panelWork(m, d.Seat) {
		for _, s := range work.States {
			for _, st := range s.Steps {
				states = append(states, st.While...)
			}
		}
	}
	return states
}

// worldOf is what the register knows, as the finder of conflicts reads it.
func worldOf(parties []register.Party, ties []register.Tie, experts []string) conflict.World {
	w := conflict.World{Partial: true}
	expert := map[string]bool{}
	for _, id := range experts {
		expert[id] = true
	}
	for _, p := range parties {
		if p.Kind == register.Person {
			x := conflict.Person{ID: p.ID, Name: p.Name, Email: p.Email, Expert: expert[p.ID]}
			if p.Employer != "" {
				x.Posts = []conflict.Post{{Org: p.Employer}}
			}
			w.People = append(w.People, x)
			continue
		}
		w.Orgs = append(w.Orgs, conflict.Org{ID: p.ID, Name: p.Name, Aliases: p.Aliases, USCC: p.USCC, Parent: p.Parent, LegalRep: p.LegalRep, Umbrella: p.Kind == register.Government})
	}
	for _, t := range ties {
		w.Ties = append(w.Ties, conflict.Tie{Kind: conflict.Kind(t.Kind), A: t.A, B: t.B, From: t.From, To: t.To, Source: t.Who})
	}
	return w
}

func rulesOf(p *policy.Pack) (rules conflict.Rules) {
	for _, r := range p.Conflicts {
		if conflict.Kind(r.Kind) == conflict.Stale && !keepsFiles(p) {
			continue // nobody could have confirmed anything
		}
		rules = append(rules, conflict.Rule{Kind: conflict.Kind(r.Kind), Severity: conflict.Severity(r.Severity), Years: r.Years, Count: r.Count, Basis: r.Basis, Clause: r.Clause})
	}
	return rules
}
