package policy

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// Spoken is an effect that says itself what it speaks of, so that the loader, the proofs and the pages need not know each.
type Spoken interface {
	Effect
	Where() Pos
	Needs() []string // seats that must each hold exactly one party
	Reads() []*Expr
	Paths() []string // rows that it reads, "form.rows"
	About() []string // things
	Makes() string   // the form of the case that it fills, "" for none
}

// Deed is an effect on rights, on shares, or that brings money in from outside. What each word asks for is in deeds.
type Deed struct {
	Word   string
	Thing  string // whose rights or shares they are; "" of a receive
	Pot    string
	Names  map[string][]string // seats, rows and words of a closed list, by key
	Exprs  map[string]*Expr
	Bands  []PriceBand // of a price to buy back
	As     lang.Text
	Result string // the form that it fills
	Pos    Pos
}

func (Deed) effect() {}

// Where is its place in the file.
func (d Deed) Where() Pos { return d.Pos }

// About is its thing.
func (d Deed) About() []string {
	if d.Thing == "" {
		return nil
	}
	return []string{d.Thing}
}

// Makes is the form that it fills.
func (d Deed) Makes() string { return d.Result }

// Needs are its seats.
func (d Deed) Needs() (out []string) {
	for _, s := range deeds[d.Word] {
		if s.kind == aSeat || s.kind == someSeats {
			out = append(out, d.Names[s.key]...)
		}
	}
	return out
}

// Reads are its expressions.
func (d Deed) Reads() (out []*Expr) {
	for _, k := range slices.Sorted(maps.Keys(d.Exprs)) {
		out = append(out, d.Exprs[k])
	}
	for _, b := range d.Bands {
		out = append(out, b.reads()...)
	}
	return out
}

// Paths are its rows.
func (d Deed) Paths() []string { return d.Names["rows"] }

// one is the only name of a key, "" where there is none.
func (d Deed) one(key string) string {
	if n := d.Names[key]; len(n) > 0 {
		return n[0]
	}
	return ""
}

// Kinds of slot.
type slotKind int

const (
	aThing    slotKind = iota // a thing whose kind has rights
	aCompany                  // a thing whose kind has shares
	aSeat                     // a seat that holds one party
	someSeats                 // a seat or a list of seats
	someRows                  // a rows field: parties with their shares
	anExpr
	aWord     // one of a closed list, or an expression that gives one
	someBands // spans of years, each with its price
	aPot
	aResult // the form that it fills
	aText   // zh and en
)

// slot is one key of a deed.
type slot struct {
	key   string
	kind  slotKind
	must  bool
	types []Type   // of an expression
	words []string // of a closed list
}

func oneSeat(key string) slot { return slot{key: key, kind: aSeat, must: true} }
func optional(s slot) slot    { s.must = false; return s }
func valueOf(key string, types ...Type) slot {
	return slot{key: key, kind: anExpr, types: types, must: true}
}
func wordOf(key string, list ...string) slot {
	return slot{key: key, kind: aWord, words: list, must: true}
}
func manySeats(key string) slot { return slot{key: key, kind: someSeats} }

var (
	ofThing     = slot{key: "of", kind: aThing, must: true}
	ofCompany   = slot{key: "of", kind: aCompany, must: true}
	consentSlot = manySeats("consent")
	rowsSlot    = slot{key: "rows", kind: someRows}
	sharesSlot  = optional(valueOf("shares", CountType))
	paidSlot    = optional(valueOf("paid", MoneyType))
	sourceSlot  = optional(wordOf("source", "fiscal", "state", "social", "team"))
	classSlot   = optional(valueOf("class", TextType, ChoiceType))
	daySlot     = optional(valueOf("on", DateType))
)

// deeds is what each word asks for.
var deeds = map[string][]slot{
	"vest":        {ofThing, optional(oneSeat("to")), rowsSlot, optional(valueOf("expires", DateType))},
	"assign":      {ofThing, optional(wordOf("right", "title", "use", "income", "all")), manySeats("from"), optional(oneSeat("to")), rowsSlot, optional(valueOf("share", ShareType)), optional(valueOf("until", DateType)), consentSlot},
	"revert":      {ofThing, optional(oneSeat("from")), rowsSlot, oneSeat("to"), consentSlot},
	"license":     {ofThing, oneSeat("from"), oneSeat("to"), wordOf("scope", "exclusive", "sole", "ordinary"), optional(valueOf("field", TextType, ChoiceType, RefType)), optional(valueOf("territory", TextType, RefType)), optional(valueOf("until", DateType)), consentSlot},
	"end_license": {ofThing, oneSeat("to")},
	"pledge":      {ofThing, oneSeat("from"), oneSeat("to"), valueOf("number", TextType), valueOf("amount", MoneyType), valueOf("until", DateType), consentSlot},
	"discharge":   {ofThing},
	"enforce":     {ofThing, oneSeat("to")},
	"expire":      {ofThing, valueOf("on", DateType)},

	"found":           {ofCompany, optional(oneSeat("to")), rowsSlot, sharesSlot, paidSlot, classSlot, sourceSlot, daySlot},
	"issue":           {ofCompany, optional(oneSeat("to")), rowsSlot, sharesSlot, paidSlot, classSlot, sourceSlot, daySlot},
	"pool":            {ofCompany, valueOf("shares", CountType), classSlot, daySlot},
	"grant_shares":    {ofCompany, oneSeat("to"), valueOf("shares", CountType), paidSlot, daySlot},
	"transfer_shares": {ofCompany, oneSeat("from"), oneSeat("to"), sharesSlot, paidSlot, classSlot, sourceSlot, daySlot},
	"buy_back":        {ofCompany, oneSeat("from"), sharesSlot, paidSlot, classSlot, daySlot},
	"convert": {ofCompany, oneSeat("to"), valueOf("principal", MoneyType), wordOf("basis", "round", "appraisal", "fixed"), optional(valueOf("price", MoneyType)), optional(valueOf("per", CountType)),
		optional(valueOf("valuation", MoneyType)), optional(valueOf("currency", TextType, ChoiceType)), optional(valueOf("discount", ShareType)), optional(valueOf("cap", ShareType)), manySeats("public"),
		optional(valueOf("not_largest", FlagType)), optional(valueOf("floor", ShareType)), manySeats("floor_of"), optional(valueOf("trim", FlagType)), classSlot, daySlot, {key: "form", kind: aResult}},
	"round": {ofCompany, valueOf("name", TextType, ChoiceType), valueOf("pre", MoneyType), {key: "rows", kind: someRows, must: true}, classSlot, daySlot, {key: "form", kind: aResult}},
	"buy_back_price": {ofCompany, oneSeat("from"), valueOf("shares", CountType), valueOf("principal", MoneyType), valueOf("per", CountType), valueOf("since", DateType),
		{key: "bands", kind: someBands, must: true}, optional(valueOf("market", MoneyType)), {key: "form", kind: aResult, must: true}},
	"freeze_shares":   {ofCompany, {key: "from", kind: someSeats, must: true}},
	"unfreeze_shares": {ofCompany, {key: "from", kind: someSeats, must: true}},

	"exit": {ofCompany, oneSeat("from"), wordOf("how", "transfer", "buy_back", "liquidation"), optional(oneSeat("to")), sharesSlot, optional(valueOf("proceeds", MoneyType)), classSlot, daySlot},

	"receive": {{key: "pot", kind: aPot, must: true}, oneSeat("from"), valueOf("amount", MoneyType), {key: "as", kind: aText}},
}

// deedWords are the words, for the loader.
var deedWords = append(slices.Sorted(maps.Keys(deeds)), "split", "fees")

// deed reads one.
func (ml *mechLoader) deed(e entry, look sight) Effect {
	switch e.name {
	case "split":
		return ml.split(e, look)
	case "fees":
		return ml.fees(e, look)
	}
	d := Deed{Word: e.name, Names: map[string][]string{}, Exprs: map[string]*Expr{}, Pos: e.key.pos()}
	if e.value.Kind == yaml.ScalarNode { // discharge: patent
		d.Thing = ml.scalar(e.value)
		ml.missing(d, e)
		return d
	}
	var known []string
	for _, s := range deeds[e.name] {
		known = append(known, s.key)
	}
	t := ml.table(e.value, known...)
	for _, s := range deeds[e.name] {
		n, ok := t.get(s.key)
		if !ok {
			continue
		}
		look.env = n.env
		switch s.kind {
		case aThing, aCompany:
			d.Thing = ml.scalar(n)
		case aPot:
			d.Pot = ml.scalar(n)
		case aText:
			d.As = t.both(s.key)
		case aResult:
			d.Result = ml.scalar(n)
		case aSeat, someRows:
			d.Names[s.key] = []string{ml.scalar(n)}
		case someSeats:
			d.Names[s.key] = t.names(s.key)
			if n.Kind == yaml.ScalarNode {
				d.Names[s.key] = []string{ml.scalar(n)}
			}
		case aWord:
			if word := ml.scalar(n); slices.Contains(s.words, word) {
				d.Names[s.key] = []string{word}
			} else {
				d.Exprs[s.key] = ml.expr(word, n.pos(), look, TextType, ChoiceType)
			}
		case someBands:
			ml.bands(&d, ml.itemsOf(t, s.key), look)
		case anExpr:
			d.Exprs[s.key] = ml.expr(ml.scalar(n), n.pos(), look, s.types...)
		}
	}
	ml.missing(d, e)
	return d
}

// missing says which keys a deed lacks.
func (ml *mechLoader) missing(d Deed, e entry) {
	has := func(key string) bool {
		return len(d.Names[key]) > 0 || d.Exprs[key] != nil || key == "bands" && len(d.Bands) > 0
	}
	for _, s := range deeds[d.Word] {
		given := has(s.key) || (s.key == "of" && d.Thing != "") || (s.key == "pot" && d.Pot != "") || (s.kind == aResult && d.Result != "")
		if s.must && !given {
			ml.problem(e.key, "missing_key", lang.T("“"+d.Word+"”缺少“"+s.key+"”", "“"+d.Word+"” lacks “"+s.key+"”"), lang.Text{})
		}
	}
	if slices.Contains([]string{"vest", "assign", "found", "issue"}, d.Word) && has("to") == has("rows") {
		ml.problem(e.key, "deed_to", lang.T("“"+d.Word+"”要写明给谁，且只写一个：to 或 rows", "“"+d.Word+"” says to whom in exactly one way: to or rows"),
			lang.T("给一个席位写 to: 席位，按表单明细写 rows: 表单.明细", "to: seat for one, rows: form.rows for those of a form"))
	}
	if d.Word == "revert" && has("from") == has("rows") {
		ml.problem(e.key, "deed_from", lang.T("“revert”要写明从谁归还，且只写一个：from 或 rows", "“revert” says from whom in exactly one way: from or rows"),
			lang.T("从一个席位写 from: 席位，从表单明细里的各人写 rows: 表单.明细", "from: seat for one, rows: form.rows for those of a form"))
	}
	if (d.Word == "found" || d.Word == "issue") && has("to") && !has("shares") {
		ml.problem(e.key, "missing_key", lang.T("没有写明多少股", "it is not said how many shares"), lang.T("加 shares", "add shares"))
	}
	if d.Word == "convert" && d.one("basis") == "appraisal" && !has("valuation") || d.Word == "convert" && (d.one("basis") == "round" || d.one("basis") == "fixed") && !has("price") {
		ml.problem(e.key, "missing_key", lang.T("没有写明价格（price）或评估值（valuation）", "neither price nor valuation is said"), lang.T("按评估写 valuation，否则写 price", "valuation by appraisal, price otherwise"))
	}
	if has("floor") != has("floor_of") {
		ml.problem(e.key, "missing_key", lang.T("floor 与 floor_of 要一起写", "floor and floor_of go together"), lang.Text{})
	}
}

// checkDeed resolves what a deed names.
func (ml *mechLoader) checkDeed(x *Machine, d Deed) {
	for _, s := range deeds[d.Word] {
		switch s.kind {
		case aThing:
			ml.checkAsset(d, func(k *Kind) bool { return k.Rights }, "rights")
		case aCompany:
			ml.checkAsset(d, func(k *Kind) bool { return k.Shares }, "shares")
		case aSeat, someSeats:
			for _, name := range d.Names[s.key] {
				if findSeat(ml.m.seatsAt(x), name) == nil {
					ml.unknown(d.Pos, "unknown_seat", "席位", "seat", name, names(ml.m.seatsAt(x)))
				}
			}
		case someRows:
			ml.checkRows(d.one(s.key), deedColumns(d.Word), d.Pos)
		case someBands:
			ml.checkBands(d)
		}
	}
}

// checkAsset resolves the thing of a deed.
func (ml *mechLoader) checkAsset(d Deed, fits func(*Kind) bool, word string) {
	t := ml.m.Thing(d.Thing)
	if t == nil {
		var known []string
		for _, o := range ml.m.Things {
			known = append(known, o.Name)
		}
		ml.unknown(d.Pos, "unknown_thing", "事物（things）", "thing", d.Thing, known)
		return
	}
	if k := ml.pack.Kinds[t.Kind]; k != nil && !fits(k) {
		ml.finding(d.Pos, "wrong_kind", lang.T("“"+d.Thing+"”的种类“"+t.Kind+"”没有写 "+word+": true", "the kind “"+t.Kind+"” of “"+d.Thing+"” does not say "+word+": true"), lang.Text{})
	}
}

// deedColumns are the columns that rows of a deed must have, one of each type.
func deedColumns(word string) []Type {
	switch word {
	case "found", "issue":
		return []Type{PartyType, CountType}
	case "round":
		return []Type{PartyType, MoneyType}
	}
	return []Type{PartyType, ShareType}
}

// checkRows asks for one column of each type.
func (ml *mechLoader) checkRows(path string, types []Type, at Pos) {
	if path == "" {
		return
	}
	f := ml.rowsField(path)
	if f == nil {
		ml.unknown(at, "unknown_field", "类型为 rows 的字段", "field of type rows", path, ml.fieldPaths(RowsType))
		return
	}
	for _, t := range types {
		if n := len(columnsOf(f, t)); n != 1 {
			ml.finding(at, "rows_columns", lang.T("“"+path+"”要有且只有一列"+typeWord(t).ZH, "“"+path+"” needs exactly one column of type "+string(t)), lang.Text{})
		}
	}
}

// columnsOf are the columns of a type.
func columnsOf(f *Field, t Type) (out []string) {
	for _, c := range f.Rows {
		if c.Type == t {
			out = append(out, c.Name)
		}
	}
	return out
}

// Names of the forms that deeds fill where they do not say another.
const (
	ConversionForm = "conversion"
	WaterfallForm  = "waterfall"
)

// resultForm is the form that a deed fills, made where the mechanism does not have it.
func resultForm(name string, of Effect, at Pos) *Form {
	f := func(name, zh, en string, t Type) *Field {
		return &Field{Name: name, Title: lang.T(zh, en), Type: t, Optional: true, Pos: at}
	}
	if _, fees := of.(Fees); fees {
		return feeList(name, at)
	}
	if _, split := of.(Split); split {
		paid := f("paid", "分配明细", "Payments", RowsType)
		paid.Rows = []*Field{f("party", "收款人", "Payee", PartyType), f("share", "分配项", "Share", TextType), f("amount", "金额", "Amount", MoneyType)}
		return &Form{Name: name, Title: lang.T("收益分配", "Waterfall"), Made: true, Pos: at, Fields: []*Field{
			f("gross", "收入", "Gross", MoneyType), f("costs", "扣除成本", "Costs", MoneyType), f("net", "净收入", "Net", MoneyType), paid}}
	}
	if d, ok := of.(Deed); ok && d.Word == "buy_back_price" {
		return priceForm(name, at)
	}
	if d, ok := of.(Deed); ok && d.Word == "round" {
		return &Form{Name: name, Title: lang.T("融资", "Round"), Made: true, Pos: at, Fields: []*Field{
			f("price", "每股价格（元）", "Price a share (yuan)", NumberType), f("shares", "新增股数", "New shares", CountType), f("total", "融资后总股数", "Shares after", CountType),
			f("money", "融资额", "Money", MoneyType), f("social", "其中社会资本", "Of it social", MoneyType), f("state", "其中财政和国资", "Of it fiscal and state", MoneyType)}}
	}
	return &Form{Name: name, Title: lang.T("转股", "Conversion"), Made: true, Pos: at, Fields: []*Field{
		f("shares", "转股数", "Shares", CountType), f("wanted", "按价格应转", "By the price alone", CountType), f("price", "每股价格（元）", "Price a share (yuan)", NumberType),
		f("stake", "转股后持股比例", "Stake after", ShareType), f("bound", "受限于", "Bound by", TextType), f("converted", "转股金额", "Converted", MoneyType),
		f("left", "未转金额", "Not converted", MoneyType), f("total", "转股后总股数", "Shares after", CountType),
		{Name: "day", Title: lang.T("转股日期", "Day"), Type: DateType, Pos: at}}}
}

// Refusable tells whether how things stand may be against it. What is given at first, brought in or taken off again is not.
func (d Deed) Refusable() bool {
	switch d.Word {
	case "receive", "discharge", "expire", "end_license", "unfreeze_shares":
		return false
	case "vest":
		return d.one("to") == ""
	}
	return true
}

// RuleEffects are the effects that a before rule may speak of.
func RuleEffects() []string { return append([]string{"hold", "pay", "release"}, deedWords...) }
