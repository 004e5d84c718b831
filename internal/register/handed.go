package register

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// HandedIn is a record that its owner entered. It waits for whoever keeps the register, and until that one takes it, it is no record: no
// list, search, match or figure knows it. What was refused keeps what was typed, and can be mended and handed in again.
type HandedIn struct {
	ID       string     `json:"id"`
	Kind     string     `json:"kind"`
	Owner    string     `json:"owner"` // party
	Name     string     `json:"name"`
	State    string     `json:"state" enum:"waiting,taken,refused,withdrawn"`
	Revision int64      `json:"revision"`
	Account  string     `json:"-"`
	Who      string     `json:"who"`
	At       time.Time  `json:"at"`
	Judge    string     `json:"judge,omitempty"`
	Judged   *time.Time `json:"judged,omitempty"`
	Reason   string     `json:"reason,omitempty"` // for which it was refused
	Record   string     `json:"record,omitempty"` // that it became
	Values   Values     `json:"values"`
}

// The states of what was handed in.
const (
	Waiting   = "waiting"
	Taken     = "taken"
	Returned  = "refused"
	Withdrawn = "withdrawn"
)

// HandedPrefix begins the ids of what was handed in.
const HandedPrefix = "hand_"

// mostWaiting is how many of one party's may wait: more belongs in a workbook that those who keep the register import.
const mostWaiting = 100

// HandIn says whether owners may hand in records of the kind: what they offer and what they need. What rests on a decision, such as a
// contract's registration or an entry for dishonesty, comes out of its case; a cap table comes with its company.
func (k *RecordKind) HandIn() bool { return k.Owner != "" && (k.Offers || k.Asks) && !k.Shares }

// HandIn enters a record for one of the actor's parties, to wait; id "" is a new one, else one that waits or was refused is said anew.
func (r *Register) HandIn(tx *store.Tx, a identity.Actor, k *RecordKind, id string, revision int64, values Values) (HandedIn, error) {
	h := HandedIn{ID: id, Kind: k.Name}
	if id != "" {
		var err error
		if h, err = r.handed(tx, a, id, revision); err != nil {
			return h, err
		}
	}
	rec := Record{Kind: k.Name, Values: maps.Clone(values)}
	maps.DeleteFunc(rec.Values, func(_ string, v json.RawMessage) bool { return string(compact(v)) == "null" })
	rec.derive(k)
	switch {
	case !k.HandIn():
		return h, refusal.New(refusal.Forbidden, "register.handed.kind", lang.T("“"+k.Title.ZH+"”不能自行登记，由登记库管理人员登记或者由相应的事项产生", "Records of this kind are entered by those who keep the register, or come out of a case"))
	case rec.Owner == "" || !a.ActsFor(rec.Owner) || !a.May(identity.ScopeAct):
		return h, refusal.New(refusal.Forbidden, "register.handed.not_yours", lang.T(k.Field(k.Owner).Title.ZH+"须是您代表的单位", k.Field(k.Owner).Title.EN+" must be a party that you act for")).At(k.Owner)
	case id != "" && rec.Owner != h.Owner:
		return h, refusal.New(refusal.Forbidden, "register.handed.not_yours", lang.T(k.Field(k.Owner).Title.ZH+"不能更换，请另行登记", k.Field(k.Owner).Title.EN+" cannot be changed; hand in another")).At(k.Owner)
	}
	if err := r.checkRecord(tx, k, rec, rec.Values); err != nil {
		return h, err
	}
	if err := r.free(tx, k, rec); err != nil {
		return h, err
	}
	if id == "" {
		n, err := countWaiting(tx, rec.Owner)
		if err != nil {
			return h, err
		}
		if n >= mostWaiting {
			return h, refusal.New(refusal.Conflict, "register.handed.many", lang.T(fmt.Sprintf("已有 %d 项待审核，请待审核后再登记", n), fmt.Sprintf("%d wait already; hand in more when they have been looked at", n))).
				Mend(lang.T("数量较多的，请用模板填好后交科技局统一导入", "Hand many to the bureau in a workbook"))
		}
		h.ID = ident.New("hand", tx.Now())
	}
	h.Owner, h.Name, h.Values, h.Account, h.Who, h.At = rec.Owner, rec.Name, rec.Values, a.Account, a.Name, tx.Now()
	h.State, h.Reason, h.Judge, h.Judged = Waiting, "", "", nil
	h.Revision++
	return h, putHanded(tx, h)
}

// free refuses what a record has already, before anybody looks at it.
func (r *Register) free(tx *store.Tx, k *RecordKind, rec Record) error {
	keys := rec.keys(k)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		other, found, err := recordByKey(tx, k.Name, key)
		if err != nil {
			return err
		}
		if found {
			return r.taken(k, rec, other, keys[key])
		}
	}
	return nil
}

// handed gives what the actor may still change.
func (r *Register) handed(tx *store.Tx, a identity.Actor, id string, revision int64) (HandedIn, error) {
	h, err := r.Handed(tx, a, id)
	switch {
	case err != nil:
		return h, err
	case !a.ActsFor(h.Owner) || !a.May(identity.ScopeAct):
		return h, refusal.New(refusal.Forbidden, "register.handed.not_yours", lang.T("只能修改您代表的单位登记的内容", "One changes what a party handed in that one acts for"))
	case h.State != Waiting && h.State != Returned:
		return h, refusal.New(refusal.Closed, "register.handed.closed", lang.T("“"+h.Name+"”已办结，不能再修改", "“"+h.Name+"” is done and cannot be changed"))
	case h.Revision != revision:
		return h, overtakenRecord()
	}
	return h, nil
}

// Handed gives one that was handed in, to its owner and to those who keep the register; to others there is none.
func (r *Register) Handed(tx *store.Tx, a identity.Actor, id string) (HandedIn, error) {
	h, found, err := handedByID(tx, id)
	if err == nil && (!found || !a.ActsFor(h.Owner) && !a.Has(identity.RoleRegister) && !a.Has(identity.RoleAuditor)) {
		return HandedIn{}, refusal.New(refusal.NotFound, "register.no_handed", lang.T("没有这项待审核的登记", "There is no such entry that waits"))
	}
	return h, err
}

// HandedRow gives one that was handed in as it stands in its row, whoever asks.
func (r *Register) HandedRow(tx *store.Tx, id string) (h HandedIn, found bool, err error) {
	return handedByID(tx, id)
}

// HandedBy lists what parties handed in and was not withdrawn, the latest first.
func (r *Register) HandedBy(tx *store.Tx, parties []string, limit int) ([]HandedIn, error) {
	if len(parties) == 0 {
		return nil, nil
	}
	return handedOf(tx, parties, pageLimit(limit))
}

// HandedWaiting lists what waits for those who keep the register, the oldest first.
func (r *Register) HandedWaiting(tx *store.Tx, limit int) ([]HandedIn, error) {
	return handedWaiting(tx, pageLimit(limit))
}

// JudgeHanded takes what was handed in into the register, as it was read, or refuses it with the reason. Nobody decides about their own.
func (r *Register) JudgeHanded(tx *store.Tx, a identity.Actor, k *RecordKind, id string, revision int64, take bool, reason string) (HandedIn, error) {
	if err := r.keeper(a); err != nil {
		return HandedIn{}, err
	}
	h, err := r.Handed(tx, a, id)
	reason = strings.TrimSpace(reason)
	switch {
	case err != nil:
		return h, err
	case a.ActsFor(h.Owner) || a.Account == h.Account:
		return h, refusal.New(refusal.Forbidden, "register.handed.own", lang.T("不能审核本人或者本单位登记的内容，请由其他管理人员审核", "Nobody decides about what they or their party handed in"))
	case h.State != Waiting:
		return h, refusal.New(refusal.Closed, "register.handed.closed", lang.T("“"+h.Name+"”已不在待审核之列", "“"+h.Name+"” does not wait any more"))
	case h.Revision != revision:
		return h, overtakenRecord()
	case !take && (reason == "" || len([]rune(reason)) > maxText):
		return h, refusal.New(refusal.Invalid, "register.handed.reason", lang.T("退回须写明理由，最多 200 个字", "Say why it is refused, in at most 200 characters")).At("reason")
	}
	now := tx.Now()
	h.State, h.Reason, h.Judge, h.Judged = Returned, reason, a.Name, &now
	h.Revision++
	if take {
		rec, err := r.EnterRecord(tx, k, Source{Account: h.Account, Who: h.Who, Party: h.Owner, From: FromPage}, "", h.Values)
		if err != nil {
			return h, err
		}
		if _, err := verifyClaims(tx, rec.ID, a.Name); err != nil {
			return h, err
		}
		h.State, h.Reason, h.Record = Taken, "", rec.ID
	}
	return h, putHanded(tx, h)
}

// WithdrawHanded takes back what waits or was refused.
func (r *Register) WithdrawHanded(tx *store.Tx, a identity.Actor, id string, revision int64) (HandedIn, error) {
	h, err := r.handed(tx, a, id, revision)
	if err != nil {
		return h, err
	}
	h.State = Withdrawn
	h.Revision++
	return h, putHanded(tx, h)
}
