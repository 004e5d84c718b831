package policy_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
)

// small is the pack in testdata as files that a test may change.
func small(testing.TB) fstest.MapFS {
	out := fstest.MapFS{}
	root := os.DirFS("testdata/small")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		panic(err) // the pack is in testdata
	}
	return out
}

func load(t testing.TB) *policy.Pack {
	t.Helper()
	p, list := policy.Load(small(t))
	if len(list) > 0 {
		t.Fatal(list)
	}
	return p
}

// TestLoadFindsEverything breaks the small pack in one place each, and looks for the finding and its place.
func TestLoadFindsEverything(t *testing.T) {
	t.Parallel()
	const aid = "mechanisms/aid.yaml"
	for _, c := range []struct{ name, file, old, new, code, says string }{
		{"unknown key", aid, "about: ask.title", "abuot: ask.title", "unknown_key", "是不是想写“about”"},
		{"not yaml", aid, "basis: [rule]", "basis: [rule", "yaml", "YAML"},
		{"no english", aid, "{zh: 领导, en: Leader,", "{zh: 领导,", "missing_title", "en"},
		{"barred from what nobody asks at", "kinds.yaml", "sign: {zh: 签约, en: Sign}, all:", "sign+pray: {zh: 签约, en: Sign}, all:", "unknown_act", "pay"},
		{"nobody says how many may be vetoed", "mechanisms/peer.yaml", "is: count(avoid.people) <= param.veto_most", "is: today > date('2025-01-01')", "veto_unlimited", "最多可以提出几人"},
		{"a veto of no people", "mechanisms/peer.yaml", "new_to: [calls], veto: avoid.people", "new_to: [calls], veto: plea.title", "unknown_field", "avoid.people"},
		{"new to an unknown part", "mechanisms/peer.yaml", "new_to: [invites]", "new_to: [invite]", "unknown_part", "invites"},
		{"fees to a seat of the case", "mechanisms/peer.yaml", "to: expert", "to: leader", "unknown_seat", "expert"},
		{"tax that is no money", "mechanisms/peer.yaml", "* param.fee_tax\"", "* param.fee_tax > fee\"", "wrong_type", "金额"},
		{"a fee outside its tax", "mechanisms/peer.yaml", "amount: view.days * param.fee", "amount: fee", "unknown_name", "fee"},
		{"unknown document", aid, "basis: [rule]", "basis: [rul]", "unknown_basis", "rule"},
		{"repeated key", aid, "opener: asker", "opener: asker\nopener: asker", "repeated_key", "opener"},
		{"comma in braces", aid, "{zh: 提高自筹, en: Raise it}", "{zh: 提高,再提高, en: Raise it}", "comma", "引号"},
		{"anchor", aid, "basis: [rule]", "basis: &a [rule]", "anchor", "锚点"},
		{"unknown seat", aid, "by: district, to: open", "by: distrct, to: open", "unknown_seat", "district"},
		{"unknown state", aid, "say: true, to: draft", "say: true, to: draf", "unknown_state", "draft"},
		{"unknown form", aid, "fill: blame", "fill: blam", "unknown_form", "blame"},
		{"unknown field", aid, "sum(deal.steps, 'amount')", "sum(deal.steps, 'amont')", "unknown_field", "amount"},
		{"unknown param", aid, "deadline: {after: param.wait, escalate: leader}\n  open", "deadline: {after: param.wiat, escalate: leader}\n  open", "unknown_param", "wait"},
		{"param is no period", aid, "{after: param.wait, escalate: leader}\n  open", "{after: param.cap, escalate: leader}\n  open", "wrong_type", "期限要日数"},
		{"money is not a number", aid, "ask.own >= ask.total * param.ratio", "ask.own >= 100", "wrong_type", "money("},
		{"money times money", aid, "ask.total * param.ratio", "ask.total * ask.own", "wrong_type", "金额"},
		{"no division", aid, "ask.own >= ask.total * param.ratio", "ask.own / ask.total >= param.ratio", "division", "ratio"},
		{"not a condition", aid, "is: asker.in_city", "is: ask.total", "wrong_type", "是否"},
		{"cannot be read", aid, "is: asker.in_city", "is: asker.in_city &&", "syntax", "写法"},
		{"unknown attribute", aid, "is: asker.in_city", "is: asker.in_cty", "unknown_attribute", "in_city"},
		{"unknown choice", aid, "is: asker.in_city", "is: asker.in_city && ask.kind == '新的'", "unknown_choice", "新"},
		{"unknown state of parts", aid, "opinions.any('locked')", "opinions.any('lokced')", "unknown_state", "locked"},
		{"part's form read from the case", aid, "is: steps.all('paid')", "is: offer.skill > 3", "not_visible", "offers."},
		{"read before it is filled", aid, "{zh: 受理, en: Receive, by: district, to: open}", "{zh: 受理, en: Receive, by: district, to: open, when: [{is: deal.grant > 0, because: {zh: 没有, en: none}}]}", "unfilled", "deal"},
		{"optional date", aid, "!has(ask.until) || ask.until >= ask.due", "ask.until >= ask.due", "optional_read", "has("},
		{"deadline at an unfilled form", aid, "deadline: {after: 30 days, to: withdrawn}", "deadline: {at: deal.due, to: withdrawn}", "unfilled", "deal"},
		{"no because", aid, "          because: {zh: 评分没有齐, en: Scores are missing}\n", "", "missing_because", "because"},
		{"two kinds of period", aid, "deadline: {after: 90 days, to: withdrawn}", "deadline: {after: 90 days, at: ask.due, to: withdrawn}", "deadline_when", "after"},
		{"a clock that never ends", aid, "deadline: {at: deal.due, to: stopping}", "deadline: {at: deal.due, to: running}", "deadline_loop", "无休止"},
		{"a period of nothing", "parameters.yaml", "type: workdays, value: 5, basis: rule, trust: L}\nnotice", "type: workdays, value: 0, basis: rule, trust: L}\nnotice", "period", "1 到 36500"},
		{"hidden from nobody", aid, "when: [signing]}", "when: [signing], without: [offerre]}", "unknown_field", "offerer"},
		{"neither to nor escalate", aid, "deadline: {after: 90 days, to: withdrawn}", "deadline: {after: 90 days}", "deadline_then", "to"},
		{"a bad period", aid, "after: 90 days", "after: 90 dyas", "period", "90 days"},
		{"unknown fund", aid, "fund: city", "fund: town", "unknown_fund", "city"},
		{"a pot nobody fills", aid, "spared, do: [{release: grant}]", "spared, do: [{release: grand}]", "unknown_pot", "grant"},
		{"unknown fact", aid, "fact: deals", "fact: deels", "unknown_fact", "deals"},
		{"unknown effect", aid, "[{release: grant}]}\n    recover", "[{relaese: grant}]}\n    recover", "unknown_key", "release"},
		{"winner not asked to be apart", aid, "party: any, apart_from: [asker]", "party: any", "apart_from", "apart_from"},
		{"pairs of no rows", aid, "each: offers, in: [handed]}", "each: offers, in: [handed], pairs: {rows: deal.steeps, who: a, of: b}}", "unknown_field", "deal.steps"},
		{"pairs of no parties", aid, "each: offers, in: [handed]}", "each: offers, in: [handed], pairs: {rows: deal.steps, who: name, of: name}}", "unknown_field", "party"},
		{"pairs without parts", aid, "as: expert, each: offers, in: [handed]}", "as: expert, pairs: {rows: deal.steps, who: name, of: name}}", "pairs_of", "each"},
		{"part not inside", aid, "    of: offers\n", "", "part_of", "of: offers"},
		{"on_close is no end", aid, "on_close: cut", "on_close: running", "on_close", "cut"},
		{"unknown taxonomy", aid, "ref: chains", "ref: chain", "unknown_taxonomy", "chains"},
		{"whole is no share", aid, "whole: portion", "whole: who", "whole", "share"},
		{"choices without english", aid, "choices: {新: {zh: 新做, en: New}, 改: {zh: 改造, en: Change}}", "choices: [新, 改]", "missing_title", "英文"},
		{"block without parameter", aid, "with: {days: param.notice, ruler: leader}", "with: {days: param.notice}", "block_parameter", "ruler"},
		{"block with a parameter too many", aid, "ruler: leader}", "ruler: leader, rulr: leader}", "block_parameter", "rulr"},
		{"block without exit", aid, "exits: {stands: signing, upheld: judging}", "exits: {stands: signing}", "block_exit", "upheld"},
		{"unknown block", aid, "use: notice", "use: notise", "unknown_block", "notice"},
		{"unknown step in a rule", aid, "before: [stands, sign]", "before: [stand, sign]", "unknown_step", "stands"},
		{"district of nobody", aid, "office: district, of: asker", "office: district", "district_of", "of"},
		{"unknown office", aid, "office: bureau.desk", "office: bureau.dask", "unknown_office", "bureau.desk"},
		{"amend shares nothing", aid, "fields: {due: {zh: 延至, en: Until, type: date}}", "fields: {dua: {zh: 延至, en: Until, type: date}}", "amend_nothing", "没有同名字段"},
		{"opaque without a reason", aid, "is: asker.in_city", "is: asker.kind == asker.region", "opaque", "opaque:"},
		{"joint of one", aid, "{all: [asker, winner, officer]}", "{all: [asker]}", "joint", "两个"},
		{"a number where money is due", aid, "amount: blame.amount", "amount: 5", "wrong_type", "金额"},
		{"bad money", "parameters.yaml", "value: 300万元", "value: 三百万", "bad_value", "800万元"},
		{"bad share", "parameters.yaml", "value: 20%", "value: 0.2", "bad_value", "20%"},
		{"param without document", "parameters.yaml", "basis: rule, clause: 第七条", "basis: nothing, clause: 第七条", "unknown_basis", "rule"},
		{"a day that is none", "calendar/2025.yaml", "2025-05-05", "2025-02-30", "not_date", "不是日期"},
		{"code twice", "taxonomies/chains.yaml", "code: C2", "code: C1", "repeated_code", "C1"},
		{"mapped from nowhere", "taxonomies/chains.yaml", "codes:", "maps: {chains: {C9: [C1]}}\ncodes:", "unknown_code", "C9"},
		{"mapped to no list", "taxonomies/chains.yaml", "codes:", "maps: {chans: {C1: [C1]}}\ncodes:", "unknown_taxonomy", "chans"},
		{"a part's seat that its row does not name", aid, "    en: Steps\n    on_close: cut\n", "    en: Steps\n    on_close: cut\n    seats: {doer: {zh: 办理人, en: Doer, party: any, from: deal.tester}}\n", "unknown_field", "deal.tester"},
		{"a part's seat that asks for more", aid, "    en: Steps\n    on_close: cut\n", "    en: Steps\n    on_close: cut\n    seats: {doer: {zh: 办理人, en: Doer, party: institute, from: steps.amount}}\n", "row_seat", "party: any"},
		{"emptied though it must be filled", "mechanisms/sale.yaml", "empty: [price]", "empty: [title]", "empty_field", "optional"},
		{"emptied and given", "mechanisms/sale.yaml", "empty: [price]", "empty: [status]", "empty_field", "status"},
		{"a part's block with a flow's word", "blocks/notice.yaml", "entry: shown\n", "", "missing_key", "entry"},
		{"a person's own number that names a record", "kinds.yaml", "name:    {zh: 名称, en: Name, type: text, max: 80, public: true}", "name:    {zh: 名称, en: Name, type: text, identifier: resident, public: true}", "private", "optional: true"},
		{"a person's own number in a form", aid, "en: Note, type: text, optional: true", "en: Note, type: text, identifier: resident, optional: true", "private", "类型 party"},
		{"entry is no state", "blocks/notice.yaml", "entry: shown", "entry: show", "unknown_state", "show"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := small(t)
			old := string(files[c.file].Data)
			if !strings.Contains(old, c.old) {
				t.Fatalf("%s does not contain %q", c.file, c.old)
			}
			files[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(old, c.old, c.new, 1))}
			_, list := policy.Load(files)
			for _, f := range list {
				if f.Proof != "typed" || f.Message.ZH == "" || f.Message.EN == "" || f.Line < 1 || f.Col < 1 {
					t.Errorf("an incomplete finding: %+v", f)
				}
			}
			if !says(list, c.code, c.says) {
				t.Errorf("no finding %s with “%s” in:\n%s", c.code, c.says, list)
			}
		})
	}
}

// TestNodesLeadSomewhere: a node of a chain map leads to one thing, which the pack has.
func TestNodesLeadSomewhere(t *testing.T) {
	t.Parallel()
	for lead, code := range map[string]string{"mechanism: aid": "", "kind: nothing": "unknown_kind", "mechanism: ade": "unknown_mechanism", "kind: nothing, mechanism: aid": "node_lead"} {
		files := small(t)
		files["overview.yaml"] = &fstest.MapFile{Data: []byte("nodes: {a: {zh: 甲, en: A, " + lead + "}}\n")}
		_, list := policy.Load(files)
		if code == "" && len(list) > 0 || code != "" && !says(list, code, "") {
			t.Errorf("%s: %s", lead, list)
		}
	}
}

// TestTemplates: a pack that prints at all has a page for every document.
func TestTemplates(t *testing.T) {
	t.Parallel()
	files := small(t)
	files["templates/page.html"] = &fstest.MapFile{Data: []byte("x")}
	_, list := policy.Load(files)
	if !says(list, "no_template", "没有模板") {
		t.Errorf("a document without a page is not found: %s", list)
	}
}

// TestSpareParameter: what a block may be given and was not is left out as a key or in a list, and cannot stand inside a text.
func TestSpareParameter(t *testing.T) {
	t.Parallel()
	for in, code := range map[string]string{"by: [$ruler, $more], to: $stands": "", "by: $ruler, say: $more, to: $stands": "", "by: $ruler, to: \"$more-$stands\"": "block_parameter"} {
		files := small(t)
		block := string(files["blocks/notice.yaml"].Data)
		block = strings.Replace(strings.Replace(block, "ruler: seat}", "ruler: seat, more: \"seat?\"}", 1), "by: $ruler, to: $stands", in, 1)
		files["blocks/notice.yaml"] = &fstest.MapFile{Data: []byte(block)}
		_, list := policy.Load(files)
		if code == "" && len(list) > 0 || code != "" && !says(list, code, "more") {
			t.Errorf("%s: %s", in, list)
		}
	}
}

func says(list diag.List, code, text string) bool {
	for _, f := range list {
		if f.Code == code && strings.Contains(f.In(lang.ZH), text) {
			return true
		}
	}
	return false
}

// TestFindingPointsAtItsPlace looks at line and column, which an editor jumps to.
func TestFindingPointsAtItsPlace(t *testing.T) {
	t.Parallel()
	files := small(t)
	text := strings.Replace(string(files["mechanisms/aid.yaml"].Data), "by: district, to: open", "by: nobody, to: open", 1)
	files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(text)}
	_, list := policy.Load(files)
	if len(list) != 1 {
		t.Fatalf("one finding expected, got:\n%s", list)
	}
	line := 1 + strings.Count(text[:strings.Index(text, "receive:")], "\n")
	if f := list[0]; f.File != "mechanisms/aid.yaml" || f.Line != line || f.Col != 5 {
		t.Errorf("got %s:%d:%d, want line %d column 5", f.File, f.Line, f.Col, line)
	}
}

// TestLoadGathersFolders: an entry may stand in NAME.yaml or in any file of the folder NAME, once; a finding points at its own file.
func TestLoadGathersFolders(t *testing.T) {
	t.Parallel()
	files := small(t)
	params := files["parameters.yaml"]
	delete(files, "parameters.yaml")
	files["parameters/aid.yaml"] = params
	files["parameters/more.yaml"] = &fstest.MapFile{Data: []byte("extra: {title: {zh: 另一个, en: Another}, type: count, value: 3, basis: rule, trust: A}\n")}
	files["facts/more.yaml"] = &fstest.MapFile{Data: []byte("extra_fact: {title: {zh: 另一件, en: Another}, unit: 件}\n")}
	p, list := policy.Load(files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	if p.Params["extra"] == nil || p.Params["cap"] == nil || p.Facts["extra_fact"] == nil || p.Facts["deals"] == nil {
		t.Error("an entry is missing")
	}
	files["parameters/more.yaml"] = &fstest.MapFile{Data: []byte("\ncap: {title: {zh: 又一个, en: Another}, type: count, value: x, basis: rule, trust: A}\n")}
	_, list = policy.Load(files)
	if len(list) != 1 || list[0].File != "parameters/more.yaml" || list[0].Line != 2 || !says(list, "repeated_key", "parameters/aid.yaml:") {
		t.Errorf("both places are not named:\n%s", list)
	}
	delete(files, "parameters/more.yaml")
	delete(files, "parameters/aid.yaml")
	if _, list = policy.Load(files); !says(list, "missing_file", "parameters.yaml") {
		t.Errorf("no parameters at all:\n%s", list)
	}
}

// TestLoadExpandsBlocks looks at what becomes of a block: names of states, exits, and the parts that it brings.
func TestLoadExpandsBlocks(t *testing.T) {
	t.Parallel()
	m := load(t).Mechanism("aid")
	st := m.Case.State("notice")
	if st == nil || st.Block != "notice" || !st.Public || st.Title.ZH != "公示" {
		t.Fatalf("the entry state is %+v", st)
	}
	to := st.Deadline.To
	if len(to) != 2 || to[0].State != "signing" || to[0].Exit != "stands" || to[1].State != "notice.ruling" || to[1].Exit != "" {
		t.Errorf("the branches are %+v and %+v", to[0], to[1])
	}
	if p := m.Part("objections"); p == nil || p.Starts.While[0] != "notice" {
		t.Errorf("the block's part is %+v", p)
	}
	if m.Form("objection") == nil || m.Form(policy.Ranking) == nil || !m.Form(policy.Ranking).Made {
		t.Error("the forms that the block and choose bring are missing")
	}
	if row := m.Part("steps").Row; row == nil || row.Field("amount").Type != policy.MoneyType {
		t.Error("a part opened by rows knows its row")
	}
}

// TestBlockTwice: parts of a block that is used twice have a name each.
func TestBlockTwice(t *testing.T) {
	t.Parallel()
	files := small(t)
	text := string(files["mechanisms/aid.yaml"].Data)
	text = strings.Replace(text, "ends:\n  withdrawn: {zh: 已撤回", "  again:\n    zh: 再公示\n    en: Again\n    use: notice\n    with: {days: 3 days, ruler: officer}\n    exits: {stands: done, upheld: judging}\n\nends:\n  withdrawn: {zh: 已撤回", 1)
	text = strings.Replace(text, "say: true, to: spared, do: [{release: grant}]", "say: true, to: again, do: [{release: grant}]", 1)
	files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(text)}
	p, list := policy.Load(files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	m := p.Mechanism("aid")
	if m.Part("notice_objections") == nil || m.Part("again_objections") == nil || m.Part("objections") != nil {
		t.Error("the parts are not named by the states that use the block")
	}
	if got := m.Case.State("again").Deadline.To[0].When.Expr.Refs[0].Path; got != "again_objections.count('filed')" {
		t.Errorf("the block's expression speaks of %s", got)
	}
}

// TestBlockIsPart: a block without flow is one part, under its own name.
func TestBlockIsPart(t *testing.T) {
	t.Parallel()
	files := small(t)
	files["blocks/remarks.yaml"] = &fstest.MapFile{Data: []byte(`
block: remarks
params: {by: seat, while: states}
forms:
  remark: {zh: 备注, en: Remark, fields: {text: {zh: 内容, en: Text, type: text}}}
parts:
  remarks:
    zh: 备注
    en: Remarks
    seats: {writer: {zh: 填写人, en: Writer, party: any, same_as: $by}}
    starts: {by: writer, while: $while}
    on_close: over
    flow: {writing: {zh: 填写, en: Writing, keep: {zh: 保存, en: Keep, by: writer, while: $while, fill: remark, to: kept}}}
    ends: {kept: {zh: 已保存, en: Kept, good: true}, over: {zh: 已结束, en: Over}}
`)}
	aid := string(files["mechanisms/aid.yaml"].Data)
	with := func(use string) diag.List {
		files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(aid, "\nparts:\n", "\nparts:\n  "+use, 1))}
		p, list := policy.Load(files)
		if len(list) == 0 {
			if part := p.Mechanism("aid").Part("remarks"); part == nil || part.Seats[0].SameAs != "asker" || p.Mechanism("aid").Form("remark") == nil {
				t.Errorf("the part is %+v", part)
			}
		}
		return list
	}
	if list := with("remarks: {use: remarks, with: {by: asker, while: [running]}}\n"); len(list) > 0 {
		t.Fatal(list)
	}
	for use, want := range map[string]string{
		"notes: {use: remarks, with: {by: asker, while: [running]}}\n": "remarks",
		"remarks: {use: notice, with: {by: asker}}\n":                  "unknown_block",
		"remarks: {use: remarks, with: {by: asker}}\n":                 "block_parameter",
	} {
		if list := with(use); !strings.Contains(list.String(), want) && !slices.ContainsFunc(list, func(f diag.Finding) bool { return f.Code == want }) {
			t.Errorf("%s: %s", use, list)
		}
	}
}

// TestLoadIsDeterministic: the same files give the same findings and digest, whatever the order of maps.
func TestLoadIsDeterministic(t *testing.T) {
	t.Parallel()
	files := small(t)
	files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("asker", "askr", "rule", "ruel").Replace(string(files["mechanisms/aid.yaml"].Data)))}
	first, list := policy.Load(files)
	for range 5 {
		again, more := policy.Load(files)
		if more.String() != list.String() || again.Digest != first.Digest {
			t.Fatal("two readings of the same files differ")
		}
	}
}

// FuzzLoad: whatever a mechanism's file says, Load answers with findings and never falls.
func FuzzLoad(f *testing.F) {
	files := small(f)
	f.Add(files["mechanisms/aid.yaml"].Data)
	f.Add([]byte("mechanism: x\nflow: {a: {b: {by: c, to: a}}}"))
	f.Add([]byte("flow: {a: {use: notice, with: {days: [1]}, exits: {stands: {x: 1}}}}"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := small(t)
		files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: data}
		_, list := policy.Load(files)
		for _, x := range list {
			if x.Line < 1 || x.Message.ZH == "" || x.Message.EN == "" {
				t.Errorf("an incomplete finding: %+v", x)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	files := small(b)
	for b.Loop() {
		if _, list := policy.Load(files); len(list) > 0 {
			b.Fatal(list)
		}
	}
}

// FuzzFiles: whatever any other file of a pack says, Load answers with findings and never falls.
func FuzzFiles(f *testing.F) {
	names := []string{"pack.yaml", "basis.yaml", "parameters.yaml", "funds.yaml", "offices.yaml", "facts.yaml", "kinds.yaml", "articles.yaml", "calendar/2025.yaml",
		"taxonomies/chains.yaml", "blocks/notice.yaml", "templates/page.html", "templates/notice.html", "figures.yaml", "series/a.yaml", "overview.yaml", "conflicts.yaml"}
	files := small(f)
	for i, name := range names {
		if files[name] != nil {
			f.Add(uint8(i), files[name].Data)
		}
	}
	f.Add(uint8(11), []byte(`{{define "head"}}{{.Text "ask.title"}}{{range $i, $r := .Rows "ask.steps"}}{{$r.Text "x"}}{{end}}{{end}}`))
	f.Add(uint8(2), []byte("a：1\n\tb: {c: 2， d: 3}\n---\n- *x\n"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := small(t)
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: data}
		_, list := policy.Load(files)
		for _, x := range list {
			if x.Line < 1 || x.Message.ZH == "" || x.Message.EN == "" {
				t.Errorf("an incomplete finding: %+v", x)
			}
		}
	})
}

// TestColumns: rows of a form that become rows of a record must fit column by column.
func TestColumns(t *testing.T) {
	t.Parallel()
	const venture = "mechanisms/venture.yaml"
	for columns, want := range map[string]string{
		"person: {zh: 人, en: Who, type: party, party: person}":                                               "",
		"person: {zh: 人, en: Who, type: party, party: person}, part: {zh: 比例, en: Part, type: share}":        "part",
		"person: {zh: 人, en: Who, type: text, max: 20}":                                                      "person",
		"person: {zh: 人, en: Who, type: party, party: person, optional: true}":                               "person",
		"name: {zh: 名, en: Name, type: text, max: 20}, person: {zh: 人, en: Who, type: party, party: person}": "",
		"name: {zh: 名, en: Name, type: text, max: 20}, who: {zh: 人, en: Who, type: party, party: person}":    "who",
	} {
		files := small(t)
		kinds := string(files["kinds.yaml"].Data)
		files["kinds.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(kinds, "    granted: {zh: 授权日", "    makers: {zh: 完成人, en: Makers, type: rows, optional: true, max: 9, rows: {person: {zh: 人, en: Who, type: party, party: person}, name: {zh: 名, en: Name, type: text, max: 20, optional: true}}}\n    granted: {zh: 授权日", 1))}
		form := string(files[venture].Data)
		at := strings.Index(form, "  disclosure:\n")
		fields := at + strings.Index(form[at:], "    fields:\n") + len("    fields:\n")
		files[venture] = &fstest.MapFile{Data: []byte(form[:fields] + "      makers: {zh: 完成人, en: Makers, type: rows, max: 9, rows: {" + columns + "}}\n" + form[fields:])}
		_, list := policy.Load(files)
		found := slices.ContainsFunc(list, func(f diag.Finding) bool {
			return f.Code == "wrong_columns" && want != "" && strings.Contains(f.Message.ZH, "“"+want+"”") && f.Hint.ZH != ""
		})
		if found != (want != "") || want == "" && len(list) > 0 {
			t.Errorf("%s: %v", columns, list)
		}
	}
}
