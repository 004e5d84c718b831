package register

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// RegisterKinds says what the register holds beside parties, at start-up and whenever that changes. Each kind brings a sheet of its own.
func (r *Register) RegisterKinds(kinds []RecordKind) {
	list := make([]*RecordKind, len(kinds))
	for i := range kinds {
		list[i] = &kinds[i]
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.kinds {
		delete(r.sheets, RecordSheet(k.Name))
	}
	r.kinds = list
	for _, k := range list {
		r.addSheet(r.recordSheet(k))
	}
}

// Kinds lists the kinds of today.
func (r *Register) Kinds() []*RecordKind {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.kinds
}

// Kind finds a kind of today, nil where there is none.
func (r *Register) Kind(name string) *RecordKind {
	kinds := r.Kinds()
	i := slices.IndexFunc(kinds, func(k *RecordKind) bool { return k.Name == name })
	if i < 0 {
		return nil
	}
	return kinds[i]
}

// GetRecord gives a record, retired or not; what of it somebody may see is said by Record.SeenBy.
func (r *Register) GetRecord(tx *store.Tx, id string) (Record, error) {
	rec, found, err := recordByID(tx, id)
	if err == nil && !found {
		return rec, errNoRecord()
	}
	return rec, err
}

func errNoRecord() *refusal.Refusal {
	return refusal.New(refusal.NotFound, "register.no_record", lang.T("登记库中没有这一项", "The register has no such record"))
}

// EnterRecord makes a record. id "" gives it one.
func (r *Register) EnterRecord(tx *store.Tx, k *RecordKind, src Source, id string, values Values) (Record, error) {
	rec := Record{ID: id, Kind: k.Name, Values: Values{}}
	if rec.ID == "" {
		rec.ID = ident.New("rec", tx.Now())
	}
	return r.say(tx, k, rec, src, values, true)
}

// RenewRecord enters a record, or changes the one in force that has the same in a list of fields that no two records share.
func (r *Register) RenewRecord(tx *store.Tx, k *RecordKind, src Source, id string, values Values) (Record, error) {
	rec := Record{Values: values}
	keys := rec.keys(k)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		have, found, err := recordByKey(tx, k.Name, key)
		if err != nil {
			return have, err
		}
		if found {
			return r.UpdateRecord(tx, k, src, have.ID, values, true)
		}
	}
	return r.EnterRecord(tx, k, src, id, values)
}

// UpdateRecord changes fields of a record; null empties one. With force what is said counts, whoever said something else before: the
// effect of a mechanism is the decision of those whom the mechanism asks. Without it, what contradicts a verified claim stands beside it.
func (r *Register) UpdateRecord(tx *store.Tx, k *RecordKind, src Source, id string, values Values, force bool) (Record, error) {
	rec, err := r.GetRecord(tx, id)
	if err != nil {
		return rec, err
	}
	if rec.Retired {
		return rec, refusal.New(refusal.Closed, "register.retired", lang.T("“"+rec.Name+"”已注销，不能再修改", "“"+rec.Name+"” is retired and cannot be changed"))
	}
	return r.say(tx, k, rec, src, values, force)
}

// RetireRecord ends a record: it is kept, can be read, and is chosen no more. What was unique of it may be entered anew.
func (r *Register) RetireRecord(tx *store.Tx, k *RecordKind, src Source, id string) (Record, error) {
	return r.retire(tx, k, src, id, false)
}

func (r *Register) retire(tx *store.Tx, k *RecordKind, src Source, id string, double bool) (Record, error) {
	rec, err := r.GetRecord(tx, id)
	if err != nil || rec.Retired {
		return rec, err
	}
	was := rec
	rec.Retired = true
	rec.Revision++
	rec.Changed = tx.Now()
	if err := dropKeys(tx, id); err != nil {
		return rec, err
	}
	if err := setBar(tx, id, nil); err != nil {
		return rec, err
	}
	next, err := nextClaims(tx, id)
	if err != nil {
		return rec, err
	}
	c := Claim{Record: id, Field: "", Seq: next[""] + 1, Revision: rec.Revision, Value: json.RawMessage("true"), State: Stands, Source: src, At: tx.Now()}
	if err := addClaim(tx, c); err != nil {
		return rec, err
	}
	if err := r.keep(tx, k, rec); err != nil {
		return rec, err
	}
	if err := setDerived(tx, rec, "", rec.named(k)); err != nil {
		return rec, err
	}
	return rec, r.told(tx, RecordChange{k, was, rec, src, double})
}

// keep writes a record's row.
func (r *Register) keep(tx *store.Tx, k *RecordKind, rec Record) error {
	words := rec.derive(k)
	if rec.Revision > 1 {
		former, err := formerly(tx, rec.ID)
		if err != nil {
			return err
		}
		for _, f := range former { // found by its old names and numbers, too
			words += "\n" + f.Name + "\n" + f.derive(k) + "\n" + f.ID
		}
	}
	return putRecord(tx, rec, words)
}

// say enters what a source says of a record's fields, and the record as it then is.
func (r *Register) say(tx *store.Tx, k *RecordKind, rec Record, src Source, values Values, force bool) (Record, error) {
	if rec.Kind != k.Name {
		return rec, fmt.Errorf("register: %s is a %s and not a %s", rec.ID, rec.Kind, k.Name)
	}
	values = rec.unhidden(k, values)
	values, err := r.settleNodes(tx, k, rec.Values, values)
	if err != nil {
		return rec, err
	}
	stands, next := map[string]Claim{}, map[string]int64{}
	if rec.Revision > 0 {
		list, err := standing(tx, rec.ID)
		if err != nil {
			return rec, err
		}
		for _, c := range list {
			stands[c.Field] = c
		}
		if next, err = nextClaims(tx, rec.ID); err != nil {
			return rec, err
		}
	}
	was, old := rec, rec.Values
	rec.Values = maps.Clone(rec.Values)
	var said []Claim
	for _, f := range k.Fields {
		v, ok := values[f.Name]
		if !ok {
			continue
		}
		v = compact(v)
		was, had := stands[f.Name]
		c := Claim{Record: rec.ID, Field: f.Name, Seq: next[f.Name] + 1, Revision: rec.Revision + 1, Value: v, State: Stands, Source: src, At: tx.Now()}
		switch {
		case bytes.Equal(v, value(old, f.Name)):
			if !had || was.Verified || !src.Verified { // the same; or now somebody stands for it
				continue
			}
		case had && was.Verified && !src.Verified && !force:
			c.State = Beside
		}
		if c.State == Stands {
			if rec.Values[f.Name] = v; string(v) == "null" {
				delete(rec.Values, f.Name)
			}
		}
		said = append(said, c)
	}
	if len(said) == 0 && rec.Revision > 0 {
		return rec, nil
	}
	if err := r.checkRecord(tx, k, rec, values); err != nil {
		return rec, err
	}
	return r.commit(tx, k, was, rec, src, said)
}

func value(v Values, field string) json.RawMessage {
	if raw, ok := v[field]; ok {
		return compact(raw)
	}
	return json.RawMessage("null")
}

func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if len(raw) == 0 || json.Compact(&b, raw) != nil || b.String() == `""` {
		return json.RawMessage("null")
	}
	return b.Bytes()
}

// commit writes the next revision with its claims and keys.
func (r *Register) commit(tx *store.Tx, k *RecordKind, was, rec Record, src Source, said []Claim) (Record, error) {
	rec.Revision++
	rec.Changed = tx.Now()
	rec.derive(k)
	if err := r.keep(tx, k, rec); err != nil { // claims and keys refer to it
		return rec, err
	}
	if err := r.setKeys(tx, k, rec); err != nil {
		return rec, err
	}
	bar := rec.bar(k)
	if bar != nil {
		if stays, err := mergedInto(tx, bar.party); err != nil {
			return rec, err
		} else if stays != "" {
			bar.party = stays
		}
	}
	if k.Bars != nil {
		if err := setBar(tx, rec.ID, bar); err != nil {
			return rec, err
		}
	}
	if err := setDerived(tx, rec, rec.runsOut(k), rec.named(k)); err != nil {
		return rec, err
	}
	for _, c := range said {
		if c.State == Stands && was.Revision > 0 {
			if err := pastClaims(tx, rec.ID, c.Field); err != nil {
				return rec, err
			}
		}
		if err := addClaim(tx, c); err != nil {
			return rec, err
		}
	}
	return rec, r.told(tx, RecordChange{k, was, rec, src, false})
}

// setKeys refuses what another record has already.
func (r *Register) setKeys(tx *store.Tx, k *RecordKind, rec Record) error {
	if rec.Revision > 1 {
		if err := dropKeys(tx, rec.ID); err != nil {
			return err
		}
	}
	keys := rec.keys(k)
	if rec.Revision > 1 {
		former, err := formerly(tx, rec.ID)
		if err != nil {
			return err
		}
		for _, f := range former {
			maps.Copy(keys, f.keys(k))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		other, found, err := recordByKey(tx, k.Name, key)
		if err != nil {
			return err
		}
		if found && other.ID != rec.ID {
			return r.taken(k, rec, other, keys[key])
		}
		if err := addKey(tx, k.Name, key, rec.ID); err != nil {
			return err
		}
	}
	return nil
}

func (r *Register) taken(k *RecordKind, rec, other Record, fields []string) error {
	var zh, en []string
	for _, name := range fields {
		f := k.Field(name)
		zh, en = append(zh, f.Title.ZH), append(en, f.Title.EN)
	}
	what := strings.Trim(string(rec.hidden(k).Values[fields[0]]), `"`)
	if len(fields) > 1 {
		return refusal.New(refusal.Conflict, "register.record_taken", lang.T(
			fmt.Sprintf("%s都相同的已登记为“%s”", strings.Join(zh, "、"), other.Name), fmt.Sprintf("%s are those of “%s”, which is registered already", strings.Join(en, ", "), other.Name))).
			At(fields[len(fields)-1]).Mend(lang.T("请核对；确为同一项的，在已有的一项上办理", "Compare; if it is the same, go on with the one that is there"))
	}
	return refusal.New(refusal.Conflict, "register.record_taken", lang.T(
		fmt.Sprintf("%s“%s”已登记为“%s”", strings.Join(zh, "、"), what, other.Name), fmt.Sprintf("%s “%s” is registered already as “%s”", strings.Join(en, ", "), what, other.Name))).
		At(fields[0]).Mend(lang.T("请核对；确为同一项的，在已有的一项上办理", "Compare; if it is the same, go on with the one that is there"))
}

// checkRecord looks at a record as it would be: what is required is there, numbers check, and what it names is in the register.
func (r *Register) checkRecord(tx *store.Tx, k *RecordKind, rec Record, changed Values) error {
	var l refusal.List
	bad := func(f RecordField, zh, en string) *refusal.Refusal {
		return l.Add(refusal.New(refusal.Invalid, "register.field", lang.T(f.Title.ZH+"："+zh, f.Title.EN+": "+en)).At(f.Name))
	}
	for _, f := range k.Fields {
		raw, filled := rec.Values[f.Name]
		if !filled {
			if !f.Optional && f.Type != "flag" {
				bad(f, "请填写", "must be filled")
			}
			continue
		}
		if _, ok := changed[f.Name]; !ok {
			continue
		}
		s := rec.Values.Text(f.Name)
		switch f.Type {
		case "text":
			most := f.Max
			if most == 0 {
				most = 2000
			}
			if n := utf8.RuneCountInString(s); n > most {
				bad(f, fmt.Sprintf("最多 %d 个字，现为 %d 个", most, n), fmt.Sprintf("at most %d characters, this has %d", most, n))
			}
			if scheme, ok := ident.Named(f.Ident); ok {
				if err := scheme.Check(s); err != nil {
					bad(f, err.Error(), "not a valid "+scheme.Title.EN).Mend(lang.T("请核对编号，例如 "+scheme.Example, "Check it; such as "+scheme.Example))
				}
			}
		case "choice", "ref":
			if len(f.Choices) > 0 && !slices.ContainsFunc(f.Choices, func(c FieldChoice) bool { return c.Value == s }) {
				bad(f, "没有“"+s+"”这一选项", "there is no choice “"+s+"”")
			}
		case "party":
			p, found, err := partyByID(tx, s)
			if err != nil {
				return err
			}
			if !found || p.Deleted {
				bad(f, "登记库中没有这个主体", "the register has no such party")
			}
		case "record":
			o, found, err := recordByID(tx, s)
			if err != nil {
				return err
			}
			if !found || o.Kind != f.Kind {
				bad(f, "登记库中没有这一项", "the register has no such record")
			}
		}
		if !json.Valid(raw) {
			bad(f, "无法读取", "cannot be read")
		}
	}
	return l.Err()
}

// PutRecord is a change by hand: whoever keeps the register may enter and change everything and stands for it; the owner may say what
// became different of its own, which stands beside what was verified.
func (r *Register) PutRecord(tx *store.Tx, a identity.Actor, k *RecordKind, id string, revision int64, values Values) (Record, error) {
	keeper := a.Has(identity.RoleRegister) && a.May(identity.ScopeAct)
	src := Source{Account: a.Account, Who: a.Name, From: FromPage, Verified: keeper}
	if id == "" {
		if err := r.keeper(a); err != nil {
			return Record{}, err
		}
		return r.EnterRecord(tx, k, src, "", values)
	}
	rec, err := r.GetRecord(tx, id)
	if err != nil {
		return rec, err
	}
	if !keeper {
		if rec.Owner == "" || !a.ActsFor(rec.Owner) || !a.May(identity.ScopeAct) {
			return rec, r.keeper(a)
		}
		src.Party = rec.Owner
		for name := range values {
			if (name == k.Owner || uniqueIn(k, name)) && !bytes.Equal(compact(values[name]), value(rec.Values, name)) {
				return rec, refusal.New(refusal.Forbidden, "register.field", lang.T(k.Field(name).Title.ZH+"须由登记库管理人员修改", k.Field(name).Title.EN+" is changed by those who keep the register")).At(name).
					Mend(lang.T("请向科技局提交变更证明", "Hand the bureau a proof of the change"))
			}
		}
	}
	if revision != rec.Revision {
		return rec, overtakenRecord()
	}
	return r.UpdateRecord(tx, k, src, id, values, keeper)
}

// Settle decides between what stands and a claim beside it.
func (r *Register) Settle(tx *store.Tx, a identity.Actor, k *RecordKind, record, field string, seq int64, take bool) (Record, error) {
	if err := r.keeper(a); err != nil {
		return Record{}, err
	}
	rec, err := r.GetRecord(tx, record)
	if err != nil {
		return rec, err
	}
	all, err := claimsOf(tx, record)
	if err != nil {
		return rec, err
	}
	i := slices.IndexFunc(all, func(c Claim) bool { return c.Field == field && c.Seq == seq && c.State == Beside })
	if i < 0 {
		return rec, refusal.New(refusal.NotFound, "register.no_claim", lang.T("没有这条待核的说法，可能已由他人处理", "There is no such claim any more; somebody may have decided it"))
	}
	c := all[i]
	now := tx.Now()
	c.VerifiedBy, c.VerifiedAt = a.Name, &now
	if c.State = Refused; !take {
		return rec, setClaim(tx, c)
	}
	if err := pastClaims(tx, record, field); err != nil {
		return rec, err
	}
	c.State, c.Verified, c.Revision = Stands, true, rec.Revision+1
	if err := setClaim(tx, c); err != nil {
		return rec, err
	}
	was := rec
	rec.Values = maps.Clone(rec.Values)
	if rec.Values[field] = c.Value; string(c.Value) == "null" {
		delete(rec.Values, field)
	}
	if err := r.checkRecord(tx, k, rec, Values{field: c.Value}); err != nil {
		return rec, err
	}
	return r.commit(tx, k, was, rec, Source{Account: a.Account, Who: a.Name, From: FromPage, Verified: true}, nil)
}

// Claims gives everything that was said of a record, oldest first.
func (r *Register) Claims(tx *store.Tx, record string) ([]Claim, error) { return claimsOf(tx, record) }

// Contested gives claims that wait for a decision, oldest first.
func (r *Register) Contested(tx *store.Tx, limit int) ([]Claim, error) { return contested(tx, limit) }
