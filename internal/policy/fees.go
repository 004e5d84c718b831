package policy

import (
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

// FeesForm is the form that fees fill where they do not say another: the list that a withholding agent files.
const FeesForm = "fee_list"

// Withheld stands among those whom a pot paid for the income tax that was taken off fees and is owed to the tax office.
const Withheld = "withheld/income_tax"

// Fees pays each person who holds a seat of parts for their work, less the income tax that the law has the payer withhold. All that a
// person gets by one act is one income: the tax is of its sum, not of each part.
type Fees struct {
	Pot    string
	Part   string
	In     []string // states of the parts that are paid
	To     string   // the part's own seat
	Amount *Expr    // worked out in each part
	Tax    *Expr    // of a person's sum, which it calls fee; nil: nothing is withheld
	As     lang.Text
	Result string
	Pos    Pos
}

func (Fees) effect() {}

// Where is its place in the file.
func (f Fees) Where() Pos { return f.Pos }

// Needs is nobody: those who are paid sit in parts.
func (f Fees) Needs() []string { return nil }

// Reads is what is worked out in the record that acts: the tax.
func (f Fees) Reads() []*Expr {
	if f.Tax == nil {
		return nil
	}
	return []*Expr{f.Tax}
}

// Paths and About are none.
func (f Fees) Paths() []string { return nil }
func (f Fees) About() []string { return nil }

// Makes is the list of who was paid what.
func (f Fees) Makes() string { return f.Result }

func (ml *mechLoader) fees(e entry, look sight) Effect {
	t := ml.table(e.value, "pot", "part", "in", "to", "amount", "tax", "as", "form")
	part := e.value.env.part(t.need("part"))
	inside, taxed := look, look
	inside.inPart, inside.step, taxed.fee = part, nil, true
	f := Fees{Pot: t.need("pot"), Part: part, In: t.names("in"), To: t.need("to"), Amount: ml.must(t, "amount", inside, MoneyType),
		Tax: ml.opt(t, "tax", taxed, MoneyType), As: t.both("as"), Result: t.text("form"), Pos: e.key.pos()}
	if f.Result == "" {
		f.Result = FeesForm
	}
	if len(f.In) == 0 {
		ml.problem(e.key, "missing_key", lang.T("没有写明付给哪些状态的“"+part+"”", "it is not said in which states the parts are paid"), lang.T("加 in: [状态]", "add in: [state]"))
	}
	return f
}

func (ml *mechLoader) checkFees(f Fees) {
	if pots := ml.m.pots(); !slices.Contains(pots, f.Pot) {
		ml.unknown(f.Pos, "unknown_pot", "资金（没有一步用 hold 设立它）", "pot (no step holds into it)", f.Pot, pots)
	}
	p := ml.m.Part(f.Part)
	if p == nil {
		ml.unknown(f.Pos, "unknown_part", "部分", "part", f.Part, ml.partNames())
		return
	}
	for _, s := range f.In {
		ml.partState(p, s, f.Pos)
	}
	if s := p.Seat(f.To); s == nil || s.Kind != PartySeat {
		ml.unknown(f.Pos, "unknown_seat", "部分自己的席位（to）", "seat of the part's own (to)", f.To, names(p.Seats))
	}
}

// feeList is the form that fees fill: people, what they earned, what was withheld and what they got. Only offices read it, because it
// names those who judged.
func feeList(name string, at Pos) *Form {
	f := func(name, zh, en string, t Type) *Field {
		return &Field{Name: name, Title: lang.T(zh, en), Type: t, Optional: true, Pos: at}
	}
	rows := f("rows", "明细", "Payments", RowsType)
	rows.Rows = []*Field{f("party", "收款人", "Payee", PartyType), f("works", "件数", "Pieces of work", CountType), f("gross", "应付", "Gross", MoneyType),
		f("tax", "代扣个人所得税", "Tax withheld", MoneyType), f("net", "实付", "Net", MoneyType)}
	return &Form{Name: name, Title: lang.T("劳务费发放表", "Fees paid"), Made: true, Offices: true, Pos: at, Fields: []*Field{
		f("gross", "应付合计", "Gross", MoneyType), f("tax", "代扣个人所得税合计", "Tax withheld", MoneyType), f("net", "实付合计", "Net", MoneyType), rows}}
}

// earned is what one person is paid.
type earned struct {
	party      string
	works      int64
	gross, tax money.Fen
}

// fees works out who earned what, and pays it.
func (r *run) fees(rec *Record, e Fees) error {
	list, err := r.earned(rec, e)
	if err != nil {
		return err
	}
	p := r.s.Pots[e.Pot]
	rows := []Values{} // nobody gave an opinion: the list is there, and empty
	var gross, tax money.Fen
	for _, x := range list {
		if gross, err = money.Add(gross, x.gross); err != nil {
			return asRefusal(errTooLarge)
		}
		tax += x.tax
	}
	if gross > p.Held {
		return short(e.Pot, p.Held, gross)
	}
	for _, x := range list {
		p.Held -= x.gross
		p.Paid = addMoney(addMoney(p.Paid, x.party, x.gross-x.tax), Withheld, x.tax)
		r.do(PayFee{e.Pot, x.party, x.gross - x.tax, x.tax, e.As})
		rows = append(rows, Values{"party": x.party, "works": x.works, "gross": x.gross, "tax": x.tax, "net": x.gross - x.tax})
	}
	r.s.Pots[e.Pot] = p
	r.fill(r.own(r.s.Case), e.Result, Values{"gross": gross, "tax": tax, "net": gross - tax, "rows": rows})
	return nil
}

// earned sums up each person's parts in their order, and works the tax on the sum out.
func (r *run) earned(rec *Record, e Fees) ([]*earned, error) {
	var list []*earned
	for _, part := range r.scope(rec).parts(e.Part) {
		if !slices.Contains(e.In, part.State) {
			continue
		}
		amount, err := r.amount(part, e.Amount)
		if err != nil {
			return nil, err
		}
		for _, h := range part.Seats[e.To] {
			if h.Party == "" || amount == 0 {
				continue
			}
			i := slices.IndexFunc(list, func(x *earned) bool { return x.party == h.Party })
			if i < 0 {
				i, list = len(list), append(list, &earned{party: h.Party})
			}
			list[i].works++
			if list[i].gross, err = money.Add(list[i].gross, amount); err != nil {
				return nil, asRefusal(errTooLarge)
			}
		}
	}
	for _, x := range list {
		if e.Tax == nil {
			continue
		}
		v, err := e.Tax.Eval(&Scope{Snapshot: r.s, Record: rec, Fee: x.gross})
		if err != nil {
			return nil, asRefusal(err)
		}
		x.tax, _ = v.(money.Fen)
		if x.tax < 0 || x.tax > x.gross {
			return nil, refusal.New(refusal.Invalid, "fees.tax", lang.T("代扣税额 "+x.tax.String()+" 应在零和应付的 "+x.gross.String()+" 之间", "the tax "+yuanEN(x.tax)+" is between nothing and the fee "+yuanEN(x.gross))).
				Mend(lang.T("请改正政策包中的税额算式或者参数", "mend the formula or the parameters of the pack"))
		}
	}
	return list, nil
}
