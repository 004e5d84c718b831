package register

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Merged is something that was entered twice: the id that went, and under which one it is known now.
type Merged struct {
	ID      string    `json:"id"`
	Stays   string    `json:"stays"`
	Reason  string    `json:"reason"`
	Account string    `json:"account"`
	Who     string    `json:"who"`
	At      time.Time `json:"at"`
}

// HoldsIn adds somebody who is asked before a party or record goes into another: the refusal says what it holds that cannot follow. At
// start-up only.
func (r *Register) HoldsIn(ask func(tx *store.Tx, id string) (*refusal.Refusal, error)) {
	r.holds = append(r.holds, ask)
}

// KnownAs gives every id under which a party or record was ever entered; the first is today's.
func (r *Register) KnownAs(tx *store.Tx, id string) ([]string, error) {
	if stays, err := mergedInto(tx, id); err != nil {
		return nil, err
	} else if stays != "" {
		id = stays
	}
	went, err := mergesOf(tx, id)
	ids := []string{id}
	for _, m := range went {
		ids = append(ids, m.ID)
	}
	return ids, err
}

// Belongings gives every party that names this one as parent or employer.
func (r *Register) Belongings(tx *store.Tx, id string) ([]Party, error) { return allBelongings(tx, id) }

// NamedIn gives the latest records whose fields name a party or record.
func (r *Register) NamedIn(tx *store.Tx, id string, limit int) ([]Record, error) {
	ids, err := r.KnownAs(tx, id)
	if err != nil {
		return nil, err
	}
	return naming(tx, ids, "", "", limit)
}

// NamingAny gives the records of a kind that are not retired and name any of the parties, or one of the names among their makers.
func (r *Register) NamingAny(tx *store.Tx, kind string, ids, names []string) (all []Record, err error) {
	targets := slices.Clone(ids)
	for _, n := range names {
		targets = append(targets, makerKey(n))
	}
	seen := map[string]bool{}
	for part := range slices.Chunk(targets, 500) {
		some, err := naming(tx, part, kind, "", 5000)
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			if !seen[x.ID] {
				seen[x.ID] = true
				all = append(all, x)
			}
		}
	}
	return all, nil
}

// makerKey is under which target the index keeps somebody whom the register may have only by name.
func makerKey(name string) string { return "name:" + nameKey(name) }

// Merges tells what went into a party or record, oldest first.
func (r *Register) Merges(tx *store.Tx, id string) ([]Merged, error) { return mergesOf(tx, id) }

// Distinct gives the pairs that somebody found to be two; of each the smaller id comes first.
func (r *Register) Distinct(tx *store.Tx) (map[[2]string]bool, error) { return allDistinct(tx) }

// MarkDistinct says that two are not one, so that nobody is asked again.
func (r *Register) MarkDistinct(tx *store.Tx, a identity.Actor, one, other, reason string) error {
	if err := r.keeper(a); err != nil {
		return err
	}
	if one == other || one == "" || other == "" {
		return refusal.New(refusal.Invalid, "register.merge.self", lang.T("请选择两个不同的条目", "Choose two different ones"))
	}
	reason, no := mergeReason(reason)
	if no != nil {
		return no
	}
	return addDistinct(tx, one, other, reason, a.Account, a.Name)
}

func mergeReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	if n := utf8.RuneCountInString(s); n == 0 || n > maxText || plain(s) == "" {
		return s, refusal.New(refusal.Invalid, "register.merge.reason", lang.T("请说明依据，最多 200 个字", "Say why, in at most 200 characters")).At("reason")
	}
	return s, nil
}

// MergeParties makes one party of two: goes is hidden and its id lives on as another name of stays, which takes its names, fills what was
// empty of itself, and gets its ties, people, units and records. Cases, postings and facts keep the id that they were written with.
func (r *Register) MergeParties(tx *store.Tx, a identity.Actor, stays, goes, reason string) (Party, error) {
	if err := r.keeper(a); err != nil {
		return Party{}, err
	}
	reason, err := mergeReason(reason)
	if err != nil {
		return Party{}, err
	}
	s, g, err := r.twoParties(tx, stays, goes)
	if err != nil {
		return Party{}, err
	}
	if err := r.mayGo(tx, g.ID); err != nil {
		return Party{}, err
	}
	if err := r.passOn(tx, a, s, g, reason); err != nil {
		return Party{}, err
	}
	g.Deleted = true
	if err := r.write(tx, a, &g, "merge"); err != nil {
		return Party{}, err
	}
	s = takeOver(s, g)
	if err := r.check(s).Err(); err != nil {
		return Party{}, err
	}
	if err := r.write(tx, a, &s, "merge"); err != nil {
		return Party{}, err
	}
	return s, addMerge(tx, "party", Merged{ID: g.ID, Stays: s.ID, Reason: reason, Account: a.Account, Who: a.Name, At: tx.Now()})
}

// twoParties reads both and refuses what cannot be one.
func (r *Register) twoParties(tx *store.Tx, stays, goes string) (s, g Party, err error) {
	if s, err = r.Get(tx, stays); err != nil {
		return s, g, err
	}
	if g, err = r.Get(tx, goes); err != nil {
		return s, g, err
	}
	no := func(zh, en string) error {
		return refusal.New(refusal.Conflict, "register.merge.parties", lang.T(zh, en))
	}
	switch {
	case s.ID == g.ID:
		return s, g, no("两者已是同一主体", "They are one party already")
	case s.Deleted || g.Deleted:
		return s, g, no("其中一个已从登记库删除", "One of them was deleted")
	case (s.Kind == Person) != (g.Kind == Person):
		return s, g, no("个人与单位不能合并", "A person and an organisation cannot be one")
	case s.USCC != "" && g.USCC != "" && s.USCC != g.USCC:
		return s, g, refusal.New(refusal.Conflict, "register.merge.codes", lang.T(
			fmt.Sprintf("统一社会信用代码不同（%s、%s），是两个主体", s.USCC, g.USCC), fmt.Sprintf("Their codes differ (%s, %s): they are two", s.USCC, g.USCC))).
			Mend(lang.T("代码有误的，请先凭证照更正", "If a code is wrong, correct it first by its licence"))
	}
	for _, pair := range [][2]Party{{s, g}, {g, s}} {
		chain, _, err := ancestors(tx, pair[0])
		if err != nil {
			return s, g, err
		}
		if slices.ContainsFunc(chain, func(p Party) bool { return p.ID == pair[1].ID }) {
			return s, g, no(fmt.Sprintf("“%s”是“%s”的内设机构，不能合并", pair[0].Name, pair[1].Name), fmt.Sprintf("%s is a unit of %s", pair[0].Name, pair[1].Name))
		}
	}
	return s, g, nil
}

// mayGo asks whoever knows of something that cannot follow.
func (r *Register) mayGo(tx *store.Tx, id string) error {
	for _, ask := range r.holds {
		if no, err := ask(tx, id); err != nil {
			return err
		} else if no != nil {
			return no
		}
	}
	return nil
}

// takeOver gives the party that stays the names of the other, and what it lacks.
func takeOver(s, g Party) Party {
	s.Aliases = tidy(append(append(s.Aliases, g.Name), g.Aliases...))
	s.Aliases = slices.DeleteFunc(s.Aliases, func(n string) bool { return n == s.Name })
	s.Aliases = s.Aliases[:min(len(s.Aliases), maxAliases)]
	for _, f := range []struct {
		to   *string
		from string
	}{{&s.USCC, g.USCC}, {&s.Region, g.Region}, {&s.Parent, g.Parent}, {&s.Address, g.Address}, {&s.Contact, g.Contact}, {&s.Phone, g.Phone},
		{&s.Email, g.Email}, {&s.LegalRep, g.LegalRep}, {&s.Employer, g.Employer}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	s.Revenue, s.RDShare = cmp.Or(s.Revenue, g.Revenue), cmp.Or(s.RDShare, g.RDShare)
	s.Expertise = tidy(append(s.Expertise, g.Expertise...))
	s.Expertise = s.Expertise[:min(len(s.Expertise), maxFields)]
	s.Expert = s.Expert || g.Expert
	s.Synthetic = s.Synthetic && g.Synthetic
	return normal(s)
}

// passOn gives ties, people, units and records of one party to another.
func (r *Register) passOn(tx *store.Tx, a identity.Actor, s, g Party, reason string) error {
	if err := moveTies(tx, g.ID, s.ID); err != nil {
		return err
	}
	list, err := allBelongings(tx, g.ID)
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.Parent == g.ID {
			p.Parent = s.ID
		}
		if p.Employer == g.ID {
			p.Employer = s.ID
		}
		if err := r.write(tx, a, &p, "merge"); err != nil {
			return err
		}
	}
	owner, err := json.Marshal(s.ID)
	if err != nil {
		return err
	}
	for before := ""; ; {
		records, err := recordPage(tx, "", g.ID, before, true, maxPage, nil)
		if err != nil || len(records) == 0 {
			return err
		}
		for _, rec := range records {
			before = rec.ID
			k := r.Kind(rec.Kind)
			if k == nil || k.Owner == "" {
				continue
			}
			src := Source{Account: a.Account, Who: a.Name, From: FromPage, Verified: true}
			if _, err := r.changed(tx, k, rec, src, Values{k.Owner: owner}); err != nil {
				return fmt.Errorf("register: %s of %s: %w", rec.ID, reason, err)
			}
		}
	}
}

// changed enters values that stand, also of a record that is retired.
func (r *Register) changed(tx *store.Tx, k *RecordKind, rec Record, src Source, values Values) (Record, error) {
	next, err := nextClaims(tx, rec.ID)
	if err != nil {
		return rec, err
	}
	var said []Claim
	was := rec
	rec.Values = maps.Clone(rec.Values)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		rec.Values[name] = values[name]
		said = append(said, Claim{Record: rec.ID, Field: name, Seq: next[name] + 1, Revision: rec.Revision + 1, Value: values[name], State: Stands, Source: src, At: tx.Now()})
	}
	return r.commit(tx, k, was, rec, src, said)
}

// MergeRecords makes one record of two of a kind: goes is retired and its id and numbers live on as other names of stays. What stays
// lacks is taken from what goes, with whoever said it; what they say differently stands beside until somebody decides.
func (r *Register) MergeRecords(tx *store.Tx, a identity.Actor, stays, goes, reason string) (Record, error) {
	if err := r.keeper(a); err != nil {
		return Record{}, err
	}
	reason, err := mergeReason(reason)
	if err != nil {
		return Record{}, err
	}
	s, g, k, err := r.twoRecords(tx, stays, goes)
	if err != nil {
		return Record{}, err
	}
	if err := r.mayGo(tx, g.ID); err != nil {
		return Record{}, err
	}
	src := Source{Account: a.Account, Who: a.Name, From: FromPage, Verified: true}
	if _, err := r.retire(tx, k, src, g.ID, true); err != nil {
		return Record{}, err
	}
	m := Merged{ID: g.ID, Stays: s.ID, Reason: reason, Account: a.Account, Who: a.Name, At: tx.Now()}
	if err := addMerge(tx, "record", m); err != nil {
		return Record{}, err
	}
	taken, beside, err := r.claimsFrom(tx, k, s, g)
	if err != nil {
		return Record{}, err
	}
	was := s
	s.Values = maps.Clone(s.Values)
	for _, c := range taken {
		s.Values[c.Field] = c.Value
	}
	if s, err = r.commit(tx, k, was, s, src, taken); err != nil {
		return s, err
	}
	for _, c := range beside {
		if err := addClaim(tx, c); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (r *Register) twoRecords(tx *store.Tx, stays, goes string) (s, g Record, k *RecordKind, err error) {
	if s, err = r.GetRecord(tx, stays); err != nil {
		return s, g, nil, err
	}
	if g, err = r.GetRecord(tx, goes); err != nil {
		return s, g, nil, err
	}
	no := func(zh, en string) error {
		return refusal.New(refusal.Conflict, "register.merge.records", lang.T(zh, en))
	}
	switch k = r.Kind(s.Kind); {
	case k == nil || s.Kind != g.Kind:
		err = no("种类不同的不能合并", "Records of different kinds cannot be one")
	case s.ID == g.ID:
		err = no("两者已是同一项", "They are one record already")
	case s.Retired || g.Retired:
		err = no("其中一项已注销", "One of them is retired")
	}
	return s, g, k, err
}

// claimsFrom sorts what stands of the record that goes: what the other lacks is taken, what it says differently stands beside.
func (r *Register) claimsFrom(tx *store.Tx, k *RecordKind, s, g Record) (taken, beside []Claim, err error) {
	list, err := standing(tx, g.ID)
	if err != nil {
		return nil, nil, err
	}
	next, err := nextClaims(tx, s.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range list {
		f := k.Field(c.Field)
		if f == nil || string(c.Value) == "null" || bytes.Equal(c.Value, value(s.Values, c.Field)) {
			continue
		}
		next[c.Field]++
		c.Record, c.Seq, c.Revision = s.ID, next[c.Field], s.Revision+1
		if _, filled := s.Values[c.Field]; filled {
			c.State = Beside
			beside = append(beside, c)
			continue
		}
		taken = append(taken, c)
	}
	return taken, beside, nil
}

// formerly is the records that went into one, as they were.
func formerly(tx *store.Tx, id string) ([]Record, error) {
	went, err := mergesOf(tx, id)
	if err != nil || len(went) == 0 {
		return nil, err
	}
	ids := make([]string, len(went))
	for i, m := range went {
		ids[i] = m.ID
	}
	return recordsByID(tx, ids)
}
