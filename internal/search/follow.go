package search

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/match/query"
	"kechuang/internal/match/text"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// source is a table that the index follows.
type source struct {
	store.Follower
	prefix string // of the index's ids
	docs   func(tx *store.Tx, ids []string) (map[string][]document, error)
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
	due, back, done := f.waking.Due(f.db)
	if !due {
		return false, nil
	}
	err = f.db.Read(ctx, func(tx *store.Tx) error {
		for _, s := range f.sources {
			if _, err := s.Follow(tx, back); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	done()
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
		if !s.Whole() {
			return f.db.Read(ctx, s.Piece)
		}
	}
	f.policy()
	f.loaded.Store(true) // what was changed behind the reading is read by the next search
	return nil
}

// follows makes a source follow its table into the index.
func (f *Finder) follows(s *source) *source {
	s.Take = func(tx *store.Tx, ids []string) error {
		docs, err := s.docs(tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			f.put(s.prefix+id, docs[id])
		}
		return nil
	}
	return s
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
	return f.follows(&source{prefix: "party ", Follower: store.Follower{After: f.register.PartyMarks, Since: f.register.PartyMarksSince},
		docs: func(tx *store.Tx, ids []string) (map[string][]document, error) {
			list, err := f.register.Parties(tx, ids)
			out := map[string][]document{}
			for _, p := range list {
				if !p.Deleted {
					out[p.ID] = partyDocs(p)
				}
			}
			return out, err
		}})
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
	return f.follows(&source{prefix: "record ", Follower: store.Follower{After: f.register.RecordMarks, Since: f.register.RecordMarksSince},
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
				node, err := f.register.NodeNames(tx, k, r.Values)
				if err != nil {
					return nil, err
				}
				out[r.ID] = recordDocs(k, r, owner, node, former)
			}
			return out, nil
		}})
}

// recordDocs: of a public kind visitors read the public fields; staff and the owner read all.
func recordDocs(k *register.RecordKind, r register.Record, owner string, nodes map[string]lang.Text, former []register.Record) []document {
	whole := recordDoc(k, r, nodes, func(register.RecordField) bool { return true })
	whole.audience, whole.who = "whole", []string{"staff", "p:" + r.Owner}
	whole.text += owner + "\n"
	for _, old := range former {
		whole.also = append(whole.also, old.Name, old.ID)
	}
	if !k.Public {
		return []document{whole}
	}
	open := recordDoc(k, r, nodes, func(f register.RecordField) bool { return f.Public || f.Name == k.Called || f.Name == k.Status })
	open.audience, open.who = "open", []string{"guests", "visitors"}
	for _, old := range former {
		open.also = append(open.also, old.ID)
	}
	return []document{open, whole}
}

// recordDoc reads the fields of a record that an audience may read; nodes are what the nodes that it names are called.
func recordDoc(k *register.RecordKind, r register.Record, nodes map[string]lang.Text, may func(register.RecordField) bool) document {
	d := document{name: r.Name, also: []string{r.ID}, is: []string{"what " + Record, "kind " + r.Kind}}
	for i := range k.Fields {
		f := &k.Fields[i]
		raw, ok := r.Values[f.Name]
		if !ok || f.Private() || !may(*f) {
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
		case "node":
			d.text += nodes[s].ZH + "\n" + nodes[s].EN + "\n"
		case "flag", "party":
			d.is = append(d.is, facetOf(f, s))
		}
	}
	return d
}

func (f *Finder) caseSource() *source {
	return f.follows(&source{prefix: "case ", Follower: store.Follower{After: f.cases.CaseMarks, Since: f.cases.CaseMarksSince},
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
		}})
}

// policy puts the mechanisms and documents of the pack in force into the index, when it became another.
func (f *Finder) policy() {
	pack := f.cases.Seen()
	if pack == nil || pack.Digest == f.digest {
		return
	}
	f.digest = pack.Digest
	same := query.NewSynonyms(pack.Synonyms())
	f.same.Store(&same)
	for _, m := range pack.Mechanisms {
		f.put("policy "+m.Name, []document{{audience: "open", name: m.Title.ZH, also: []string{m.Title.EN, m.Name}, is: []string{"what " + Policy, "mechanism " + m.Name}, who: []string{"public"}}})
	}
}
