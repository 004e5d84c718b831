package search

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/match/text"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// source is a table that the index follows.
type source struct {
	prefix string // of the index's ids
	after  func(tx *store.Tx, id string, limit int) ([]mark, error)
	since  func(tx *store.Tx, micros int64) ([]mark, error)
	docs   func(tx *store.Tx, ids []string) (map[string][]document, error)

	have    map[string]int64 // id → revision that is in the index
	horizon int64            // the latest change that was read, in microseconds
	whole   bool             // it was read to its end once
	next    string           // where the first reading goes on
}

type mark struct {
	id                string
	revision, changed int64
}

// document is a thing for one audience.
type document struct {
	audience string // part of its id in the index
	name     string
	also     []string
	text     string
	is       []string
	who      []string // the field “for”
}

// audiences of one thing; a document that is not there any more is deleted from the index.
var audiences = []string{"open", "whole"}

const (
	lag   = time.Second // until what another process committed is seen
	batch = 500

	// A change is seen by its time; because a transaction may be committed after one that began later, what is young is read again: what
	// this process commits is committed soon, what others do may take as long as the longest transaction and their clock may differ.
	overlap, farOverlap = 5 * time.Second, 2 * time.Minute
	farEvery            = 10 * time.Second
)

// follow brings the index up to the tables; building tells that it has not been read whole yet. The first reading goes on in pieces, each
// under the lock, so that searches are answered meanwhile.
func (f *Finder) follow(ctx context.Context) (building bool, err error) {
	if !f.loaded.Load() {
		return f.load(ctx, 200*time.Millisecond)
	}
	if !f.mu.TryLock() {
		return false, nil // somebody else is reading
	}
	defer f.mu.Unlock()
	commits, now := f.db.Stats().Writes, f.db.Now()
	if commits == f.commits && now.Sub(f.asked).Abs() < lag {
		return false, nil
	}
	back := overlap
	if now.Sub(f.far).Abs() >= farEvery {
		back, f.far = farOverlap, now
	}
	err = f.db.Read(ctx, func(tx *store.Tx) error {
		for _, s := range f.sources {
			marks, err := s.since(tx, s.horizon-back.Microseconds())
			if err != nil {
				return err
			}
			if err := f.take(tx, s, marks); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	f.asked, f.commits = now, commits
	f.policy()
	return false, nil
}

// Load reads everything, at start-up; a search that comes before it is done gives what is there.
func (f *Finder) Load(ctx context.Context) error {
	for {
		building, err := f.load(ctx, time.Second)
		if err != nil || !building || ctx.Err() != nil {
			return err
		}
	}
}

// load goes on with the first reading for a while.
func (f *Finder) load(ctx context.Context, patience time.Duration) (building bool, err error) {
	began := time.Now()
	for !f.loaded.Load() && (time.Since(began) < patience) {
		f.mu.Lock()
		err := f.piece(ctx)
		f.mu.Unlock()
		if err != nil {
			return true, err
		}
	}
	return !f.loaded.Load(), nil
}

// piece reads the next batch of the first source that was not read whole.
func (f *Finder) piece(ctx context.Context) error {
	for _, s := range f.sources {
		if s.whole {
			continue
		}
		return f.db.Read(ctx, func(tx *store.Tx) error {
			marks, err := s.after(tx, s.next, batch)
			if err != nil {
				return err
			}
			if err := f.take(tx, s, marks); err != nil {
				return err
			}
			if len(marks) > 0 {
				s.next = marks[len(marks)-1].id
			}
			s.whole = len(marks) < batch
			return nil
		})
	}
	f.policy()
	f.loaded.Store(true) // what was changed behind the reading is read by the next search
	return nil
}

// take puts into the index what it does not have yet.
func (f *Finder) take(tx *store.Tx, s *source, marks []mark) error {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool {
		revision, ok := s.have[m.id]
		return ok && revision >= m.revision
	})
	for part := range slices.Chunk(marks, batch) {
		ids := make([]string, len(part))
		for i, m := range part {
			ids[i] = m.id
		}
		docs, err := s.docs(tx, ids)
		if err != nil {
			return err
		}
		for _, m := range part {
			f.put(s.prefix+m.id, docs[m.id])
			s.have[m.id] = m.revision
			s.horizon = max(s.horizon, m.changed)
		}
	}
	return nil
}

// put replaces a thing's documents.
func (f *Finder) put(id string, docs []document) {
	for _, a := range audiences {
		at := slices.IndexFunc(docs, func(d document) bool { return d.audience == a })
		if at < 0 {
			f.index.Delete(a + " " + id)
			continue
		}
		d := docs[at]
		f.index.Put(a+" "+id, []string{d.name, strings.Join(d.also, "\n"), text.Initials(text.Fold(d.name)), d.text, strings.Join(d.is, "\n"), strings.Join(d.who, "\n")})
	}
}

func (f *Finder) parties() *source {
	return &source{prefix: "party ", have: map[string]int64{},
		after: func(tx *store.Tx, id string, limit int) ([]mark, error) {
			return ofRegister(f.register.PartyMarks(tx, id, limit))
		},
		since: func(tx *store.Tx, micros int64) ([]mark, error) {
			return ofRegister(f.register.PartyMarksSince(tx, micros))
		},
		docs: func(tx *store.Tx, ids []string) (map[string][]document, error) {
			list, err := f.register.Parties(tx, ids)
			out := map[string][]document{}
			for _, p := range list {
				if !p.Deleted {
					out[p.ID] = partyDocs(p)
				}
			}
			return out, err
		}}
}

func ofRegister(list []register.Mark, err error) ([]mark, error) {
	out := make([]mark, len(list))
	for i, m := range list {
		out[i] = mark{m.ID, m.Revision, m.Changed}
	}
	return out, err
}

// partyDocs: everybody who is signed in reads who a party is; what it can and who speaks for it is for staff and itself.
func partyDocs(p register.Party) []document {
	open := document{audience: "open", name: p.Name, also: append(slices.Clone(p.Aliases), p.USCC, p.ID), who: []string{"guests"},
		is: []string{"what " + Party, "kind " + string(p.Kind), "region " + p.Region}}
	if p.Kind != register.Person {
		open.is = append(open.is, "kind "+string(register.Organisation))
	}
	whole := open
	whole.audience, whole.who = "whole", []string{"staff", "p:" + p.ID}
	whole.text = strings.Join(append([]string{p.LegalRep, p.Address, p.Contact}, p.Expertise...), "\n")
	return []document{open, whole}
}

func (f *Finder) records() *source {
	return &source{prefix: "record ", have: map[string]int64{},
		after: func(tx *store.Tx, id string, limit int) ([]mark, error) {
			return ofRegister(f.register.RecordMarks(tx, id, limit))
		},
		since: func(tx *store.Tx, micros int64) ([]mark, error) {
			return ofRegister(f.register.RecordMarksSince(tx, micros))
		},
		docs: func(tx *store.Tx, ids []string) (map[string][]document, error) {
			list, err := f.register.RecordRows(tx, ids)
			if err != nil {
				return nil, err
			}
			out := map[string][]document{}
			for _, r := range list {
				k := f.register.Kind(r.Kind)
				if r.Retired || k == nil {
					continue
				}
				var former []register.Record
				if r.Revision > 1 {
					if former, err = f.register.Formerly(tx, r.ID); err != nil {
						return nil, err
					}
				}
				owner, _, _, err := f.register.Named(tx, r.Owner)
				if err != nil {
					return nil, err
				}
				out[r.ID] = recordDocs(k, r, owner, former)
			}
			return out, nil
		}}
}

// recordDocs: of a public kind visitors read the public fields; staff and the owner read all.
func recordDocs(k *register.RecordKind, r register.Record, owner string, former []register.Record) []document {
	whole := recordDoc(k, r, func(register.RecordField) bool { return true })
	whole.audience, whole.who = "whole", []string{"staff", "p:" + r.Owner}
	whole.text += owner + "\n"
	for _, old := range former {
		whole.also = append(whole.also, old.Name, old.ID)
	}
	if !k.Public {
		return []document{whole}
	}
	open := recordDoc(k, r, func(f register.RecordField) bool { return f.Public || f.Name == k.Called || f.Name == k.Status })
	open.audience, open.who = "open", []string{"guests", "visitors"}
	for _, old := range former {
		open.also = append(open.also, old.ID)
	}
	return []document{open, whole}
}

// recordDoc reads the fields of a record that an audience may read.
func recordDoc(k *register.RecordKind, r register.Record, may func(register.RecordField) bool) document {
	d := document{name: r.Name, also: []string{r.ID}, is: []string{"what " + Record, "kind " + r.Kind}}
	for i := range k.Fields {
		f := &k.Fields[i]
		raw, ok := r.Values[f.Name]
		if !ok || !may(*f) {
			continue
		}
		var s string
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		switch f.Type {
		case "text":
			if f.Ident != "" || slices.ContainsFunc(k.Unique, func(u []string) bool { return slices.Contains(u, f.Name) }) {
				d.also = append(d.also, s)
			} else if f.Name != k.Called {
				d.text += s + "\n"
			}
		case "choice", "ref":
			d.is = append(d.is, facetOf(f, s))
			for _, c := range f.Choices {
				if c.Value == s {
					d.text += c.Title.ZH + "\n"
				}
			}
			d.is = append(d.is, "region "+s) // a code that is no region's is asked for by nobody
		case "flag", "party":
			d.is = append(d.is, facetOf(f, s))
		}
	}
	return d
}

func (f *Finder) caseSource() *source {
	ofCases := func(list []casework.CaseMark, err error) ([]mark, error) {
		out := make([]mark, len(list))
		for i, m := range list {
			out[i] = mark{m.ID, m.Seq, m.Changed}
		}
		return out, err
	}
	return &source{prefix: "case ", have: map[string]int64{},
		after: func(tx *store.Tx, id string, limit int) ([]mark, error) {
			return ofCases(f.cases.CaseMarks(tx, id, limit))
		},
		since: func(tx *store.Tx, micros int64) ([]mark, error) {
			return ofCases(f.cases.CaseMarksSince(tx, micros))
		},
		docs: func(tx *store.Tx, ids []string) (map[string][]document, error) {
			list, err := f.cases.CaseDocs(tx, ids)
			out := map[string][]document{}
			for _, c := range list {
				d := document{audience: "whole", name: c.Title, also: []string{c.ID, c.Heading.ZH, c.Heading.EN}, who: c.Chairs,
					is: []string{"what " + Case, "mechanism " + c.Mechanism, "kind " + c.Mechanism}}
				if c.Public {
					d.who = append(d.who, "public")
				}
				if c.Shown {
					d.who = append(d.who, "auditors")
				}
				out[c.ID] = []document{d}
			}
			return out, err
		}}
}

// policy puts the mechanisms and documents of the pack in force into the index, when it became another.
func (f *Finder) policy() {
	pack := f.cases.Seen()
	if pack == nil || pack.Digest == f.digest {
		return
	}
	f.digest = pack.Digest
	for _, m := range pack.Mechanisms {
		f.put("policy "+m.Name, []document{{audience: "open", name: m.Title.ZH, also: []string{m.Title.EN, m.Name}, is: []string{"what " + Policy, "mechanism " + m.Name}, who: []string{"public"}}})
	}
}
