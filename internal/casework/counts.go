package casework

import (
	"encoding/json"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// What a record of the register counts for follows the record, whoever changed it: a case, an import, its keeper. The register tells of
// every change in the same transaction, and the facts of the kind's counts are brought to what the record now says (policy.KindCount).

// counting is the edition whose kinds say what counts: the one last seen in force, by which figures are counted too.
func (e *Engine) counting() *edition {
	if ed := e.seen.Load(); ed != nil {
		return ed
	}
	return e.pack
}

// count brings the facts of a record to what it says after a change.
func (e *Engine) count(tx *store.Tx, c register.RecordChange) error {
	k := e.counting().Kinds[c.Now.Kind]
	if k == nil || len(k.Counts) == 0 {
		return nil
	}
	if c.Double {
		return e.uncount(tx, c)
	}
	was, err := countable(k, c.Was)
	if err != nil {
		return err
	}
	now, err := countable(k, c.Now)
	if err != nil {
		return err
	}
	var stands map[string]figure.Fact
	if c.Was.Revision > 0 {
		if stands, err = e.standing(tx, c.Now.ID); err != nil {
			return err
		}
	}
	for _, x := range k.Counts {
		if err := e.recount(tx, c, k, x, stands[x.Fact], was, now); err != nil {
			return err
		}
	}
	return nil
}

// uncount takes back all that a record counted for: it was another one's double.
func (e *Engine) uncount(tx *store.Tx, c register.RecordChange) error {
	list, err := e.Facts.OfRecord(tx, c.Now.ID)
	for _, f := range list {
		if _, err := e.Facts.Reverse(tx, f.ID, "merged", c.Now.Revision); err != nil {
			return err
		}
	}
	return err
}

// importChain is the chain of the journal in which an import is kept.
func importChain(id string) string { return "import/" + id }

// noteImport keeps an import in the journal: whoever has the file can show that it is the one.
func (e *Engine) noteImport(tx *store.Tx, imp register.Import, by identity.Actor, digest string) error {
	body, err := json.Marshal(map[string]any{"import": imp.ID, "sheet": imp.Kind, "file": imp.Name, "sha256": digest, "rows": imp.Written})
	if err != nil {
		return err
	}
	_, err = e.Journal.Append(tx, journal.Leaf{Case: importChain(imp.ID), Step: "import", Account: by.Account, At: tx.Now(), Body: body})
	return err
}

// countable is the values of a record; none of one that is not there or retired.
func countable(k *policy.Kind, rec register.Record) (policy.Values, error) {
	if rec.Revision == 0 || rec.Retired {
		return nil, nil
	}
	raw, err := json.Marshal(rec.Values)
	if err != nil {
		return nil, err
	}
	return k.Form().ReadValues(raw)
}

// standing is the latest fact of each kind that stands of a record.
func (e *Engine) standing(tx *store.Tx, record string) (map[string]figure.Fact, error) {
	list, err := e.Facts.OfRecord(tx, record)
	out := map[string]figure.Fact{}
	for _, f := range list { // by day: the last one is the latest
		out[f.Kind] = f
	}
	return out, err
}

func (e *Engine) recount(tx *store.Tx, c register.RecordChange, k *policy.Kind, x *policy.KindCount, fact figure.Fact, was, now policy.Values) error {
	look := func(d policy.CountDim, id string) (string, error) {
		return e.countDim(tx, k.Field(d.Field), d.Attribute, id)
	}
	before, err := x.Of(was, look)
	if err != nil {
		return err
	}
	want, err := x.Of(now, look)
	if err != nil {
		return err
	}
	var stands *policy.Counted
	if fact.ID != "" {
		stands = &policy.Counted{Day: fact.Day, Until: fact.Until, Amount: fact.Amount, Dims: ownDims(x, fact.Dims)}
	}
	back, anew := x.Change(stands, before, want, caldate.On(tx.Now()))
	seq, memo := c.Source.Step, ""
	if c.Source.Case == "" {
		seq, memo = c.Now.Revision, c.Source.Import
	}
	if back {
		if _, err := e.Facts.Reverse(tx, fact.ID, memo, seq); err != nil {
			return err
		}
	}
	for _, n := range anew {
		dims := n.Dims
		if dims[policy.RecordDim] = c.Now.ID; c.Source.Case != "" {
			row, _, err := getCase(tx, c.Source.Case)
			if err != nil {
				return err
			}
			dims["mechanism"] = row.mechanism
		}
		_, err := e.Facts.Record(tx, figure.Fact{Kind: x.Fact, Amount: n.Amount, Day: n.Day, Until: n.Until, Case: c.Source.Case, Record: c.Now.ID, Seq: seq, Dims: dims, Memo: memo})
		if err != nil {
			return err
		}
	}
	return nil
}

// ownDims are the dimensions that the count itself writes.
func ownDims(x *policy.KindCount, dims map[string]string) map[string]string {
	out := map[string]string{}
	for _, d := range x.Dims {
		out[d.Name] = dims[d.Name]
	}
	return out
}

// countDim is what is known of the party or record that a field names.
func (e *Engine) countDim(tx *store.Tx, f *policy.Field, attribute, id string) (s string, err error) {
	if f.Type == policy.RecordType {
		rec, err := e.Register.GetRecord(tx, id)
		return rec.Values.Text(attribute), err // what is no text is no dimension
	}
	p, err := e.Register.Get(tx, id)
	if err != nil {
		return "", err
	}
	switch attribute {
	case "kind":
		return string(p.Kind), nil
	case "region":
		return p.Region, nil
	}
	return p.USCC, nil
}
