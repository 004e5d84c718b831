package policy

import (
	"slices"
	"strings"

	"kechuang/internal/income"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
	"kechuang/internal/share"
)

// Split pays out all that a pot holds as a waterfall: costs first, then each share of the net to its people, by the largest remainder.
type Split struct {
	Pot     string
	Costs   *Expr  // an amount, or nil
	CostsOf string // or rows that hold a text and an amount
	CostsTo string // the seat that bore them
	Shares  []SplitShare
	Result  string
	Pos     Pos
}

// SplitShare is one share of the net.
type SplitShare struct {
	Name    string
	Title   lang.Text
	Share   *Expr  // nil: what the others leave
	Rows    string // to those of rows, by their parts
	To      string // to a seat
	Holders string // to those who hold the income right of a thing
	Floor   *Expr
	Within  string // the floor is of this share and that one together
	Pos     Pos
}

func (Split) effect() {}

// Where is its place in the file.
func (s Split) Where() Pos { return s.Pos }

// Needs are the seats that are paid.
func (s Split) Needs() (out []string) {
	if s.CostsTo != "" {
		out = append(out, s.CostsTo)
	}
	for _, x := range s.Shares {
		if x.To != "" {
			out = append(out, x.To)
		}
	}
	return out
}

// Reads are its expressions.
func (s Split) Reads() (out []*Expr) {
	add := func(x *Expr) {
		if x != nil {
			out = append(out, x)
		}
	}
	add(s.Costs)
	for _, x := range s.Shares {
		add(x.Share)
		add(x.Floor)
	}
	return out
}

// Paths are its rows.
func (s Split) Paths() (out []string) {
	if s.CostsOf != "" {
		out = append(out, s.CostsOf)
	}
	for _, x := range s.Shares {
		if x.Rows != "" {
			out = append(out, x.Rows)
		}
	}
	return out
}

// Sure tells whether a split is never refused: nothing is taken off first, and one share without a floor goes to a seat, or to rows that are a
// whole.
func (m *Mechanism) Sure(s Split) bool {
	if s.Costs != nil || s.CostsOf != "" || len(s.Shares) != 1 || s.Shares[0].Share != nil || s.Shares[0].Floor != nil {
		return false
	}
	if s.Shares[0].Rows == "" {
		return s.Shares[0].To != ""
	}
	form, name, _ := strings.Cut(s.Shares[0].Rows, ".")
	if f := m.Form(form); f != nil && f.Field(name) != nil {
		return f.Field(name).Whole != ""
	}
	return false
}

// About are the things whose income it is.
func (s Split) About() (out []string) {
	for _, x := range s.Shares {
		if x.Holders != "" {
			out = append(out, x.Holders)
		}
	}
	return out
}

// Makes is the form that says how it went.
func (s Split) Makes() string { return s.Result }

// split reads one.
func (ml *mechLoader) split(e entry, look sight) Effect {
	t := ml.table(e.value, "pot", "costs", "costs_to", "shares", "form")
	s := Split{Pot: t.need("pot"), CostsTo: t.text("costs_to"), Result: t.text("form"), Pos: e.key.pos()}
	if s.Result == "" {
		s.Result = WaterfallForm
	}
	if n, ok := t.get("costs"); ok {
		look.env = n.env
		if path := ml.scalar(n); ml.rowsLater(path) {
			s.CostsOf = path
		} else {
			s.Costs = ml.expr(path, n.pos(), look, MoneyType)
		}
		if s.CostsTo == "" {
			ml.problem(n, "missing_key", lang.T("没有写明成本付给谁", "it is not said to whom the costs are paid"), lang.T("加 costs_to: 席位", "add costs_to: seat"))
		}
	}
	list, _ := t.get("shares")
	for _, x := range ml.entries(list).list {
		st := ml.table(x.value, "zh", "en", "share", "rows", "to", "holders", "floor", "within")
		sh := SplitShare{Name: x.name, Title: st.title(), Rows: st.text("rows"), To: st.text("to"), Holders: st.text("holders"), Within: st.text("within"), Pos: x.key.pos(),
			Share: ml.opt(st, "share", look, ShareType), Floor: ml.opt(st, "floor", look, ShareType)}
		ways := 0
		for _, w := range []string{sh.Rows, sh.To, sh.Holders} {
			if w != "" {
				ways++
			}
		}
		if ways != 1 {
			ml.problem(x.key, "deed_to", lang.T("分配项“"+x.name+"”要写明给谁，且只写一个：to、rows 或 holders", "the share “"+x.name+"” says to whom in exactly one way: to, rows or holders"), lang.Text{})
		}
		s.Shares = append(s.Shares, sh)
	}
	if len(s.Shares) == 0 {
		ml.problem(e.key, "missing_key", lang.T("没有写明怎样分配", "it is not said how it is split"), lang.T("加 shares", "add shares"))
	}
	return s
}

// rowsLater tells whether a path is of rows: forms are read before flows.
func (ml *mechLoader) rowsLater(path string) bool { return ml.rowsField(path) != nil }

func (ml *mechLoader) checkSplit(x *Machine, s Split) {
	if pots := ml.m.pots(); !slices.Contains(pots, s.Pot) {
		ml.unknown(s.Pos, "unknown_pot", "资金（没有一步用 receive 或 hold 设立它）", "pot (no step receives or holds into it)", s.Pot, pots)
	}
	for _, name := range s.Needs() {
		if findSeat(ml.m.seatsAt(x), name) == nil {
			ml.unknown(s.Pos, "unknown_seat", "席位", "seat", name, names(ml.m.seatsAt(x)))
		}
	}
	ml.checkRows(s.CostsOf, []Type{TextType, MoneyType}, s.Pos)
	rest := 0
	for _, sh := range s.Shares {
		ml.checkRows(sh.Rows, []Type{PartyType, ShareType}, sh.Pos)
		if sh.Share == nil {
			rest++
		}
		if sh.Holders != "" {
			ml.checkAsset(Deed{Thing: sh.Holders, Pos: sh.Pos}, func(k *Kind) bool { return k.Rights }, "rights")
		}
		if sh.Within != "" && !slices.ContainsFunc(s.Shares, func(o SplitShare) bool { return o.Name == sh.Within && o.Name != sh.Name }) {
			ml.finding(sh.Pos, "unknown_share", lang.T("within 写的“"+sh.Within+"”不是另一个分配项", "within names no other share: “"+sh.Within+"”"), lang.Text{})
		}
	}
	if rest > 1 {
		ml.finding(s.Pos, "two_rests", lang.T("只能有一个分配项不写比例", "only one share may be the rest"), lang.T("给其余的写 share", "say share for the others"))
	}
}

// split works a waterfall out and pays it.
func (r *run) split(rec *Record, e Split) error {
	p := r.s.Pots[e.Pot]
	if p.Held == 0 { // where nothing is there, nothing is split
		r.fill(r.own(r.s.Case), e.Result, Values{"gross": money.Fen(0), "costs": money.Fen(0), "net": money.Fen(0), "paid": []Values{}})
		return nil
	}
	terms := income.Terms{Gross: p.Held}
	var err error
	if terms.Costs, err = r.costs(rec, e); err != nil {
		return err
	}
	left := share.Whole
	rest := -1
	for i, x := range e.Shares {
		sh := income.Share{Name: x.Name, Title: x.Title}
		if x.Share == nil {
			rest = i
		} else if sh.Share, err = evalAs[share.PPM](r, rec, x.Share); err != nil {
			return err
		}
		left -= sh.Share
		if sh.To, err = r.sharers(rec, x); err != nil {
			return err
		}
		if x.Floor != nil {
			f := income.Floor{Of: x.Name, In: x.Within}
			if f.Least, err = evalAs[share.PPM](r, rec, x.Floor); err != nil {
				return err
			}
			terms.Floors = append(terms.Floors, f)
		}
		terms.Shares = append(terms.Shares, sh)
	}
	if rest >= 0 {
		terms.Shares[rest].Share = max(0, left)
	}
	for i := range terms.Shares {
		if terms.Shares[i].Share == 0 {
			terms.Shares[i].To = nil
		}
	}
	w, err := income.Split(terms)
	if err != nil {
		return err
	}
	return r.payOut(rec, e, w)
}

// costs are what is taken off first.
func (r *run) costs(rec *Record, e Split) ([]income.Cost, error) {
	if e.Costs != nil {
		f, err := r.amount(rec, e.Costs)
		return []income.Cost{{Name: e.Costs.Source, Amount: f}}, err
	}
	list, f, err := r.rowsAt(rec, e.CostsOf)
	if err != nil || f == nil {
		return nil, err
	}
	var out []income.Cost
	for _, row := range list {
		name, _ := row[columnsOf(f, TextType)[0]].(string)
		amount, _ := row[columnsOf(f, MoneyType)[0]].(money.Fen)
		out = append(out, income.Cost{Name: name, Amount: amount})
	}
	return out, nil
}

// sharers are those who divide a share.
func (r *run) sharers(rec *Record, x SplitShare) ([]income.Part, error) {
	switch {
	case x.To != "":
		party, err := r.payee(rec, x.To)
		return []income.Part{{Party: party, Share: share.Whole}}, err
	case x.Holders != "":
		s, _, err := r.rightsOf(rec, x.Holders)
		if err != nil {
			return nil, err
		}
		var out []income.Part
		for _, h := range s.Holders(rights.Income) {
			out = append(out, income.Part{Party: h.Party, Share: h.Share})
		}
		return out, nil
	}
	list, f, err := r.rowsAt(rec, x.Rows)
	if err != nil {
		return nil, err
	}
	var out []income.Part
	for _, row := range list {
		party, _ := row[columnsOf(f, PartyType)[0]].(string)
		part, _ := row[columnsOf(f, ShareType)[0]].(share.PPM)
		if i := slices.IndexFunc(out, func(p income.Part) bool { return p.Party == party }); i >= 0 {
			out[i].Share += part // who stands in several rows, such as for fiscal and for own money, gets the sum
		} else if part != 0 {
			out = append(out, income.Part{Party: party, Share: part})
		}
	}
	return out, nil
}

// payOut pays what a waterfall says, and fills the form that says it.
func (r *run) payOut(rec *Record, e Split, w income.Waterfall) error {
	p := r.s.Pots[e.Pot]
	pay := func(party string, f money.Fen, as lang.Text) {
		if f == 0 {
			return
		}
		p.Held -= f
		p.Paid = addMoney(p.Paid, party, f)
		r.do(PayMoney{e.Pot, party, f, as})
	}
	if w.Costs > 0 {
		party, err := r.payee(rec, e.CostsTo)
		if err != nil {
			return err
		}
		pay(party, w.Costs, lang.T("成本", "Costs"))
	}
	var paid []Values
	for _, x := range w.Paid {
		title := lang.T(x.Share, x.Share)
		if i := slices.IndexFunc(e.Shares, func(s SplitShare) bool { return s.Name == x.Share }); i >= 0 {
			title = e.Shares[i].Title
		}
		pay(x.Party, x.Amount, title)
		paid = append(paid, Values{"party": x.Party, "share": title.ZH, "amount": x.Amount})
	}
	if p.Held != 0 {
		return refusal.New(refusal.Conflict, "income.rest", lang.T("分配后仍有余额", "Something is left after the split"))
	}
	r.s.Pots[e.Pot] = p
	r.fill(r.own(r.s.Case), e.Result, Values{"gross": w.Gross, "costs": w.Costs, "net": w.Net, "paid": paid})
	return nil
}
