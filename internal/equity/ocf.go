package equity

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
)

// Dated is an event with its moves: the history of a table.
type Dated struct {
	Event
	Moves []Move
	Of    []string // whose shares were frozen, or let go
}

// At is the table as it stood at the end of a day; "" is now.
func At(history []Dated, day caldate.Date) (t Table) {
	for _, d := range history {
		if day != "" && d.Day > day {
			break
		}
		switch d.Kind {
		case KindFreeze:
			_, _ = Freezing{d.Of}.Do(&t, d.Event) // it came through when it was done
		case KindUnfreeze:
			_, _ = Unfreezing{d.Of}.Do(&t, d.Event)
		default:
			t.do(d.Event, d.Moves)
		}
		if d.Kind == KindExit && t.Diluted() == 0 {
			t.Ended = true
		}
	}
	return t
}

// Imported is what was read from files of the Open Cap Format.
type Imported struct {
	Company string
	Names   map[string]string // stakeholders and classes, by id
	History []Dated
	Skipped map[string]int // kinds of object that this program has no word for, and how many there were
}

// ocfObject is what we read of any object. OCF writes numbers as text.
type ocfObject struct {
	Type        string      `json:"object_type"`
	ID          string      `json:"id"`
	LegalName   string      `json:"legal_name,omitempty"`
	Name        any         `json:"name,omitempty"`
	PlanName    string      `json:"plan_name,omitempty"`
	Date        string      `json:"date,omitempty"`
	Security    string      `json:"security_id,omitempty"`
	Stakeholder string      `json:"stakeholder_id,omitempty"`
	Class       string      `json:"stock_class_id,omitempty"`
	Classes     []string    `json:"stock_class_ids,omitempty"`
	Plan        string      `json:"stock_plan_id,omitempty"`
	Quantity    string      `json:"quantity,omitempty"`
	Converted   string      `json:"quantity_converted,omitempty"`
	Balance     string      `json:"balance_security_id,omitempty"`
	Resulting   []string    `json:"resulting_security_ids,omitempty"`
	Price       *ocfMoney   `json:"share_price,omitempty"`
	Reserved    string      `json:"initial_shares_reserved,omitempty"`
	Adjusted    string      `json:"shares_reserved,omitempty"`
	Approved    string      `json:"board_approval_date,omitempty"`
	Custom      string      `json:"custom_id,omitempty"`
	Kind        string      `json:"stakeholder_type,omitempty"`
	ClassType   string      `json:"class_type,omitempty"`
	Prefix      string      `json:"default_id_prefix,omitempty"`
	Authorized  string      `json:"initial_shares_authorized,omitempty"`
	Votes       string      `json:"votes_per_share,omitempty"`
	Seniority   string      `json:"seniority,omitempty"`
	Exemptions  *[]struct{} `json:"security_law_exemptions,omitempty"`
	Legends     *[]struct{} `json:"stock_legend_ids,omitempty"`
	Reason      string      `json:"reason_text,omitempty"`
	BuyPrice    *ocfMoney   `json:"price,omitempty"`
}

type ocfMoney struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// UnmarshalJSON takes what is text here as text, and anything else ({"omitted": true}, a number) as missing.
func (o *ocfObject) UnmarshalJSON(b []byte) error {
	type plain ocfObject
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	for k, v := range fields {
		one, _ := json.Marshal(map[string]json.RawMessage{k: v})
		if json.Unmarshal(one, new(plain)) != nil {
			delete(fields, k)
		}
	}
	clean, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	return json.Unmarshal(clean, (*plain)(o))
}

// ImportOCF reads the files of an Open Cap Format package: stakeholders, classes, plans and stock transactions. Whole shares only.
func ImportOCF(files ...[]byte) (*Imported, error) {
	im := &Imported{Names: map[string]string{}, Skipped: map[string]int{}}
	var all []ocfObject
	for _, f := range files {
		var doc struct {
			Issuer *ocfObject  `json:"issuer"`
			Items  []ocfObject `json:"items"`
		}
		if err := json.Unmarshal(f, &doc); err != nil {
			return nil, refuseOCF("不是 JSON 文件", "it is not JSON")
		}
		if doc.Issuer != nil {
			im.Company = doc.Issuer.LegalName
		}
		all = append(all, doc.Items...)
	}
	slices.SortStableFunc(all, func(a, b ocfObject) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(ocfOrder(a), ocfOrder(b)))
	})
	r := ocfReader{im: im, lots: map[string]*ocfLot{}, grants: map[string]string{}}
	for _, o := range all {
		if err := r.read(o); err != nil {
			return nil, err
		}
	}
	return im, nil
}

// ocfOrder lets a day's issues come before what is done with them; what a transfer results in is issued on the same day.
func ocfOrder(o ocfObject) int {
	switch {
	case o.Type == "STOCK_PLAN":
		return 0
	case strings.HasSuffix(o.Type, "_ISSUANCE"), strings.HasSuffix(o.Type, "_ADJUSTMENT"):
		return 1
	}
	return 2
}

type ocfLot struct {
	party, class string
	shares       int64
}

type ocfReader struct {
	im     *Imported
	lots   map[string]*ocfLot
	grants map[string]string // equity compensation security → plan
}

func (r *ocfReader) read(o ocfObject) error {
	switch o.Type {
	case "STAKEHOLDER":
		if n, ok := o.Name.(map[string]any); ok {
			r.im.Names[o.ID], _ = n["legal_name"].(string)
		}
	case "STOCK_CLASS":
		r.im.Names[o.ID], _ = o.Name.(string)
	case "STOCK_PLAN":
		r.im.Names[o.ID] = o.PlanName
		return r.note(KindPool, cmp.Or(o.Approved, "1900-01-01"), o.Reserved, func(n int64) ([]Move, error) {
			return []Move{{Class: "plan", To: Hand{Pool: o.ID}, Shares: n}}, nil
		})
	case "TX_STOCK_ISSUANCE":
		if r.lots[o.Security] != nil {
			r.im.Skipped["a security that was issued already"]++
			return nil
		}
		return r.note(KindIssue, o.Date, o.Quantity, func(n int64) ([]Move, error) {
			r.lots[o.Security] = &ocfLot{o.Stakeholder, o.Class, n}
			return []Move{{Class: o.Class, To: Hand{Party: o.Stakeholder}, Shares: n}}, nil
		})
	case "TX_STOCK_TRANSFER", "TX_STOCK_REPURCHASE", "TX_STOCK_CANCELLATION", "TX_STOCK_CONVERSION", "TX_STOCK_RETRACTION", "TX_STOCK_REISSUANCE":
		return r.reduce(o)
	case "TX_EQUITY_COMPENSATION_ISSUANCE", "TX_PLAN_SECURITY_ISSUANCE":
		r.grants[o.Security] = o.Plan
	case "TX_EQUITY_COMPENSATION_EXERCISE", "TX_PLAN_SECURITY_EXERCISE":
		return r.exercise(o)
	default:
		r.im.Skipped[o.Type]++
	}
	return nil
}

// reduce takes shares out of a security. One that leaves a balance is closed, and its balance is a security of its own.
func (r *ocfReader) reduce(o ocfObject) error {
	lot := r.lots[o.Security]
	if lot == nil {
		r.im.Skipped[o.Type+" of a security that is not in the files"]++
		return nil
	}
	n := lot.shares
	if q := cmp.Or(o.Quantity, o.Converted); q != "" && o.Balance == "" {
		want, err := whole(q)
		if err != nil {
			return err
		}
		n = min(n, want)
	}
	if n == 0 {
		return nil
	}
	lot.shares -= n
	kind := map[string]string{"TX_STOCK_REPURCHASE": KindBuyBack, "TX_STOCK_CONVERSION": KindConvert, "TX_STOCK_TRANSFER": KindTransfer}[o.Type]
	return r.note(cmp.Or(kind, KindBuyBack), o.Date, strconv.FormatInt(n, 10), func(n int64) ([]Move, error) {
		return []Move{{Class: lot.class, From: Hand{Party: lot.party}, Shares: n}}, nil
	})
}

// exercise takes shares out of the plan's pool; the shares themselves are issued by a transaction of their own.
func (r *ocfReader) exercise(o ocfObject) error {
	plan := r.grants[o.Security]
	if plan == "" {
		r.im.Skipped[o.Type+" of a security that is not in the files"]++
		return nil
	}
	return r.note(KindPool, o.Date, o.Quantity, func(n int64) ([]Move, error) {
		for _, l := range At(r.im.History, "").Lots {
			if l.Pool == plan {
				n = min(n, l.Shares)
				return []Move{{Class: "plan", From: Hand{Pool: plan}, Shares: n}}, nil
			}
		}
		return nil, nil
	})
}

func (r *ocfReader) note(kind, day, quantity string, moves func(int64) ([]Move, error)) error {
	if quantity == "" {
		return nil
	}
	n, err := whole(quantity)
	if err != nil || n == 0 {
		return err
	}
	on, err := caldate.Parse(day)
	if err != nil {
		return refuseOCF("日期“"+day+"”不成立", "“"+day+"” is no date")
	}
	m, err := moves(n)
	if err != nil || len(m) == 0 {
		return err
	}
	r.im.History = append(r.im.History, Dated{Event: Event{Kind: kind, Day: on}, Moves: m})
	return nil
}

// whole reads a quantity of OCF, a decimal, as whole shares.
func whole(q string) (int64, error) {
	n, ok := new(big.Rat).SetString(q)
	if !ok || !n.IsInt() || n.Sign() < 0 || !n.Num().IsInt64() || n.Num().Int64() > MaxShares {
		return 0, refuseOCF("股数“"+q+"”不是整数", "“"+q+"” is not a whole number of shares")
	}
	return n.Num().Int64(), nil
}

// ExportOCF writes a history as the files of an Open Cap Format package, by name. Names gives what parties and classes are called.
func ExportOCF(company string, history []Dated, names map[string]string, day caldate.Date) (map[string][]byte, error) {
	w := ocfWriter{open: map[Lot][]ocfLotID{}}
	parties, classes, pools := map[string]bool{}, map[string]bool{}, map[string]Dated{}
	for _, d := range history {
		for _, m := range d.Moves {
			for _, h := range []Hand{m.From, m.To} {
				if h.Party != "" {
					parties[h.Party] = true
				}
			}
			if m.To.Pool != "" {
				pools[m.To.Pool] = d
			} else {
				classes[m.Class] = true
			}
		}
		w.event(d)
	}
	title := func(id string) string { return cmp.Or(names[id], id) }
	var holders, stock, plans []ocfObject
	for _, p := range slices.Sorted(maps.Keys(parties)) {
		holders = append(holders, ocfObject{Type: "STAKEHOLDER", ID: p, Name: map[string]any{"legal_name": title(p)}, Kind: "INSTITUTION"})
	}
	for i, c := range slices.Sorted(maps.Keys(classes)) {
		kind := "COMMON"
		if c != "common" {
			kind = "PREFERRED"
		}
		stock = append(stock, ocfObject{Type: "STOCK_CLASS", ID: c, Name: title(c), ClassType: kind, Prefix: fmt.Sprintf("S%d-", i+1), Authorized: "UNLIMITED", Votes: "1", Seniority: "1"})
	}
	for _, l := range At(history, "").Lots { // what lies in a pool now: what was taken out of it is issued
		p, d, n := l.Pool, pools[l.Pool], l.Shares
		if p == "" {
			continue
		}
		plans = append(plans, ocfObject{Type: "STOCK_PLAN", ID: p, PlanName: title(p), Approved: string(d.Day), Reserved: strconv.FormatInt(n, 10), Classes: slices.Sorted(maps.Keys(classes))})
	}
	out := map[string][]byte{}
	file := func(name, kind string, items []ocfObject) error {
		if items == nil {
			items = []ocfObject{}
		}
		b, err := json.MarshalIndent(map[string]any{"file_type": kind, "items": items}, "", "  ")
		out[name] = b
		return err
	}
	manifest, err := json.MarshalIndent(map[string]any{"ocf_version": "1.2.0", "file_type": "OCF_MANIFEST_FILE", "as_of": day,
		"issuer": map[string]any{"object_type": "ISSUER", "id": "issuer", "legal_name": company, "country_of_formation": "CN"}}, "", "  ")
	out["Manifest.ocf.json"] = manifest
	return out, cmp.Or(err, file("Stakeholders.ocf.json", "OCF_STAKEHOLDERS_FILE", holders), file("StockClasses.ocf.json", "OCF_STOCK_CLASSES_FILE", stock),
		file("StockPlans.ocf.json", "OCF_STOCK_PLANS_FILE", plans), file("Transactions.ocf.json", "OCF_TRANSACTIONS_FILE", w.tx))
}

type ocfLotID struct {
	security string
	shares   int64
}

// ocfWriter gives each issue a security, and takes from the oldest first.
type ocfWriter struct {
	open map[Lot][]ocfLotID // by class and hand
	n    int
	tx   []ocfObject
}

func (w *ocfWriter) event(d Dated) {
	for _, m := range d.Moves {
		var results []string
		if m.To.Party != "" {
			results = []string{w.issue(d, m.Class, m.To, m.Shares)}
		}
		if m.From.Party != "" {
			w.take(d, m, results)
		}
	}
}

func (w *ocfWriter) issue(d Dated, class string, to Hand, shares int64) string {
	w.n++
	id := fmt.Sprintf("sec-%d", w.n)
	o := ocfObject{Type: "TX_STOCK_ISSUANCE", ID: "tx-" + id, Date: string(d.Day), Security: id, Stakeholder: to.Party, Class: class, Quantity: strconv.FormatInt(shares, 10),
		Custom: id, Price: &ocfMoney{"0", "CNY"}, Exemptions: &[]struct{}{}, Legends: &[]struct{}{}}
	if !d.Price.zero() {
		o.Price.Amount = money.Fen(d.Price.Num/d.Price.Den).In(money.Yuan, 2)
	}
	w.tx = append(w.tx, o)
	k := Lot{Class: class, Hand: to}
	w.open[k] = append(w.open[k], ocfLotID{id, shares})
	return id
}

func (w *ocfWriter) take(d Dated, m Move, results []string) {
	k := Lot{Class: m.Class, Hand: m.From}
	for need := m.Shares; need > 0 && len(w.open[k]) > 0; {
		s := w.open[k][0]
		w.open[k] = w.open[k][1:]
		n := min(need, s.shares)
		need -= n
		o := ocfObject{Type: "TX_STOCK_CANCELLATION", ID: "tx-" + s.security + "-end", Date: string(d.Day), Security: s.security, Quantity: strconv.FormatInt(n, 10)}
		switch {
		case results != nil:
			o.Type, o.Resulting = "TX_STOCK_TRANSFER", results
		case d.Kind == KindBuyBack || d.Kind == KindExit:
			o.Type, o.BuyPrice = "TX_STOCK_REPURCHASE", &ocfMoney{"0", "CNY"}
		default:
			o.Reason = d.Kind
		}
		if rest := s.shares - n; rest > 0 {
			o.Balance = w.issue(d, m.Class, m.From, rest)
			last := len(w.open[k]) - 1 // the balance is as old as what it is of
			w.open[k] = slices.Insert(w.open[k][:last:last], 0, w.open[k][last])
		}
		w.tx = append(w.tx, o)
	}
}
