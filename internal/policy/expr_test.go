package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
	"kechuang/internal/share"
)

// guard compiles a condition as a check of the application form.
func guard(t interface {
	Fatalf(string, ...any)
	Helper()
}, files fstest.MapFS, source string) (*policy.Pack, *policy.Guard) {
	t.Helper()
	const old = "is: ask.own >= ask.total * param.ratio"
	text := string(files["mechanisms/aid.yaml"].Data)
	changed := fstest.MapFS{}
	for k, v := range files {
		changed[k] = v
	}
	changed["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, "is: >-\n          "+source, 1))}
	p, list := policy.Load(changed)
	if len(list) > 0 {
		t.Fatalf("%s:\n%s", source, list)
	}
	return p, p.Mechanism("aid").Form("ask").Checks[0]
}

func scope(p *policy.Pack, v policy.Values) *policy.Scope {
	s := &policy.Snapshot{Pack: p, Mechanism: p.Mechanism("aid"), Now: caldate.Date("2025-03-03").Start(), Pots: map[string]policy.Pot{},
		Asked: map[string]policy.Value{"asker.kind": "enterprise", "asker.granted_this_year": 3 * money.Wan}}
	s.Case = &policy.Record{ID: "case", State: "draft"}
	return &policy.Scope{Snapshot: s, Record: s.Case, Form: "ask", Values: v}
}

func TestEval(t *testing.T) {
	t.Parallel()
	files := small(t)
	v := policy.Values{"title": "事", "kind": "新", "chain": "C1", "total": 100 * money.Wan, "own": 20*money.Wan + 1, "due": caldate.Date("2025-12-31"), "green": true,
		"split": []policy.Values{{"who": "甲", "portion": share.PPM(700_000)}, {"who": "乙", "portion": share.PPM(300_000)}}}
	for _, c := range []struct {
		source string
		want   bool
	}{
		{"ask.own > ask.total * share('20%')", true},
		{"ask.own - money('0.01元') == ask.total * param.ratio", true},
		{"ask.own * 5 > ask.total", true},
		{"2 * ask.own < ask.total", true},
		{"ratio(ask.own, ask.total) == share('20%')", true}, // rounded towards zero
		{"min(ask.own, ask.total) == ask.own && max(ask.own, ask.total) == ask.total", true},
		{"ask.loss == 0", true}, // empty reads as nothing
		{"!has(ask.loss) && has(ask.total)", true},
		{"ask.kind == '新' && ask.kind in ['新', '改']", true},
		{"ask.kind == '改' ? ask.green : !ask.green", false},
		{"ask.chain != 'C2'", true},
		{"count(ask.split) == 2 && ask.split.size() < 3", true},
		{"sum(ask.split, 'portion') == share('100%')", true},
		{"most(ask.split, 'portion') - least(ask.split, 'portion') == share('40%')", true},
		{"mean(ask.split, 'portion') == share('50%')", true},
		{"today == date('2025-03-03') && ask.due - today == days(303)", true},
		{"today + days(303) == ask.due && ask.due - days(303) == today", true},
		{"date('2025-04-30') + workdays(1) == date('2025-05-06')", true}, // the holiday is jumped over
		{"date('2025-04-25') + workdays(1) == date('2025-04-27')", true}, // a Sunday that is worked
		{"number('62.5') * share('40%') == number('25')", true},
		{"share('40%') * number('62.5') + number('1') * 2 == number('27')", true},
		{"asker.granted_this_year + ask.own <= param.year_cap", true},
		{"asker.kind == 'enterprise'", true},
		{"param.pass >= 60 && param.pass < 60.5 && param.pass * 2 == 120", true},
		{"offers.count() == 0 && !offers.any('handed') && offers.all('handed')", true},
		{"opinions.mean('score') == 0", true},
		{"pot.held('grant') == 0 && pot.paid('grant') + pot.owed('grant') == money('0元')", true},
		{"!winner.filled() && experts.count() == 0", true},
	} {
		p, g := guard(t, files, c.source)
		got, err := g.Expr.Eval(scope(p, v))
		if err != nil || got != c.want {
			t.Errorf("%s: %v %v, want %v", c.source, got, err, c.want)
		}
	}
}

// TestEvalRefuses: what cannot be known is an error and never a guess.
func TestEvalRefuses(t *testing.T) {
	t.Parallel()
	files := small(t)
	for source, says := range map[string]string{
		"asker.revenue > 0":                        "asker.revenue",
		"ask.due > today":                          "ask.due",
		"ask.total * 9000000000000000 > ask.own":   "超出",
		"!has(ask.until) || ask.until > ask.due":   "",
		"ask.own + ask.own >= ask.total - ask.own": "",
	} {
		p, g := guard(t, files, source)
		_, err := g.Expr.Eval(scope(p, policy.Values{"total": money.Max, "own": money.Max}))
		if (err == nil) != (says == "") || (err != nil && !strings.Contains(err.Error(), says)) {
			t.Errorf("%s: %v, want “%s”", source, err, says)
		}
	}
}

// condition makes up a condition over the application form.
func condition(t *rapid.T, depth int) string {
	if depth > 0 && rapid.Bool().Draw(t, "join") {
		a, b := condition(t, depth-1), condition(t, depth-1)
		return fmt.Sprintf(rapid.SampledFrom([]string{"(%s) && (%s)", "(%s) || (%s)", "!((%s) && (%s))", "ask.green ? (%s) : (%s)", "(%s) == (%s)", "(%s) != (%s)"}).Draw(t, "op"), a, b)
	}
	amount := func(name string) string {
		return rapid.SampledFrom([]string{"ask.total", "ask.own", "ask.loss", "param.cap", "money('3元')", "ask.total * param.ratio", "2 * ask.own", "ask.total - ask.own", "-ask.loss", "min(ask.total, ask.own)"}).Draw(t, name)
	}
	op := rapid.SampledFrom([]string{"==", "!=", "<", "<=", ">", ">="}).Draw(t, "cmp")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return rapid.SampledFrom([]string{"ask.green", "!ask.green", "has(ask.loss)", "has(ask.until)", "true"}).Draw(t, "flag")
	case 1:
		return rapid.SampledFrom([]string{"ask.kind == '新'", "ask.kind != '改'", "ask.kind in ['新', '改']", "'改' == ask.kind"}).Draw(t, "choice")
	case 2:
		return rapid.SampledFrom([]string{"ask.due", "today", "date('2025-03-05')", "today + days(2)"}).Draw(t, "day") + " " + op + " " +
			rapid.SampledFrom([]string{"ask.due", "today + days(1)", "ask.due - days(3)"}).Draw(t, "other day")
	case 3:
		return "count(ask.split) " + op + " " + rapid.SampledFrom([]string{"1", "2", "1 + 1", "offers.count()"}).Draw(t, "n")
	}
	return amount("left") + " " + op + " " + amount("right")
}

// TestLoweringAgrees: the small typed form on which overlaps and gaps are decided says the same as the expression, for conditions and
// values made up at random.
func TestLoweringAgrees(t *testing.T) {
	t.Parallel()
	files := small(t)
	rapid.Check(t, func(t *rapid.T) {
		source := condition(t, 2)
		p, g := guard(t, files, source)
		for range 10 {
			v := policy.Values{"kind": rapid.SampledFrom([]string{"新", "改"}).Draw(t, "kind"), "green": rapid.Bool().Draw(t, "green"),
				"total": money.Fen(rapid.Int64Range(0, 1000).Draw(t, "total")), "own": money.Fen(rapid.Int64Range(0, 1000).Draw(t, "own")),
				"due": caldate.Date("2025-03-03").AddDays(rapid.IntRange(-4, 4).Draw(t, "due")), "split": make([]policy.Values, rapid.IntRange(1, 3).Draw(t, "rows"))}
			if rapid.Bool().Draw(t, "loss given") {
				v["loss"] = money.Fen(rapid.Int64Range(-1000, 1000).Draw(t, "loss"))
			}
			sc := scope(p, v)
			want, err := g.Expr.Eval(sc)
			if err != nil {
				t.Fatalf("%s: %v", source, err)
			}
			if got := lowered(g.Expr, g.Expr.Cond, sc); got != want {
				t.Fatalf("%s is %v, and lowered %v with %v\n%#v", source, want, got, v, g.Expr.Cond)
			}
		}
	})
}

// lowered evaluates a Cond through the paths that it names.
func lowered(x *policy.Expr, c policy.Cond, sc *policy.Scope) bool {
	one := func(t policy.Term) string {
		for p := range t.Sum {
			return p
		}
		return ""
	}
	at := func(path string) policy.Value { v, _ := x.At(sc, path); return v }
	switch c := c.(type) {
	case policy.Const:
		return bool(c)
	case policy.Not:
		return !lowered(x, c.Of, sc)
	case policy.And:
		return !slices.ContainsFunc(c, func(k policy.Cond) bool { return !lowered(x, k, sc) })
	case policy.Or:
		return slices.ContainsFunc(c, func(k policy.Cond) bool { return lowered(x, k, sc) })
	case policy.True:
		return at(one(c.Term)) == true
	case policy.Present:
		return at("has("+one(c.Term)+")") == true
	case policy.Is:
		s, _ := at(one(c.Term)).(string)
		return slices.Contains(c.Values, s)
	case policy.Compare:
		sum := c.Left.Plus
		for p, k := range c.Left.Sum {
			sum += k * policy.Units(at(p))
		}
		return map[string]bool{"==": sum == c.Value, "!=": sum != c.Value, "<": sum < c.Value, "<=": sum <= c.Value, ">": sum > c.Value, ">=": sum >= c.Value}[c.Op]
	}
	panic(fmt.Sprintf("not lowered: %#v", c))
}

// TestLoweringIsCanonical: conditions that mean the same look the same.
func TestLoweringIsCanonical(t *testing.T) {
	t.Parallel()
	files := small(t)
	for _, pair := range [][2]string{
		{"ask.own >= ask.total", "ask.total <= ask.own"},
		{"ask.own > money('1元')", "money('1元') < ask.own"},
		{"ask.own + ask.own == ask.total", "ask.total - 2 * ask.own == 0"},
		{"offers.count('handed', 'best') == 0", "offers.count('best', 'handed') == 0"},
		{"ask.total <= param.cap", "ask.total <= money('300万元')"},
		{"param.cap > money('1元')", "true"},
	} {
		_, a := guard(t, files, pair[0])
		_, b := guard(t, files, pair[1])
		if x, y := fmt.Sprintf("%v", a.Expr.Cond), fmt.Sprintf("%v", b.Expr.Cond); x != y {
			t.Errorf("%s is %s, but %s is %s", pair[0], x, pair[1], y)
		}
	}
}

// TestRowsOfAKind: aggregates over those rows only whose choice is one of the values.
func TestRowsOfAKind(t *testing.T) {
	t.Parallel()
	files := small(t)
	const old, column = "portion:", "side: {zh: 方, en: Side, type: choice, choices: {国资: {zh: 国资, en: State}, 社会: {zh: 社会, en: Social}, 团队: {zh: 团队, en: Team}}}\n          portion:"
	aid := string(files["mechanisms/aid.yaml"].Data)
	if strings.Count(aid, old) != 1 {
		t.Fatalf("aid.yaml has %d columns %s", strings.Count(aid, old), old)
	}
	files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(aid, old, column, 1))}
	v := policy.Values{"total": 100 * money.Wan, "own": 20 * money.Wan, "split": []policy.Values{
		{"who": "甲", "side": "国资", "portion": share.PPM(500_000)}, {"who": "乙", "side": "社会", "portion": share.PPM(300_000)}, {"who": "丙", "side": "社会", "portion": share.PPM(200_000)}}}
	for _, source := range []string{
		"sum(ask.split, 'portion', 'side', '社会') == share('50%')",
		"sum(ask.split, 'portion', 'side', '国资', '社会') == share('100%')",
		"sum(ask.split, 'portion', 'side', '团队') == share('0%')",
		"count(ask.split, 'side', '社会') == 2 && count(ask.split) == 3 && most(ask.split, 'portion', 'side', '社会') == share('30%')",
	} {
		p, g := guard(t, files, source)
		if got, err := g.Expr.Eval(scope(p, v)); err != nil || got != true {
			t.Errorf("%s: %v %v", source, got, err)
		}
	}
	for source, code := range map[string]string{
		"sum(ask.split, 'portion', 'side', '外资') == share('50%')": "unknown_choice",
		"sum(ask.split, 'portion', 'who', '甲') == share('50%')":   "unknown_field",
		"sum(ask.split, 'portion', 'side') == share('50%')":       "missing_key",
	} {
		changed := fstest.MapFS{}
		for k, f := range files {
			changed[k] = f
		}
		changed["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["mechanisms/aid.yaml"].Data), "is: ask.own >= ask.total * param.ratio", "is: >-\n          "+source, 1))}
		_, list := policy.Load(changed)
		if !slices.ContainsFunc(list, func(f diag.Finding) bool { return f.Code == code }) {
			t.Errorf("%s: %v, want %s", source, list, code)
		}
	}
}
