package policy

import (
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// PriceBand is a span of years in which shares that money became may be bought back at a price of its own: the money with a yearly
// interest, or the market's price.
type PriceBand struct {
	Years  *Expr // nil: for ever
	Rate   *Expr // nil: no interest
	Market bool
}

func (b PriceBand) reads() (out []*Expr) {
	for _, e := range []*Expr{b.Years, b.Rate} {
		if e != nil {
			out = append(out, e)
		}
	}
	return out
}

// bands reads the list “bands” of a deed: {years, rate}, {years, market: true}; the last without years.
func (ml *mechLoader) bands(d *Deed, items []node, look sight) {
	for i, n := range items {
		t := ml.table(n, "years", "rate", "market")
		b := PriceBand{Market: t.flag("market")}
		for key, to := range map[string]**Expr{"years": &b.Years, "rate": &b.Rate} {
			if x, ok := t.get(key); ok {
				look.env = x.env
				*to = ml.expr(ml.scalar(x), x.pos(), look, map[string]Type{"years": CountType, "rate": ShareType}[key])
			}
		}
		if last := i == len(items)-1; last == t.has("years") {
			ml.finding(n.pos(), "bands", lang.T("最后一档不写年限，其余各档都要写", "the last band has no years, and each of the others has"),
				lang.T("各档写 {years: 年数, rate: 年利率} 或 {years: 年数, market: true}，最后一档不写 years", "{years: n, rate: r} or {years: n, market: true}; the last without years"))
		}
		if b.Market && b.Rate != nil {
			ml.finding(n.pos(), "bands", lang.T("按市场价的一档没有利率", "a band at the market's price has no rate"), lang.T("二者只写一个", "write one of the two"))
		}
		d.Bands = append(d.Bands, b)
	}
}

// checkBands asks that a band by the market has a market price to go by, and that years which can be read off the pack rise.
func (ml *mechLoader) checkBands(d Deed) {
	last := int64(0)
	for _, b := range d.Bands {
		if b.Market && d.Exprs["market"] == nil {
			ml.finding(d.Pos, "bands", lang.T("有一档按市场价，没有写明市场价（market）", "a band is at the market's price, and no market is said"), lang.T("加 market: 表单.字段", "add market: form.field"))
		}
		n, ok := ml.constant(b.Years)
		if !ok {
			continue
		}
		if n <= last {
			ml.finding(d.Pos, "bands", lang.T("各档的年限要递增", "the years of the bands rise"), lang.T("按先后写各档", "write them in order"))
		}
		last = n
	}
}

// constant is a number that an expression always is: one that reads nothing but the pack.
func (ml *mechLoader) constant(e *Expr) (int64, bool) {
	if e == nil || slices.ContainsFunc(e.Refs, func(r Ref) bool { return !strings.HasPrefix(r.Path, "param.") }) {
		return 0, false
	}
	v, err := e.Eval(&Scope{Snapshot: &Snapshot{Pack: ml.pack, Mechanism: ml.m, Case: &Record{}}})
	n, ok := v.(int64)
	return n, ok && err == nil
}

// priceForm is what a price to buy back fills.
func priceForm(name string, at Pos) *Form {
	f := func(name, zh, en string, t Type) *Field {
		return &Field{Name: name, Title: lang.T(zh, en), Type: t, Optional: true, Pos: at}
	}
	return &Form{Name: name, Title: lang.T("回购价格", "Price to buy back"), Made: true, Pos: at, Fields: []*Field{
		f("shares", "回购股数", "Shares", CountType), f("band", "适用第几档", "Band", CountType), f("until", "这一档的最后一天", "Last day of the band", DateType),
		f("principal", "对应本金", "Principal", MoneyType), f("interest", "利息", "Interest", MoneyType), f("market", "按市场价", "At the market's price", FlagType),
		f("price", "回购价款", "Price", MoneyType), {Name: "day", Title: lang.T("计算日期", "Worked out on"), Type: DateType, Pos: at}}}
}

// price works out what shares cost today, and tells it in the form.
func (r *run) price(rec *Record, d Deed, t equity.Table) error {
	x := &filling{r: r, rec: rec, d: d}
	today := caldate.On(r.s.Now)
	shares := asked[int64](x, "shares")
	buy := equity.BuyOut{Principal: asked[money.Fen](x, "principal"), Per: asked[int64](x, "per"), Since: asked[caldate.Date](x, "since"), Market: asked[money.Fen](x, "market")}
	for _, b := range d.Bands {
		band := equity.Band{Market: b.Market}
		if b.Years != nil {
			n, err := evalAs[int64](r, rec, b.Years)
			x.keep(err)
			if n <= 0 {
				n = -1 // none is for ever
			}
			band.Years = int(n)
		}
		if b.Rate != nil {
			rate, err := evalAs[share.PPM](r, rec, b.Rate)
			x.keep(err)
			band.Rate = rate
		}
		buy.Bands = append(buy.Bands, band)
	}
	holder := x.party("from")
	if x.err != nil {
		return x.err
	}
	p, err := buy.Price(min(t.Shares(holder), buy.Per), shares, today)
	if err != nil {
		return err
	}
	values := Values{"shares": shares, "band": int64(p.Band), "principal": p.Principal, "interest": p.Interest, "market": p.Market, "price": p.Amount, "day": today}
	if p.Until != "" {
		values["until"] = p.Until
	}
	r.fill(r.own(r.s.Case), d.Result, values)
	return nil
}
