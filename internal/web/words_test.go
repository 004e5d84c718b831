package web

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/packs"
)

// effects is one of each effect of the language.
var effects = []policy.Effect{
	policy.Hold{Fund: "challenge", Pot: "grant"}, policy.Pay{Pot: "grant", To: "solver"}, policy.Release{Pot: "grant"}, policy.Claim{Pot: "grant", From: "solver"},
	policy.Collect{Pot: "grant", From: "solver"}, policy.Forgive{Pot: "grant", From: "solver"}, policy.Open{Part: "milestones", Rows: "agreement.milestones"},
	policy.Draw{Seat: "experts", Part: "invitations", As: "invitee"}, policy.SeatHolder{Seat: "experts", From: "invitee"}, policy.Vacate{Seat: "experts"},
	policy.Choose{Part: "bids", Best: "chosen", Others: "reserve"}, policy.Move{Part: "bids", To: "eligible"}, policy.Freeze{Content: []string{"call"}},
	policy.NoteFact{Fact: "published_challenges"}, policy.Enter{Kind: "achievement"}, policy.Make{Document: "need_form", Title: lang.T("需求申报书", "Need")},
	policy.Notify{Seats: []string{"leader"}, Text: lang.T("请办理", "please act")}, policy.Amend{Form: "agreement", With: "amendment"},
	policy.Update{Thing: "result", Form: "need", Set: policy.Setting{Seats: map[string]string{"holder": "poster"}}}, policy.Retire{Thing: "result"},
	policy.Start{Link: "contract", Seats: map[string]string{"seller": "solver"}},
}

// TestEveryEffectHasWords tells every effect that the language has, in both languages, without a name of the program.
func TestEveryEffectHasWords(t *testing.T) {
	pack, findings := policy.Load(packs.Shenyang())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	w := words{pack, pack.Mechanism("jiebang")}
	told := map[string]bool{}
	for _, e := range effects {
		name := reflect.TypeOf(e).Name()
		told[name] = true
		text := w.effect(e)
		if text.ZH == "" || text.EN == "" || strings.Contains(text.ZH+text.EN, "policy.") || strings.Contains(text.ZH+text.EN, "%!") {
			t.Errorf("%s is told as %+v", name, text)
		}
	}
	for _, d := range deedsOf(t) {
		told[reflect.TypeOf(d.effect).Name()] = true
		text := d.words.effect(d.effect)
		if text.ZH == "" || text.EN == "" || strings.Contains(text.ZH+text.EN, "policy.") || strings.Contains(text.ZH+text.EN, "%!") || text.ZH == text.EN {
			t.Errorf("%+v is told as %+v", d.effect, text)
		}
	}
	for _, name := range effectsOf(t) {
		if !told[name] {
			t.Errorf("the effect %s of the language has no words: add it to words.effect and here", name)
		}
	}
}

type deedIn struct {
	words  words
	effect policy.Effect
}

// deedsOf are the deeds of the language's own small pack.
func deedsOf(t *testing.T) (out []deedIn) {
	t.Helper()
	pack, findings := policy.Load(os.DirFS("../policy/testdata/small"))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for _, m := range []*policy.Mechanism{pack.Mechanism("venture"), pack.Mechanism("peer")} {
		for _, s := range m.Case.States {
			for _, st := range s.Steps {
				for _, e := range st.Do {
					switch e.(type) {
					case policy.Deed, policy.Split, policy.Fees:
						out = append(out, deedIn{words{pack, m}, e})
					}
				}
			}
		}
	}
	if len(out) < 20 {
		t.Fatalf("only %d deeds", len(out))
	}
	return out
}

// effectsOf reads the names of the effects from the language's own source: the receivers of the method effect.
func effectsOf(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("../policy/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "effect" && f.Recv != nil {
				if id, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
					names = append(names, id.Name)
				}
			}
		}
	}
	if len(names) < 15 {
		t.Fatalf("only %d effects were found in the model: %v", len(names), names)
	}
	return names
}

// TestWhole makes empty lists of nil ones, wherever they are, and leaves alone what is left out when empty.
// TestQuestionsInASentence: what a text of a mechanism asks of money, of a part or of a table is told in words, without the language's own.
func TestQuestionsInASentence(t *testing.T) {
	pack, _ := policy.Load(packs.Shenyang())
	w := words{pack, pack.Mechanism("jiebang")}
	for in, want := range map[string]string{
		"已拨付 {pot.paid('grant')}，须作出决定":      "已拨付 〔已拨付额〕，须作出决定",
		"还有 {bids.count('submitted')} 件没有审查": "还有 〔“已提交”的揭榜申请数〕 件没有审查",
		"本期 {milestones.amount}":             "本期 〔里程碑的“本期拨款”〕",
	} {
		if got := w.sentence(lang.T(in, in)).ZH; got != want {
			t.Errorf("%s\n got  %s\n want %s", in, got, want)
		}
	}
	if got := w.path("invitee").ZH; got != "受邀专家" {
		t.Errorf("a seat of a part is called %s", got)
	}
}

func TestWhole(t *testing.T) {
	type inner struct {
		List []string `json:"list"`
		Left []string `json:"left,omitempty"`
		Raw  []byte   `json:"raw"`
	}
	type outer struct {
		Inner inner             `json:"inner"`
		Ptr   *inner            `json:"ptr"`
		Many  []inner           `json:"many"`
		ByKey map[string]int    `json:"by_key"`
		Deep  map[string]*inner `json:"deep"`
	}
	v := &outer{Ptr: &inner{}, Many: []inner{{}}, Deep: map[string]*inner{"a": {}}}
	whole(reflect.ValueOf(v))
	raw, err := json.Marshal(v)
	const want = `{"inner":{"list":[],"raw":null},"ptr":{"list":[],"raw":null},"many":[{"list":[],"raw":null}],"by_key":{},"deep":{"a":{"list":[],"raw":null}}}`
	if err != nil || string(raw) != want {
		t.Errorf("%s, want %s", raw, want)
	}
}

// TestContainsWord does not take the beginning of a longer name for the name.
func TestContainsWord(t *testing.T) {
	for text, want := range map[string]bool{"x >= param.own": true, "param.own_floor": false, "param.own_floor && param.own > 0": true, "": false} {
		if containsWord(text, "param.own") != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
