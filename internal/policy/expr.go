package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"

	"kechuang/internal/lang"
)

// celParser reads the syntax of CEL and none of its macros: all, exists and has are words of ours with other arguments. The limits
// bound the cost of an expression before it is looked at: no loop can be written, so its cost is its size times the case's.
var celParser = func() *parser.Parser {
	p, err := parser.NewParser(parser.Macros(), parser.EnablePrattParser(true), parser.ExpressionSizeCodePointLimit(2000),
		parser.MaxRecursionDepth(40), parser.ErrorReportingLimit(5))
	if err != nil {
		panic("policy: the CEL parser's options are wrong: " + err.Error())
	}
	return p
}()

// sight is where an expression stands, and so what it can see.
type sight struct {
	at     *Machine  // nil is the case
	step   *Step     // whose form is being filled
	form   *Form     // for a form's checks
	inPart string    // evaluated in each part of this name (choose)
	clock  bool      // in a deadline: nobody acts
	fee    bool      // of what a person earned (fees)
	env    *blockEnv // the block that it was written in
}

// term is an expression after its types are known. Lowering works on op, args and val; evaluation on run.
type term struct {
	op   string // lit, path, neg, not, has, cond, in, + - * == != < <= > >= && ||, all
	typ  Type
	text string // the canonical source, by which equal terms are known to be equal
	val  Value  // of a literal or parameter
	args []*term
	run  func(*Scope) (Value, error)
}

// compiler turns one source into a term.
type compiler struct {
	ml      *mechLoader
	at      *Machine
	look    sight
	pos     Pos
	refs    map[string]Type
	reads   map[string]bool // forms that must have been filled
	guarded map[string]bool // forms that has() asks about first
	asks    map[string]Ask
	broken  bool
}

func (ml *mechLoader) compileExpr(x *Expr, look sight, want []Type) {
	c := &compiler{ml: ml, look: look, pos: x.Pos, refs: map[string]Type{}, reads: map[string]bool{}, guarded: map[string]bool{}, asks: map[string]Ask{}}
	c.at = ml.machineOf(look)
	t := c.source(x.Source)
	if len(want) > 0 {
		x.Type = want[0]
	}
	x.eval = func(*Scope) (Value, error) { return nil, fmt.Errorf("policy: %q did not compile", x.Source) }
	if t == nil {
		return
	}
	if len(want) > 0 && !slices.Contains(want, t.typ) {
		if z, ok := c.asZero(t, want[0]); ok {
			t = z
		} else {
			c.wrong("wrong_type", lang.T("这里应是"+typeWord(want[0]).ZH+"，而“"+x.Source+"”是"+typeWord(t.typ).ZH, "a "+typeWord(want[0]).EN+" is expected here, but “"+x.Source+"” is a "+typeWord(t.typ).EN), unitHint(want[0]))
			return
		}
	}
	if c.broken {
		return
	}
	x.Type, x.eval, x.root = t.typ, t.run, t
	if t.typ == FlagType {
		x.Cond = lower(t)
	}
	for _, path := range keys(c.refs) {
		x.Refs = append(x.Refs, Ref{path, c.refs[path]})
	}
	for _, f := range keys(c.reads) {
		if !c.guarded[f] {
			x.reads = append(x.reads, f)
		}
	}
	for _, a := range keys(c.asks) {
		x.asks = append(x.asks, c.asks[a])
	}
}

// machineOf is the machine whose names an expression can use.
func (ml *mechLoader) machineOf(look sight) *Machine {
	if look.inPart != "" {
		if p := ml.m.Part(look.inPart); p != nil {
			return p
		}
	}
	if look.form != nil {
		for _, m := range append([]*Machine{ml.m.Case}, ml.m.Parts...) {
			if slices.Contains(ml.fills[m], look.form) {
				return m
			}
		}
	}
	if look.at != nil {
		return look.at
	}
	return ml.m.Case
}

func unitHint(t Type) lang.Text {
	switch t {
	case MoneyType:
		return lang.T("金额写成 money('100万元')、param.… 或表单中的金额", "write money('100万元'), param.… or a money field")
	case ShareType:
		return lang.T("比例写成 share('20%')", "write share('20%')")
	case FlagType:
		return lang.T("条件要有比较，例如 need.own >= param.own_floor", "a condition compares, such as need.own >= param.own_floor")
	}
	return lang.Text{}
}

// source parses and checks; nil where something is wrong, which has been reported.
func (c *compiler) source(source string) *term {
	if source == "" {
		c.wrong("empty", lang.T("表达式是空的", "the expression is empty"), lang.Text{})
		return nil
	}
	parsed, errs := celParser.Parse(common.NewTextSource(source))
	if errs != nil && len(errs.GetErrors()) > 0 {
		e := errs.GetErrors()[0]
		c.wrong("syntax", lang.T(fmt.Sprintf("“%s”第 %d 个字符处写法不对", source, e.Location.Column()+1), fmt.Sprintf("“%s” cannot be read at character %d: %s", source, e.Location.Column()+1, e.Message)), slipHint(source))
		return nil
	}
	return c.check(parsed.Expr())
}

var (
	bareUnit   = regexp.MustCompile(`[0-9.]+ *(万元|亿元|元|万)`)
	bareShare  = regexp.MustCompile(`[0-9.]+ *[%％]`)
	wordAnd    = regexp.MustCompile(`(?i)\b(and|or|not)\b|并且|而且|或者`)
	singleIs   = regexp.MustCompile(`[^=!<>]=[^=]`)
	quotedText = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	hanzi      = regexp.MustCompile(`\p{Han}+`)
)

// slipHint says how to write what newcomers write in another way.
func slipHint(source string) lang.Text {
	bare := quotedText.ReplaceAllString(source, "''")
	switch {
	case strings.ContainsAny(bare, "＞＜＝≥≤≠（）！＋－×＊“”‘’，．"):
		return lang.T("用半角符号：> < >= <= == != ( ) ! + - * '…' ,", "write plain symbols: > < >= <= == != ( ) ! + - * '…' ,")
	case bareUnit.MatchString(bare):
		n := bareUnit.FindString(bare)
		return lang.T("金额写成 money('"+n+"')，最好写成参数 param.名称", "write money('"+n+"'), or better a parameter")
	case bareShare.MatchString(bare):
		n := bareShare.FindString(bare)
		return lang.T("比例写成 share('"+n+"')，最好写成参数 param.名称", "write share('"+n+"'), or better a parameter")
	case wordAnd.MatchString(bare):
		return lang.T("“并且”写 &&，“或者”写 ||，“不”写 !", "and is &&, or is ||, not is !")
	case singleIs.MatchString(bare):
		return lang.T("相等写两个等号：==", "equality has two signs: ==")
	case hanzi.MatchString(bare):
		n := hanzi.FindString(bare)
		return lang.T("表单和字段写它们的英文名称，例如 request.ask；中文选项和文字加单引号：'"+n+"'", "forms and fields go by their English names, such as request.ask; choices and texts stand in single quotes: '"+n+"'")
	}
	return lang.T("运算符为 && || ! == != < <= > >= + - * in ?:，文字加单引号", "operators are && || ! == != < <= > >= + - * in ?:, texts stand in single quotes")
}

func (c *compiler) wrong(code string, message, hint lang.Text) {
	c.broken = true
	c.ml.finding(c.pos, code, message, hint)
}

func (c *compiler) unknown(code, zh, en, word string, known []string) *term {
	c.broken = true
	c.ml.unknown(c.pos, code, zh, en, word, known)
	return nil
}

func (c *compiler) check(e ast.Expr) *term {
	switch e.Kind() {
	case ast.LiteralKind:
		return c.literal(e)
	case ast.IdentKind:
		return c.ident(e.AsIdent())
	case ast.SelectKind:
		return c.selects(e.AsSelect())
	case ast.CallKind:
		return c.call(e.AsCall())
	}
	c.wrong("syntax", lang.T("这里不能用列表、对照或循环", "lists, maps and loops cannot be used here"), lang.Text{})
	return nil
}

func lit(t Type, v Value, text string) *term {
	return &term{op: "lit", typ: t, text: text, val: v, run: func(*Scope) (Value, error) { return v, nil }}
}

func (c *compiler) literal(e ast.Expr) *term {
	switch v := e.AsLiteral().(type) {
	case types.Int:
		return lit(CountType, int64(v), strconv.FormatInt(int64(v), 10))
	case types.Bool:
		return lit(FlagType, bool(v), strconv.FormatBool(bool(v)))
	case types.String:
		return lit(TextType, string(v), quote(string(v)))
	case types.Double:
		// The shortest text that reads back as this number is the text that was written, for up to 15 digits.
		text := strconv.FormatFloat(float64(v), 'f', -1, 64)
		d, err := ParseDecimal(text)
		if err != nil || len(text) > 15 {
			c.wrong("bad_value", lang.T("“"+text+"”不是至多六位小数的数值", "“"+text+"” is not a number with at most six decimals"), lang.T("写成 number('…')", "write number('…')"))
			return nil
		}
		return lit(NumberType, d, text)
	}
	c.wrong("syntax", lang.T("这里不能用这种值", "this kind of value cannot be used here"), lang.Text{})
	return nil
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }

func (c *compiler) ident(name string) *term {
	if name == "today" {
		c.refs["today"] = DateType
		return &term{op: "path", typ: DateType, text: "today", run: func(sc *Scope) (Value, error) { return sc.today(), nil }}
	}
	if name == "fee" && c.look.fee {
		c.refs["fee"] = MoneyType
		return &term{op: "path", typ: MoneyType, text: "fee", run: func(sc *Scope) (Value, error) { return sc.Fee, nil }}
	}
	switch {
	case c.ml.m.Form(name) != nil:
		c.wrong("not_value", lang.T("“"+name+"”是表单，请写出字段："+name+".字段", "“"+name+"” is a form: name one of its fields"), lang.Text{})
	case c.ml.m.Part(c.look.env.part(name)) != nil:
		c.wrong("not_value", lang.T("“"+name+"”是许多部分，请写 "+name+".count()、"+name+".all('状态') 等", "“"+name+"” is many parts: write "+name+".count(), "+name+".all('state') …"), lang.Text{})
	default:
		c.unknown("unknown_name", "表单、参数或席位", "form, parameter or seat", name, c.names())
	}
	return nil
}

// names is everything that a name may begin with here.
func (c *compiler) names() []string {
	out := []string{"param", "pot", "today"}
	for _, f := range c.ml.m.Forms {
		out = append(out, f.Name)
	}
	for _, s := range c.ml.seatsAt(c.at) {
		out = append(out, s.Name)
	}
	for _, t := range c.ml.m.Things {
		out = append(out, t.Name)
	}
	for _, p := range c.ml.m.Parts {
		out = append(out, p.Name)
	}
	return out
}

// selects is name.word: a parameter, a field, or what is known of the party in a seat.
func (c *compiler) selects(s ast.SelectExpr) *term {
	if link, form, ok := linkedForm(s); ok {
		return c.linkField(link, form, s.FieldName())
	}
	if s.Operand().Kind() != ast.IdentKind {
		c.wrong("syntax", lang.T("只能写“名称.名称”", "only name.name can be written"), lang.Text{})
		return nil
	}
	base, word := s.Operand().AsIdent(), s.FieldName()
	if base == "param" {
		return c.param(word)
	}
	if f := c.ml.formAt(c.at, base); f != nil {
		return c.field(f, word)
	}
	if t := c.ml.m.Thing(base); t != nil {
		return c.thingField(t, word)
	}
	if seat := findSeat(c.ml.seatsAt(c.at), base); seat != nil {
		return c.attribute(base, word)
	}
	if c.ml.m.Form(base) != nil {
		hint := lang.Text{}
		if p := c.ml.fillerOf(base); p != nil {
			hint = lang.T("它在“"+p.Name+"”中填写，请写 "+p.Name+".mean('"+word+"')、"+p.Name+".sum('"+word+"') 等", "it is filled in "+p.Name+": write "+p.Name+".mean('"+word+"') or "+p.Name+".sum('"+word+"')")
		}
		c.wrong("not_visible", lang.T("在这里读不到表单“"+base+"”", "the form “"+base+"” cannot be read here"), hint)
		return nil
	}
	return c.unknown("unknown_name", "表单、参数或席位", "form, parameter or seat", base, c.names())
}

func (c *compiler) param(name string) *term {
	p := c.ml.pack.Params[name]
	if p == nil {
		return c.unknown("unknown_param", "参数", "parameter", name, keys(c.ml.pack.Params))
	}
	c.refs["param."+name] = p.Type
	t := lit(p.Type, p.Value, "param."+name)
	if p.Value == nil {
		c.broken = true // its value has been reported where it is written
	}
	return t
}

func (c *compiler) field(f *Form, name string) *term {
	x := f.Field(name)
	if x == nil {
		var known []string
		for _, o := range f.Fields {
			known = append(known, o.Name)
		}
		return c.unknown("unknown_field", "字段(表单“"+f.Name+"”)", "field in the form “"+f.Name+"”", name, known)
	}
	path := f.Name + "." + name
	c.refs[path], c.reads[f.Name] = x.Type, true
	form, optional := f.Name, x.Optional
	t := &term{op: "path", typ: x.Type, text: path}
	t.run = func(sc *Scope) (Value, error) {
		v, ok := sc.field(form, name)
		if !ok {
			return nil, &unfilled{form}
		}
		if v == nil {
			if v = zero(x.Type); v == nil {
				return nil, &unfilled{path}
			}
		}
		return v, nil
	}
	if optional && zero(x.Type) == nil && x.Type != DocumentType && !c.guarded[path] {
		c.wrong("optional_read", lang.T("“"+path+"”可以不填，先用 has("+path+") 判断", "“"+path+"” is optional: ask has("+path+") first"), lang.T("写成 !has("+path+") || …", "write !has("+path+") || …"))
		return nil
	}
	return t
}

func (c *compiler) attribute(seat, word string) *term {
	if word == "id" {
		c.refs[seat+".id"] = PartyType
		return &term{op: "path", typ: PartyType, text: seat + ".id", run: func(sc *Scope) (Value, error) {
			for _, h := range sc.holders(seat) {
				if h.Party != "" {
					return h.Party, nil
				}
			}
			return "", nil
		}}
	}
	t, ok := Attributes[word]
	if !ok {
		return c.unknown("unknown_attribute", "主体的属性", "attribute of a party", word, keys(Attributes))
	}
	if c.look.inPart != "" && c.at.Seat(seat) != nil {
		c.wrong("not_visible", lang.T("排序时不能查询各部分席位的属性", "what is known of a part's seat cannot be asked while ranking"), lang.T("在提交的表单里填出来", "let the form ask for it"))
		return nil
	}
	a := Ask{Seat: seat, Attribute: word}
	c.asks[a.Path()], c.refs[a.Path()] = a, t
	return &term{op: "path", typ: t, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
}

func findSeat(list []*Seat, name string) *Seat {
	return find(list, name, func(s *Seat) string { return s.Name })
}

// Seat finds one of a part's own seats.
func (m *Machine) Seat(name string) *Seat { return findSeat(m.Seats, name) }

// seatsAt is every seat that can be named in a machine: its own, those of the parts it is inside, and the case's.
func (ml *mechLoader) seatsAt(m *Machine) []*Seat { return ml.m.seatsAt(m) }

func (m *Mechanism) seatsAt(at *Machine) []*Seat {
	var out []*Seat
	for i := 0; at != nil && at.Name != "" && i < 8; i++ {
		out = append(out, at.Seats...)
		at = m.Part(at.Of)
	}
	return append(out, m.Seats...)
}

// formAt is a form as it can be read in a machine; nil where it is filled in parts of this one only, or nowhere.
func (ml *mechLoader) formAt(at *Machine, name string) *Form {
	for i := 0; at != nil && at.Name != "" && i < 8; i++ {
		if at.Row != nil && at.Name == name {
			return at.Row
		}
		if f := find(ml.fills[at], name, func(f *Form) string { return f.Name }); f != nil {
			return f
		}
		at = ml.m.Part(at.Of)
	}
	return find(ml.fills[ml.m.Case], name, func(f *Form) string { return f.Name })
}

// fillerOf is the part in which a form is filled, nil where there is none.
func (ml *mechLoader) fillerOf(form string) *Machine {
	for _, p := range ml.m.Parts {
		if find(ml.fills[p], form, func(f *Form) string { return f.Name }) != nil {
			return p
		}
	}
	return nil
}
