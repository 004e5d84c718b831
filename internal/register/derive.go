package register

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Out of every record is derived when it runs out and whom and what it names: for work lists, and for the pages of parties and records.

// runsOut is the day on which the record runs out, "" where its kind says no such field or it is empty.
func (r *Record) runsOut(k *RecordKind) string {
	if k.Expires == "" || r.Retired {
		return ""
	}
	return r.Values.Text(k.Expires)
}

// named is the parties, records and nodes of chain maps that the record's fields name, each with the field.
func (r *Record) named(k *RecordKind) map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, f := range k.Fields {
		if id := r.Values.Text(f.Name); id != "" && (f.Type == "party" || f.Type == "record" || f.Type == "node") {
			out[[2]string{id, f.Name}] = true
		}
		var rows []map[string]json.RawMessage
		if f.Type != "rows" || json.Unmarshal(r.Values[f.Name], &rows) != nil {
			continue
		}
		for _, row := range rows {
			if f.Name == k.Makers && Values(row).Text(k.MakerName) != "" {
				out[[2]string{makerKey(Values(row).Text(k.MakerName)), f.Name}] = true
			}
			for _, c := range f.Rows {
				if id := Values(row).Text(c.Name); id != "" && (c.Type == "party" || c.Type == "record" || c.Type == "node") {
					out[[2]string{id, f.Name}] = true
				}
			}
		}
	}
	return out
}

func sortedPairs(m map[[2]string]bool) [][2]string {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
}

// CatchUp derives what was not derived yet, once: records that were entered by an older program.
func (r *Register) CatchUp(ctx context.Context) error {
	for !r.derived.Load() {
		done := false
		err := r.db.Write(ctx, func(tx *store.Tx) error {
			list, err := underived(tx, 500)
			for _, rec := range list {
				day, names := "", map[[2]string]bool{}
				if k := r.Kind(rec.Kind); k != nil {
					day, names = rec.runsOut(k), rec.named(k)
				}
				if err := setDerived(tx, rec, day, names); err != nil {
					return err
				}
			}
			done = len(list) == 0
			return err
		})
		if err != nil {
			return err
		}
		r.derived.Store(done)
	}
	return nil
}

// Due is a record that runs out, or ran out and was not ended.
type Due struct {
	Record
	Day caldate.Date `json:"day"`
}

// Expiring gives records that run out on a day or before it, those that ran out already first. Kind "" is any; after is the next of the
// page before.
func (r *Register) Expiring(ctx context.Context, kind string, upTo caldate.Date, after string, limit int) (list []Due, next string, err error) {
	if err := r.CatchUp(ctx); err != nil {
		return nil, "", err
	}
	limit = pageLimit(limit)
	day, id, _ := strings.Cut(after, " ")
	list = []Due{}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		records, err := runningOut(tx, kind, string(upTo), day, id, limit+1)
		list = list[:0]
		for _, rec := range records {
			if k := r.Kind(rec.Kind); k != nil {
				list = append(list, Due{rec, caldate.Date(rec.runsOut(k))})
			}
		}
		if len(records) > limit {
			list = list[:limit]
			next = string(list[limit-1].Day) + " " + list[limit-1].ID
		}
		return err
	})
	return list, next, err
}

// Unverified gives records of which some field is said by nobody who stands for it.
func (r *Register) Unverified(ctx context.Context, kind, after string, limit int) (list []Record, next string, err error) {
	limit = pageLimit(limit)
	err = r.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = unverified(tx, kind, after, limit+1)
		return err
	})
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	return list, next, err
}

// Verify says that whoever keeps the register stands for everything that stands of a record.
func (r *Register) Verify(tx *store.Tx, a identity.Actor, id string, revision int64) error {
	if err := r.keeper(a); err != nil {
		return err
	}
	rec, err := r.GetRecord(tx, id)
	if err != nil {
		return err
	}
	if rec.Revision != revision {
		return overtakenRecord()
	}
	_, err = verifyClaims(tx, rec.ID, a.Name)
	return err
}

// Naming gives records whose fields name a party or record under any of its ids, newest first, and how many there are of each kind.
func (r *Register) Naming(ctx context.Context, id, kind, before string, limit int) (list []Record, next string, counts map[string]int64, err error) {
	if err := r.CatchUp(ctx); err != nil {
		return nil, "", nil, err
	}
	limit = pageLimit(limit)
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := r.KnownAs(tx, id)
		if err != nil {
			return err
		}
		if counts, err = countNaming(tx, ids); err != nil {
			return err
		}
		list, err = naming(tx, ids, kind, before, limit+1)
		return err
	})
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	return list, next, counts, err
}

func pageLimit(n int) int {
	if n <= 0 {
		return defaultPage
	}
	return min(n, maxPage)
}

func overtakenRecord() error {
	return refusal.New(refusal.Conflict, "register.overtaken", lang.T("此项在您打开之后已被修改，您的修改没有保存", "It was changed after you opened it; your change was not saved")).
		Mend(lang.T("请刷新页面，核对后重新修改", "Reload, compare, and change it anew"))
}

// ClaimOwner says that a record is a party's: it waits beside what stands until whoever keeps the register decides.
func (r *Register) ClaimOwner(tx *store.Tx, a identity.Actor, id, party, reason string) (Record, error) {
	rec, err := r.GetRecord(tx, id)
	if err != nil {
		return rec, err
	}
	k := r.Kind(rec.Kind)
	if k == nil {
		return rec, errNoRecord()
	}
	if _, _, seen := rec.SeenBy(k, a); !seen {
		return rec, errNoRecord()
	}
	if !a.ActsFor(party) || !a.May(identity.ScopeAct) {
		return rec, refusal.New(refusal.Forbidden, "register.owner.not_yours", lang.T("只能为您代表的单位认领", "One claims for a party that one acts for"))
	}
	switch {
	case k.Owner == "":
		return rec, refusal.New(refusal.Invalid, "register.owner.none", lang.T("“"+k.Title.ZH+"”不分归属，无须认领", "Records of this kind belong to nobody"))
	case rec.Retired:
		return rec, refusal.New(refusal.Closed, "register.retired", lang.T("“"+rec.Name+"”已注销，不能认领", "“"+rec.Name+"” is retired"))
	case rec.Owner == party:
		return rec, refusal.New(refusal.Conflict, "register.owner.yours", lang.T("“"+rec.Name+"”已登记在该单位名下", "“"+rec.Name+"” is registered as that party's already"))
	}
	if reason, err = mergeReason(reason); err != nil {
		return rec, err
	}
	raw, err := json.Marshal(party)
	if err != nil {
		return rec, err
	}
	all, err := claimsOf(tx, rec.ID)
	if err != nil {
		return rec, err
	}
	if slices.ContainsFunc(all, func(c Claim) bool { return c.Field == k.Owner && c.State == Beside && string(c.Value) == string(raw) }) {
		return rec, refusal.New(refusal.Conflict, "register.owner.waits", lang.T("该单位已认领，正在等待核定", "That party has claimed it already; it waits for a decision"))
	}
	next, err := nextClaims(tx, rec.ID)
	if err != nil {
		return rec, err
	}
	return rec, addClaim(tx, Claim{Record: rec.ID, Field: k.Owner, Seq: next[k.Owner] + 1, Revision: rec.Revision, Value: raw, State: Beside, At: tx.Now(),
		Source: Source{Account: a.Account, Who: a.Name, Party: party, From: FromPage, Reason: reason}})
}
