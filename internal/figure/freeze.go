package figure

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Freeze is a month as it was reported. Body is what was signed; it never changes.
type Freeze struct {
	Month   string    `json:"month"`
	At      time.Time `json:"at"`
	Account string    `json:"account"`
	Body    string    `json:"body"`
	Digest  string    `json:"digest"` // SHA-256 of the body
	Signed  string    `json:"signed"` // a signed note over month and digest
}

// frozenBody is the body. Fields are only ever added, at the end, with omitempty.
type frozenBody struct {
	V       int           `json:"v"`
	Month   string        `json:"month"`
	At      time.Time     `json:"at"`
	Figures []FrozenValue `json:"figures"`
}

// FrozenValue is one figure of a frozen month.
type FrozenValue struct {
	Figure     string            `json:"figure"`
	Version    string            `json:"version"`
	Definition string            `json:"definition"` // digest of how it was counted
	Value      *int64            `json:"value"`
	Facts      int64             `json:"facts"`
	By         map[string][]Part `json:"by,omitempty"` // by each dimension
}

// Restatement is what a frozen value is known to be now.
type Restatement struct {
	ID      string    `json:"id"`
	Month   string    `json:"month"`
	Figure  string    `json:"figure"`
	Was     *int64    `json:"was"`
	Now     *int64    `json:"now"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
	Account string    `json:"account"`
}

// Signer signs a text in the city's name.
type Signer func(text string) (signed string, err error)

// Freeze writes a month down as it is known now: every figure at its end, whole and by each dimension, signed. A month is frozen once,
// after it has ended, and none before one that is frozen.
func (b *Book) Freeze(tx *store.Tx, month, account string, sign Signer) (Freeze, error) {
	m, ok := monthNumber(month)
	if !ok {
		return Freeze{}, refusal.New(refusal.Invalid, "figure.month", lang.T("月份写法如 2025-06", "A month is written 2025-06"))
	}
	if today := dayOf(caldate.On(tx.Now())); lastOf(m) >= today {
		return Freeze{}, refusal.New(refusal.Conflict, "figure.month_open", lang.T(month+" 还没有结束", month+" has not ended yet")).
			Mend(lang.T("请在次月 1 日以后封存", "Freeze it from the first of the next month on"))
	}
	last, err := lastFrozen(tx)
	if err != nil {
		return Freeze{}, err
	}
	if last >= m {
		return Freeze{}, refusal.New(refusal.Conflict, "figure.frozen", lang.T("已封存到 "+monthText(last), "Months are frozen up to "+monthText(last))).
			Mend(lang.T("封存值不能改；与事实不符的，请另作更正", "What is frozen does not change; restate what no longer equals its facts"))
	}
	body := frozenBody{V: 1, Month: month, At: tx.Now()}
	for _, name := range b.order {
		v, err := b.frozenValue(tx, b.defs[name], At{Day: dateOf(lastOf(m))})
		if err != nil {
			return Freeze{}, err
		}
		body.Figures = append(body.Figures, v)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return Freeze{}, err
	}
	f := Freeze{Month: month, At: tx.Now(), Account: account, Body: string(raw), Digest: digest(raw)}
	if f.Signed, err = sign(fmt.Sprintf("kechuang figures\n%s\n%s\n", f.Month, f.Digest)); err != nil {
		return Freeze{}, err
	}
	return f, insertFreeze(tx, m, f, body.Figures)
}

func (b *Book) frozenValue(tx *store.Tx, d *Definition, at At) (FrozenValue, error) {
	v, err := b.Value(tx, d.Name, at)
	out := FrozenValue{Figure: d.Name, Version: v.Version, Definition: d.Digest(at.Day), Value: v.Value, Facts: v.Facts}
	for _, x := range d.Dims {
		if err != nil {
			break
		}
		var by Breakdown
		if by, err = b.Breakdown(tx, d.Name, at, x.Name); err == nil && len(by.Parts) > 0 {
			if out.By == nil {
				out.By = map[string][]Part{}
			}
			out.By[x.Name] = by.Parts
		}
	}
	return out, err
}

// CheckFreeze tells whether a freeze is whole: its digest is of its body, and the values looked up are those of the body. Who signed it is
// for whoever has the key.
func (b *Book) CheckFreeze(tx *store.Tx, f Freeze) error {
	if got := digest([]byte(f.Body)); got != f.Digest {
		return fmt.Errorf("figure: the freeze of %s was changed: its body has the digest %s and not %s", f.Month, got, f.Digest)
	}
	if !strings.Contains(f.Signed, f.Month+"\n"+f.Digest+"\n") {
		return fmt.Errorf("figure: the freeze of %s is signed over something else", f.Month)
	}
	var body frozenBody
	if err := json.Unmarshal([]byte(f.Body), &body); err != nil {
		return fmt.Errorf("figure: the freeze of %s: %w", f.Month, err)
	}
	kept, err := frozenOf(tx, f.Month)
	if err != nil {
		return err
	}
	for _, v := range body.Figures {
		k, ok := kept[v.Figure]
		if !ok || !same(k.Value, v.Value) || k.Facts != v.Facts || k.Definition != v.Definition {
			return fmt.Errorf("figure: %s of %s was changed after it was frozen", v.Figure, f.Month)
		}
	}
	return nil
}

// Freezes are all frozen months, latest first.
func (b *Book) Freezes(tx *store.Tx) ([]Freeze, error) { return listFreezes(tx) }

// LastFrozen is the last month that is frozen, "" for none.
func (b *Book) LastFrozen(tx *store.Tx) (string, error) {
	m, err := lastFrozen(tx)
	if m == 0 {
		return "", err
	}
	return monthText(m), err
}

// Reported is a frozen value with what it was restated to.
type Reported struct {
	Month        string        `json:"month"`
	Version      string        `json:"version"`
	Definition   string        `json:"definition"`
	Value        *int64        `json:"value"`
	Facts        int64         `json:"facts"`
	At           time.Time     `json:"at"`
	Digest       string        `json:"digest"`
	Restatements []Restatement `json:"restatements"`
	Now          *int64        `json:"now"`             // by the same definition, as known now
	Gone         bool          `json:"gone,omitempty"`  // no version of today's definition counts so
	Drift        bool          `json:"drift,omitempty"` // now is neither the frozen value nor the last restatement
}

// stands is the value that stands for the month: the last restatement or the frozen one.
func (r Reported) stands() *int64 {
	if n := len(r.Restatements); n > 0 {
		return r.Restatements[n-1].Now
	}
	return r.Value
}

func same(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Reported is what was frozen of a figure, latest month first, each beside what its facts come to now.
func (b *Book) Reported(tx *store.Tx, name string) ([]Reported, error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, err
	}
	list, err := reportedOf(tx, name)
	if err != nil || len(list) == 0 {
		return list, err
	}
	again, err := restatementsOf(tx, name)
	if err != nil {
		return nil, err
	}
	ends := map[string]map[int64]*int64{} // by definition
	first, _ := monthNumber(list[len(list)-1].Month)
	last, _ := monthNumber(list[0].Month)
	for i := range list {
		r := &list[i]
		for _, x := range again {
			if x.Month == r.Month {
				r.Restatements = append(r.Restatements, x)
			}
		}
		rule, found := d.byDigest(r.Definition)
		if r.Gone = !found; r.Gone {
			continue
		}
		if ends[r.Definition] == nil {
			if ends[r.Definition], err = b.monthEnds(tx, d, rule, first, last); err != nil {
				return nil, err
			}
		}
		m, _ := monthNumber(r.Month)
		r.Now = ends[r.Definition][m]
		r.Drift = !same(r.Now, r.stands())
	}
	return list, nil
}

// byDigest finds the version that counts so.
func (d *Definition) byDigest(digest string) (Rule, bool) {
	for _, r := range d.Rules {
		at := r.From
		if at == "" {
			at = "0001-01-01"
		}
		if d.Digest(at) == digest {
			return r, true
		}
	}
	return Rule{}, false
}

// Restate writes beside a frozen value what its facts come to now, and why it differs.
func (b *Book) Restate(tx *store.Tx, name, month, reason, account string) (Restatement, error) {
	if strings.TrimSpace(reason) == "" {
		return Restatement{}, refusal.New(refusal.Invalid, "figure.reason", lang.T("请写明更正原因", "Say why it is restated")).At("reason")
	}
	list, err := b.Reported(tx, name)
	if err != nil {
		return Restatement{}, err
	}
	for _, r := range list {
		if r.Month != month {
			continue
		}
		if !r.Drift {
			return Restatement{}, refusal.New(refusal.Conflict, "figure.no_drift", lang.T(month+" 的数与事实相符，无须更正", "The value of "+month+" equals its facts; there is nothing to restate"))
		}
		out := Restatement{ID: ident.New("restate", tx.Now()), Month: month, Figure: name, Was: r.stands(), Now: r.Now, Reason: reason, At: tx.Now(), Account: account}
		return out, insertRestatement(tx, out)
	}
	return Restatement{}, refusal.New(refusal.NotFound, "figure.not_frozen", lang.T(month+" 没有封存", month+" is not frozen")).
		Mend(lang.T("没有封存的月份随事实变动，不用更正", "A month that is not frozen follows its facts and needs no restatement"))
}
