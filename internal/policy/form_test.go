package policy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// asked is a case of the small pack in which the application is being filled.
func asked(t testing.TB) *policy.Scope {
	p := load(t)
	m := p.Mechanism("aid")
	s := &policy.Snapshot{Pack: p, Mechanism: m, Now: caldate.Date("2025-03-03").Start(),
		Seats: map[string][]policy.Holder{"asker": {{Party: "甲厂"}}, "officer": {{Office: "bureau.desk"}}, "leader": {{Office: "bureau.leaders"}}, "district": {{Office: "district/210112"}}},
		Pots:  map[string]policy.Pot{}, Asked: map[string]policy.Value{"asker.in_city": true, "asker.granted_this_year": money.Fen(0), "asker.kind": "enterprise"}}
	s.Case = policy.NewRecord(s, "", "", nil, nil)
	s.Case.ID = "case"
	return &policy.Scope{Snapshot: s, Record: s.Case}
}

const goodAsk = `{"title":"一件小事","kind":"新","chain":"C1","total":"100万元","own":"20万元","due":"2025-12-31","green":true,
	"split":[{"who":"甲厂","portion":"60%"},{"who":"乙所","portion":"40%"}]}`

// with is goodAsk with one field written differently; "" leaves it out.
func with(t testing.TB, field, raw string) []byte {
	var m map[string]json.RawMessage
	if err := json.Unmarshal([]byte(goodAsk), &m); err != nil {
		t.Fatal(err)
	}
	if raw == "" {
		delete(m, field)
	} else {
		m[field] = json.RawMessage(raw)
	}
	out, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecodeForm(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	f := sc.Snapshot.Mechanism.Form("ask")
	values, no := f.DecodeForm([]byte(goodAsk), sc)
	if len(no) > 0 {
		t.Fatal(no)
	}
	want := policy.Values{"title": "一件小事", "kind": "新", "chain": "C1", "total": 100 * money.Wan, "own": 20 * money.Wan,
		"due": caldate.Date("2025-12-31"), "green": true,
		"split": []policy.Values{{"who": "甲厂", "portion": share.PPM(600_000)}, {"who": "乙所", "portion": share.PPM(400_000)}}}
	if d := cmp.Diff(want, values); d != "" {
		t.Errorf("values (-want +got):\n%s", d)
	}
	again, err := f.ReadValues(policy.EncodeValues(values))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(values, again); d != "" {
		t.Errorf("what is written is read differently (-wrote +read):\n%s", d)
	}
}

// TestDecodeFormUnderstands is what people type that means the same.
func TestDecodeFormUnderstands(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	f := sc.Snapshot.Mechanism.Form("ask")
	for _, c := range []struct {
		field, raw string
		want       policy.Value
	}{
		{"total", `"１００万元"`, 100 * money.Wan}, {"total", `"1,000,000.00"`, 100 * money.Wan}, {"total", `100000000`, 100 * money.Wan},
		{"total", `"０.０１亿元"`, 100 * money.Wan}, {"own", `"￥200,000"`, 20 * money.Wan},
		{"due", `"２０２５年１２月３１日"`, caldate.Date("2025-12-31")}, {"due", `"20251231"`, caldate.Date("2025-12-31")},
		{"title", `"  一件\u0000小事 "`, "一件小事"}, {"loss", `"-3万元"`, -3 * money.Wan}, {"green", `"是"`, true}, {"note", `"  "`, nil},
	} {
		values, no := f.DecodeForm(with(t, c.field, c.raw), sc)
		if len(no) > 0 || values[c.field] != c.want {
			t.Errorf("%s %s: got %v %v, want %v", c.field, c.raw, values[c.field], no, c.want)
		}
	}
}

// TestDecodeFormRefuses is bad input, one field at a time: the refusal stands at the field and says what is wrong.
func TestDecodeFormRefuses(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	f := sc.Snapshot.Mechanism.Form("ask")
	long := `"` + strings.Repeat("长", 5<<18) + `"`
	for _, c := range []struct{ field, raw, at, id, says string }{
		{"title", ``, "ask.title", "form.missing", "请填写“名称”"},
		{"title", `"   "`, "ask.title", "form.missing", "名称"},
		{"title", `"` + strings.Repeat("名", 21) + `"`, "ask.title", "form.too_long", "最多 20 字"},
		{"title", long, "", "form.too_large", "1 MB"},
		{"title", `{"a":1}`, "ask.title", "form.bad_value", "文字"},
		{"total", `"10000000000.005"`, "ask.total", "form.bad_value", "不足一分"},
		{"total", `100.005`, "ask.total", "form.bad_value", "分"},
		{"total", `1e30`, "ask.total", "form.bad_value", "整数"},
		{"total", `"一百万"`, "ask.total", "form.bad_value", "不是金额"},
		{"total", `"99999999999999999999元"`, "ask.total", "form.bad_value", "最大金额"},
		{"total", `"-1元"`, "ask.total", "form.negative", "负数"},
		{"total", `true`, "ask.total", "form.bad_value", "金额"},
		{"due", `"2025-02-30"`, "ask.due", "form.bad_value", "不是日期"},
		{"due", `"明天"`, "ask.due", "form.bad_value", "不是日期"},
		{"due", `20251231`, "ask.due", "form.bad_value", "日期"},
		{"kind", `"旧"`, "ask.kind", "form.not_a_choice", "没有“旧”"},
		{"chain", `"C9"`, "ask.chain", "form.not_a_choice", "C9"},
		{"split", `[]`, "ask.split", "form.too_few_rows", "至少填 1 行"},
		{"split", `"甲"`, "ask.split", "form.bad_value", "明细"},
		{"split", `[{"who":"甲","portion":"90%"}]`, "ask.split", "form.not_whole", "合计 90"},
		{"split", `[{"who":"甲","portion":"150%"}]`, "ask.split[0].portion", "form.too_much", "100"},
		{"split", `[{"who":"","portion":"100%"}]`, "ask.split[0].who", "form.missing", "第1行"},
		{"split", `[{"who":"甲","portion":"50%"},{"who":"乙","portion":"x"}]`, "ask.split[1].portion", "form.bad_value", "第2行"},
		{"split", `[{"who":"a","portion":"25%"},{"who":"b","portion":"25%"},{"who":"c","portion":"25%"},{"who":"d","portion":"25%"}]`, "ask.split", "form.too_many_rows", "最多 3 行"},
		{"totl", `"1元"`, "ask.totl", "form.unknown_field", "没有“totl”"},
		{"green", `"也许"`, "ask.green", "form.bad_value", "是"},
		{"own", `"19.99万元"`, "ask.own", "rule.ask.own", "不足总额 100万元 的 20%"},
		{"until", `"2025-01-01"`, "ask.until", "rule.ask.until", "早于时限"},
	} {
		_, no := f.DecodeForm(with(t, c.field, c.raw), sc)
		found := false
		for _, r := range no {
			found = found || (r.Field == c.at && r.ID == c.id && strings.Contains(r.Text.ZH+r.Way.ZH, c.says) && r.Text.EN != "")
		}
		if !found {
			t.Errorf("%s %.40s: no refusal %s at %s with “%s”, but: %v", c.field, c.raw, c.id, c.at, c.says, no)
		}
	}
}

// TestChecksCiteTheirDocument: a refusal names the document with its 文号 and clause, its own or its parameter's.
func TestChecksCiteTheirDocument(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	f := sc.Snapshot.Mechanism.Form("ask")
	for field, want := range map[string]string{"own": "《小额资助办法》（小科发〔2025〕1号）第六条", "until": "《小额资助办法》（小科发〔2025〕1号）第九条"} {
		raw := `"1元"`
		if field == "until" {
			raw = `"2025-01-01"`
		}
		_, no := f.DecodeForm(with(t, field, raw), sc)
		if len(no) != 1 || no[0].Rule != want {
			t.Errorf("%s: %v, want the rule %s", field, no, want)
		}
	}
}

// TestAllProblemsAtOnce: nobody mends a form one field at a time.
func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	_, no := sc.Snapshot.Mechanism.Form("ask").DecodeForm([]byte(`{"kind":"旧","total":"-1","due":"x","nonsense":1}`), sc)
	got := map[string]bool{}
	for _, r := range no {
		got[r.Field] = true
	}
	for _, want := range []string{"ask.title", "ask.kind", "ask.chain", "ask.total", "ask.own", "ask.due", "ask.split", "ask.nonsense"} {
		if !got[want] {
			t.Errorf("nothing is said about %s: %v", want, no)
		}
	}
}

// TestValuesSurviveStorage: whatever values a form can have, they are read as they were written.
func TestValuesSurviveStorage(t *testing.T) {
	t.Parallel()
	f := load(t).Mechanism("aid").Form("ask")
	rapid.Check(t, func(t *rapid.T) {
		v := policy.Values{
			"title": rapid.StringMatching(`[一-龥a-z]{1,20}`).Draw(t, "title"), "total": money.Fen(rapid.Int64Range(0, int64(money.Max)).Draw(t, "total")),
			"loss": money.Fen(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "loss")), "green": rapid.Bool().Draw(t, "green"),
			"due":   caldate.Date("2000-01-01").AddDays(rapid.IntRange(0, 40_000).Draw(t, "due")),
			"split": []policy.Values{{"who": "甲", "portion": share.PPM(rapid.Int64Range(0, 1_000_000).Draw(t, "portion"))}},
		}
		again, err := f.ReadValues(policy.EncodeValues(v))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(v, again); d != "" {
			t.Fatal(d)
		}
	})
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"99.99": "99.99", "-40": "-40", "１２.5": "12.5", "0.000001": "0.000001", "1,000.10": "1000.1", "-0.5": "-0.5"} {
		if d, err := policy.ParseDecimal(s); err != nil || d.String() != want {
			t.Errorf("%s: got %v %v, want %s", s, d, err, want)
		}
	}
	for _, s := range []string{"", "-", "1.", ".5", "1.0000001", "1e3", "十", "99999999999999"} {
		if d, err := policy.ParseDecimal(s); err == nil {
			t.Errorf("%q is read as %v", s, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := policy.Decimal(rapid.Int64Range(-1e17, 1e17).Draw(t, "d"))
		if again, err := policy.ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("%d is written %s and read %d %v", d, d, again, err)
		}
	})
}

// FuzzDecodeForm: whatever is sent, every refusal has its sentences, and what is accepted is read back the same.
func FuzzDecodeForm(f *testing.F) {
	f.Add([]byte(goodAsk))
	f.Add([]byte(`{"split":[null,{},[]],"total":-0,"due":null}`))
	f.Add([]byte(`[[[[`))
	f.Add([]byte("{\"title\":\"\xff\"}"))
	sc := asked(f)
	form := sc.Snapshot.Mechanism.Form("ask")
	f.Fuzz(func(t *testing.T, raw []byte) {
		values, no := form.DecodeForm(raw, sc)
		for _, r := range no {
			if r.Text.ZH == "" || r.Text.EN == "" || r.ID == "" {
				t.Errorf("an incomplete refusal: %+v", r)
			}
		}
		if len(no) > 0 {
			return
		}
		again, err := form.ReadValues(policy.EncodeValues(values))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(values) {
			t.Errorf("%v is read back as %v %v", values, again, err)
		}
	})
}

// TestRubric: a mark may be a whole number or one with decimals; both are exact, and what is not filled in is no zero.
func TestRubric(t *testing.T) {
	t.Parallel()
	files := small(t)
	const aid = "mechanisms/aid.yaml"
	text := strings.Replace(string(files[aid].Data), "en: Score, type: number}", "en: Score, type: number, full: param.pass}\n      depth: {zh: 深度, en: Depth, type: count, full: param.panel, optional: true}\n      days: {zh: 天数, en: Days, type: count}", 1)
	files[aid] = &fstest.MapFile{Data: []byte(text)}
	p, list := policy.Load(files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	marks := p.Rubric(p.Mechanism("aid").FormIn("", "opinion"))
	if len(marks) != 2 || marks[0].Full.String() != "60" || marks[1].Full.String() != "3" {
		t.Fatalf("%+v", marks)
	}
	half, _ := policy.ParseDecimal("42.5")
	for i, want := range []string{"42.5", "2"} {
		if v, ok := marks[i].Of(policy.Values{"score": half, "depth": int64(2), "days": int64(9)}); !ok || v.String() != want {
			t.Errorf("%s: %v, %t", marks[i].Field.Name, v, ok)
		}
	}
	if _, ok := marks[1].Of(policy.Values{"score": half}); ok {
		t.Error("an empty field gives a mark")
	}
}
