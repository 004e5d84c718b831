package casework

import (
	"cmp"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/panel"
	"kechuang/internal/policy"
	"kechuang/internal/register"
)

// draws are seen by the offices that know the panel and by auditors, who can replay them; to others they would tell how large the panel is.
func (w *viewer) draws(v *View) error {
	if w.s.whole < complete || !w.s.knowsPanels() {
		return nil
	}
	all, err := draws(w.tx, w.d.row.id)
	if err != nil || len(all) == 0 {
		return err
	}
	leaves, err := w.e.Journal.Of(w.tx, w.d.row.id)
	if err != nil {
		return err
	}
	first := map[string]time.Time{} // when each seed was opened
	for _, d := range all {
		dv, err := d.proof()
		if err != nil {
			return err
		}
		if n := len(v.Draws); n > 0 && v.Draws[n-1].Commitment == dv.Commitment { // the same draw, gone on with
			v.Draws = v.Draws[:n-1]
		} else {
			first[dv.Commitment] = dv.At
		}
		leaf := committed(leaves, d.seq, dv.Commitment)
		if leaf == nil {
			dv.Wrong = cmp.Or(dv.Wrong, "种子的承诺值不在此前的存证中")
		} else {
			dv.Leaf = leaf.Digest
			at, known, err := w.e.Journal.SignedAt(w.tx, dv.Beacon)
			if err != nil {
				return err
			}
			if !journalled(leaves, d) {
				dv.Wrong = cmp.Or(dv.Wrong, "抽取记录与存证所载的结果不同")
			}
			if dv.Beacon != "" && (!known || at.After(first[dv.Commitment])) {
				dv.Wrong = cmp.Or(dv.Wrong, "抽取所用的检查点不是抽取之前的存证检查点")
			}
			if dv.Changes, err = w.e.Register.ExpertChanges(w.tx, leaf.At, first[dv.Commitment]); err != nil {
				return err
			}
			dv.Changed = len(dv.Changes)
			dv.Changes = dv.Changes[:min(len(dv.Changes), 100)]
			w.employers(dv.Changes)
		}
		for i := range dv.Explained {
			dv.Explained[i] = w.named(dv.Explained[i])
		}
		v.Draws = append(v.Draws, dv)
	}
	return nil
}

// employers puts the names of employers where changes have their ids.
func (w *viewer) employers(list []register.ExpertChange) {
	for _, c := range list {
		for i, f := range c.Fields {
			if f.Field == "employer" {
				c.Fields[i].From, c.Fields[i].To = w.n.party(f.From).Name, w.n.party(f.To).Name
			}
		}
	}
}

// journalled tells whether the leaf of a draw's step has the result as it is kept.
func journalled(leaves []journal.Entry, d drawRow) bool {
	return slices.ContainsFunc(leaves, func(l journal.Entry) bool {
		var body leafBody
		return l.Seq == d.seq && json.Unmarshal(l.Body, &body) == nil && slices.ContainsFunc(body.Draws, func(x leafDraw) bool { return x.ID == d.id && x.Result == digestBytes(d.result) })
	})
}

// committed finds the leaf, before a step, in which a seed was committed to.
func committed(leaves []journal.Entry, before int64, commitment string) *journal.Entry {
	for _, l := range leaves {
		var body leafBody
		if l.Seq < before && json.Unmarshal(l.Body, &body) == nil && body.Commitment == commitment {
			return &l
		}
	}
	return nil
}

// proof says what a replay finds wrong with a draw; empty: the same seed draws the same people.
func (d drawRow) proof() (v DrawView, err error) {
	r, old, err := d.decode()
	if err != nil {
		return v, err
	}
	if old != nil {
		v = DrawView{Seed: old.Seed, Commitment: old.Commitment, Pool: len(old.Pool), Excluded: len(old.Excluded), Drawn: len(old.Drawn)}
		err = panel.Replay(old)
	} else {
		v = DrawView{Seed: r.Seed, Commitment: r.Commitment, Beacon: r.Beacon, Pool: len(r.Pool), Excluded: len(r.Excluded), Drawn: len(r.Panel), Explained: r.Explain()}
		file, bad := r.Encode()
		v.File = string(file)
		err = errors.Join(bad, r.Verify())
	}
	if v.ID, v.At = d.id, d.at; err != nil {
		v.Wrong = err.Error()
	}
	return v, nil
}

var partyID = regexp.MustCompile(`party_[0-9a-z]+`)

// named puts the case's title and people's names where a text has their ids: for those who may see them.
func (w *viewer) named(t lang.Text) lang.Text {
	name := func(id string) string {
		if n := w.n.holder(w.d.ed.Pack, policy.Holder{Party: id}).ZH; n != "" {
			return n
		}
		return id
	}
	zh, en := t.ZH, t.EN
	for _, x := range drawsOf(w.d.mech) { // a draw says whom it is for by the case's number and the seat's name
		seat := w.d.mech.Seat(x.Seat).Title
		zh = strings.ReplaceAll(zh, w.d.row.id+" "+x.Seat, "“"+w.d.row.title+"”的"+seat.ZH)
		en = strings.ReplaceAll(en, w.d.row.id+" "+x.Seat, seat.EN+" of “"+w.d.row.title+"”")
	}
	return lang.T(partyID.ReplaceAllStringFunc(zh, name), partyID.ReplaceAllStringFunc(en, name))
}
