package prove

import (
	"strings"
	"testing"

	"kechuang/internal/money"
	"kechuang/internal/policy"
)

func compare(t policy.Type, op string, value int64, sum map[string]int64) policy.Cond {
	return policy.Compare{Left: policy.Term{Type: t, Sum: sum}, Op: op, Value: value}
}

func one(path string) map[string]int64 { return map[string]int64{path: 1} }

func is(path string, values ...string) policy.Cond {
	return policy.Is{Term: term(path, policy.ChoiceType), Values: values}
}

// example is a mechanism with one form and one part, enough for conditions to speak of.
func example() *logic {
	form := &policy.Form{Name: "need", Fields: []*policy.Field{
		{Name: "total", Type: policy.MoneyType}, {Name: "change", Type: policy.MoneyType, Negative: true},
		{Name: "kind", Type: policy.ChoiceType, Choices: []policy.Choice{{Value: "甲"}, {Value: "乙"}}},
		{Name: "urgent", Type: policy.FlagType}, {Name: "name", Type: policy.TextType},
	}}
	bids := &policy.Machine{Name: "bids", States: []*policy.State{{Name: "in"}, {Name: "out", End: true}}}
	return &logic{mech: &policy.Mechanism{Forms: []*policy.Form{form}, Case: &policy.Machine{}, Parts: []*policy.Machine{bids}},
		pack: &policy.Pack{Params: map[string]*policy.Param{"cap": {Type: policy.MoneyType, Value: 5 * money.Wan}}}}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	lg := example()
	total := func(op string, v money.Fen) policy.Cond {
		return compare(policy.MoneyType, op, int64(v), one("need.total"))
	}
	for name, c := range map[string]struct {
		conds []policy.Cond
		want  answer
	}{
		"between":                       {[]policy.Cond{total(">", 1), total("<", 3)}, sat},
		"nothing between 1 and 2 fen":   {[]policy.Cond{total(">", 1), total("<", 2)}, unsat},
		"never negative":                {[]policy.Cond{total("<", 0)}, unsat},
		"negative where it is said":     {[]policy.Cond{compare(policy.MoneyType, "<", 0, one("need.change"))}, sat},
		"not equal":                     {[]policy.Cond{total("!=", 0), total("<=", 0)}, unsat},
		"a parameter has its value":     {[]policy.Cond{total("==", 5*money.Wan), compare(policy.MoneyType, ">", 0, map[string]int64{"need.total": 1, "param.cap": -1})}, unsat},
		"two of two choices excluded":   {[]policy.Cond{policy.Not{Of: is("need.kind", "甲")}, policy.Not{Of: is("need.kind", "乙")}}, unsat},
		"a text may be anything":        {[]policy.Cond{policy.Not{Of: is("need.name", "甲")}, policy.Not{Of: is("need.name", "乙")}}, sat},
		"one value at a time":           {[]policy.Cond{is("need.kind", "甲"), is("need.kind", "乙")}, unsat},
		"a flag and its contrary":       {[]policy.Cond{policy.True{Term: term("need.urgent", policy.FlagType)}, policy.Not{Of: policy.True{Term: term("need.urgent", policy.FlagType)}}}, unsat},
		"the same opaque twice":         {[]policy.Cond{policy.Opaque{Source: "f(x)"}, policy.Not{Of: policy.Opaque{Source: "f(x)"}}}, unsat},
		"two opaque ones":               {[]policy.Cond{policy.Opaque{Source: "f(x)"}, policy.Not{Of: policy.Opaque{Source: "g(x)"}}}, sat},
		"all but none in":               {[]policy.Cond{atLeastOne("bids", nil), compare(policy.CountType, "==", 0, one("bids.count('in')")), compare(policy.CountType, "==", 0, one("bids.count('out')"))}, unsat},
		"a part counts once":            {[]policy.Cond{compare(policy.CountType, "==", 1, one("bids.count()")), atLeastOne("bids", []string{"in"}), atLeastOne("bids", []string{"out"})}, unsat},
		"a calculation may be negative": {[]policy.Cond{compare(policy.MoneyType, "<", 0, one("need.total - need.total * param.ratio"))}, sat},
		"an empty or":                   {[]policy.Cond{policy.Or{}}, unsat},
		"an empty and":                  {[]policy.Cond{policy.And{}}, sat},
	} {
		t.Run(name, func(t *testing.T) {
			if got, m := lg.sat(c.conds...); got != c.want {
				t.Errorf("got %v (%v), want %v", got, m, c.want)
			}
		})
	}
}

func TestCounterexampleInWords(t *testing.T) {
	t.Parallel()
	lg := example()
	lg.mech.Forms[0].Fields[0].Title.ZH, lg.mech.Forms[0].Fields[0].Title.EN = "总投入", "Total"
	_, m := lg.sat(compare(policy.MoneyType, ">=", int64(1000*money.Wan), one("need.total")))
	zh, en := lg.words(m)
	if zh != "总投入 = 1000万元" || en != "Total = 10,000,000 yuan" {
		t.Errorf("%q, %q", zh, en)
	}
}

// TestTooManyAlternatives gives up honestly: a condition that is too large to decide is unknown and never unsat.
func TestTooManyAlternatives(t *testing.T) {
	t.Parallel()
	lg := example()
	var conds []policy.Cond
	for i := range 20 {
		p := "x" + strings.Repeat("y", i)
		conds = append(conds, policy.Or{policy.Opaque{Source: p + "1"}, policy.Opaque{Source: p + "2"}})
	}
	conds = append(conds, compare(policy.MoneyType, "<", 0, one("need.total"))) // unsat at every leaf
	if got, _ := lg.sat(conds...); got == sat {
		t.Errorf("got %v", got)
	}
	if lg.implies(policy.Const(false), conds[:20]...) {
		t.Error("what holds was said to be impossible")
	}
}
