package casework

import (
	"cmp"
	"slices"
	"strings"

	"kechuang/internal/policy"
)

// What experts gave, as it is returned to those they judged and read by offices that do not know the panel: without names, and without
// anything by which two opinions of one expert could be told to be one's. Their numbers follow from what they say and from what they are about,
// not from who sits where or who was first; when each was asked, began or gave is not told; whose review came to nothing is not shown to
// those who were judged.

// nameless tells whether a record is the work or the invitation of somebody whom the one looking must not know, and not their own.
func (s *sight) nameless(r *policy.Record) bool {
	return len(s.mine[r.ID]) == 0 && slices.ContainsFunc(s.d.machine(r).Seats, func(x *policy.Seat) bool { return x.Panel != "" && !s.knows(x.Panel) })
}

// withheld tells whether a nameless record is kept back altogether: it is revealed, and it was taken back or never given.
func (s *sight) withheld(r *policy.Record) bool {
	return s.nameless(r) && !s.staff() && (len(r.Forms) == 0 || s.d.takenBack(r))
}

// takenBack tells whether a record came to nothing before the case was over.
func (d *docket) takenBack(r *policy.Record) bool {
	st := d.state(r)
	return st.Lost() && st.Name != d.machine(r).OnClose
}

// shuffled are the records of a kind inside another, in an order that has nothing to do with who sits in them: by what they say.
func (d *docket) shuffled(of *policy.Record) []*policy.Record {
	var list []*policy.Record
	key := map[string]string{}
	for _, r := range d.snap.Parts {
		if r.Part != of.Part || r.Parent != of.Parent {
			continue
		}
		list = append(list, r)
		said := []string{r.Parent}
		for _, f := range d.forms {
			if f.record == r.ID && f.current {
				said = append(said, f.digest)
			}
		}
		if key[r.ID] = digestBytes([]byte(strings.Join(said, "\n"))); len(said) == 1 || d.takenBack(r) {
			key[r.ID] = "~" // after those that count; ids are random
		}
	}
	slices.SortFunc(list, func(a, b *policy.Record) int {
		return cmp.Or(cmp.Compare(key[a.ID], key[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// shuffledNumber is a nameless record's number.
func (d *docket) shuffledNumber(r *policy.Record) int {
	return slices.IndexFunc(d.shuffled(r), func(x *policy.Record) bool { return x.ID == r.ID }) + 1
}

// panelParts tells whether the parts of a kind are those of a panel's people.
func panelParts(m *policy.Machine) bool {
	return slices.ContainsFunc(m.Seats, func(x *policy.Seat) bool { return x.Panel != "" })
}

// plain takes off a nameless record what tells when it was worked on: it is as old as what it is returned in.
func (w *viewer) plain(r *policy.Record, rv *RecordView) {
	if !w.s.nameless(r) {
		return
	}
	_, since, _, _ := w.s.face(w.d.snap.Case)
	rv.Since, rv.Revision, rv.Due = since, 0, nil
	for i := range rv.Forms {
		rv.Forms[i].At = since
	}
}
