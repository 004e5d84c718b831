package search

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/match/same"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// twice keeps what was proposed, by kind, for a while: proposals are advice.
type twice struct {
	mu   sync.Mutex // guards both; held while a kind is compared, so that it is compared once
	kept map[string][]Duplicate
	made map[string]time.Time
}

const keptFor = time.Minute

func (t *twice) stale() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept, t.made = nil, nil
}

type (
	// Duplicate is a pair that may have been entered twice.
	Duplicate struct {
		What    string      `json:"what" enum:"party,record"`
		A       Twin        `json:"a"`
		B       Twin        `json:"b"`
		Weight  float64     `json:"weight" doc:"0 to 1, for ordering"`
		Reasons []lang.Text `json:"reasons"`
		Against []lang.Text `json:"against"`
	}
	// Twin is one of a pair.
	Twin struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Note  string `json:"note,omitempty"` // code or owner
	}
)

// mostPairs is how many pairs are proposed at once.
const mostPairs = 200

// Duplicates proposes parties, or with a kind its records, that were entered twice; pairs that somebody found to be two are left out. Only
// who keeps or audits the register may ask: it speaks of everything.
func (f *Finder) Duplicates(ctx context.Context, kind string) ([]Duplicate, error) {
	f.twice.mu.Lock()
	defer f.twice.mu.Unlock()
	if made, ok := f.twice.made[kind]; ok && f.db.Now().Sub(made).Abs() < keptFor {
		return f.twice.kept[kind], nil
	}
	var entries []same.Entry
	var twins map[string]Twin
	var err error
	what := Party
	if kind == "" {
		entries, twins, err = f.partyEntries(ctx)
	} else {
		what = Record
		entries, twins, err = f.recordEntries(ctx, kind)
	}
	if err != nil {
		return nil, err
	}
	var two map[[2]string]bool
	err = f.db.Read(ctx, func(tx *store.Tx) (err error) {
		two, err = f.register.Distinct(tx)
		return err
	})
	out := []Duplicate{}
	for _, p := range same.Find(entries) {
		if !two[[2]string{p.A, p.B}] && len(out) < mostPairs {
			out = append(out, Duplicate{what, twins[p.A], twins[p.B], p.Weight, append([]lang.Text{}, p.Reasons...), append([]lang.Text{}, p.Against...)})
		}
	}
	if f.twice.kept == nil {
		f.twice.kept, f.twice.made = map[string][]Duplicate{}, map[string]time.Time{}
	}
	f.twice.kept[kind], f.twice.made[kind] = out, f.db.Now()
	return out, err
}

func (f *Finder) partyEntries(ctx context.Context) (entries []same.Entry, twins map[string]Twin, err error) {
	twins = map[string]Twin{}
	for after := ""; ; {
		list, next, err := f.register.Search(ctx, "", "", after, 200)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range list {
			e := same.Entry{ID: p.ID, Name: p.Name, Aliases: p.Aliases, Person: p.Kind == register.Person, Codes: map[string]string{}}
			if p.USCC != "" {
				e.Codes["uscc"] = p.USCC
			}
			for _, x := range []same.Fact{
				{Field: "phone", Title: lang.T("联系电话", "Telephone"), Value: p.Phone, Telling: true}, {Field: "email", Title: lang.T("电子邮箱", "E-mail"), Value: p.Email, Telling: true},
				{Field: "legalRep", Title: lang.T("法定代表人", "Legal representative"), Value: p.LegalRep}, {Field: "region", Title: lang.T("所在区县", "District"), Value: p.Region},
				{Field: "address", Title: lang.T("地址", "Address"), Value: p.Address}, {Field: "employer", Title: lang.T("工作单位", "Employer"), Value: p.Employer},
				{Field: "parent", Title: lang.T("上级单位", "Parent"), Value: p.Parent}} {
				if x.Value != "" {
					e.Facts = append(e.Facts, x)
				}
			}
			entries = append(entries, e)
			note := p.USCC
			if note == "" {
				note = f.regionName(p.Region)
			}
			twins[p.ID] = Twin{p.ID, p.Name, note}
		}
		if after = next; next == "" {
			return entries, twins, nil
		}
	}
}

func (f *Finder) recordEntries(ctx context.Context, kind string) (entries []same.Entry, twins map[string]Twin, err error) {
	k := f.register.Kind(kind)
	twins = map[string]Twin{}
	if k == nil {
		return nil, twins, nil
	}
	for after := ""; ; {
		list, next, err := f.register.SearchRecords(ctx, register.RecordQuery{Kind: kind, After: after, Limit: 200})
		if err != nil {
			return nil, nil, err
		}
		err = f.db.Read(ctx, func(tx *store.Tx) error {
			for _, rec := range list {
				owner, _, _, err := f.register.Named(tx, rec.Owner)
				if err != nil {
					return err
				}
				entries = append(entries, recordEntry(k, rec))
				twins[rec.ID] = Twin{rec.ID, rec.Name, owner}
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
		if after = next; next == "" {
			return entries, twins, nil
		}
	}
}

// recordEntry reads a record: numbers that only one may have, what it is about, and what one and the same would share.
func recordEntry(k *register.RecordKind, rec register.Record) same.Entry {
	e := same.Entry{ID: rec.ID, Name: rec.Name, Codes: map[string]string{}}
	for _, f := range k.Fields {
		var s string
		raw, ok := rec.Values[f.Name]
		if !ok || f.Name == k.Called {
			continue
		}
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		unique := slices.ContainsFunc(k.Unique, func(u []string) bool { return slices.Contains(u, f.Name) })
		switch f.Type {
		case "text":
			if f.Ident != "" || unique {
				e.Codes[f.Name] = s
			} else {
				e.Text = strings.TrimSpace(e.Text + "\n" + s)
			}
		case "party", "record", "date", "money":
			e.Facts = append(e.Facts, same.Fact{Field: f.Name, Title: f.Title, Value: s})
		}
	}
	return e
}
