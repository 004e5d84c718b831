package packs

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
	"kechuang/internal/policy/prove"
)

// slip is a mistake of somebody who writes their first pack, made in the one that `kechuang pack new` writes: what is done, and what must
// be said of it, where, and with a way out.
type slip struct {
	title, file, old, new string // old "" writes the whole file; new "" with old "-" drops it
	at, code, says, way   string // at is file:line
}

const (
	voucherFile = "mechanisms/voucher.yaml"
	numberFile  = "parameters.yaml"
	slipPage    = "templates/voucher_slip.html"
)

var slips = []slip{
	{"wrong indentation", voucherFile, "    submit:   {zh: 提交", "   submit:   {zh: 提交", voucherFile + ":42", "yaml", "缩进", "对齐"},
	{"indented too far", voucherFile, "    approve:  {zh", "      approve:  {zh", voucherFile + ":47", "yaml", "缩进多了", "对齐"},
	{"a tab", voucherFile, "    submit:   {zh: 提交", "\tsubmit:   {zh: 提交", voucherFile + ":42", "yaml", "制表符", "空格"},
	{"a full-width colon", voucherFile, "opener:  firm", "opener：  firm", voucherFile + ":9", "yaml", "全角冒号", "半角冒号"},
	{"a full-width colon in braces", voucherFile, "{zh: 申请企业, en: Enterprise, party: enterprise}", "{zh：申请企业, en: Enterprise, party: enterprise}", voucherFile + ":12", "full_width_colon", "全角冒号", "zh: …"},
	{"full-width commas in braces", voucherFile, "{zh: 申请企业, en: Enterprise, party: enterprise}", "{zh: 申请企业， en: Enterprise， party: enterprise}", voucherFile + ":12", "yaml", "全角逗号", "半角逗号"},
	{"an alias", voucherFile, "basis:   [system]", "basis: *b", voucherFile + ":7", "yaml", "锚点", "引号"},
	{"a merge key", voucherFile, "  waiting:\n", "  waiting:\n    <<: {zh: 甲}\n", voucherFile + ":45", "anchor", "合并键", "blocks"},
	{"a key twice", voucherFile, "opener:  firm", "opener:  firm\nopener: officer", voucherFile + ":10", "repeated_key", "写了两次", "删去"},
	{"a second document", voucherFile, "ends:\n", "---\nends:\n", voucherFile + ":86", "yaml", "另一份文档", "---"},
	{"an empty file", voucherFile, "", "", voucherFile + ":1", "empty_file", "没有内容", "删去"},
	{"a file of comments", voucherFile, "", "# 待写\n", voucherFile + ":1", "empty_file", "没有内容", "删去"},
	{"a file that is a list", numberFile, "", "- a\n- b\n", numberFile + ":1", "not_mapping", "对照", ""},
	{"seats as a list", voucherFile, "seats:                                   # 谁坐在哪里：企业自己开，处室由人坐\n", "seats: [firm, officer]\nrules:\n", voucherFile + ":11", "not_mapping", "对照", ""},
	{"a huge file", voucherFile, "", "a: " + strings.Repeat("x", 5<<20), voucherFile + ":1", "too_large", "4 MB", ""},
	{"not UTF-8", voucherFile, "", "title: \xba\xcf\xb7\xca\n", voucherFile + ":1", "yaml", "UTF-8", "另存为"},
	{"not text", voucherFile, "", "\x00\x01\x02", voucherFile + ":1", "yaml", "文本文件", ""},
	{"nested without end", voucherFile, "", "a: " + strings.Repeat("[", 20000), voucherFile + ":1", "yaml", "嵌套", ""},
	{"a word of another language", voucherFile, "by: firm, fill: receipt, to: paying", "by: firm, form: receipt, to: paying", voucherFile + ":65", "unknown_key", "form", "fill"},
	{"a seat misspelt", voucherFile, "by: finance\n", "by: finanse\n", voucherFile + ":71", "unknown_seat", "finanse", "finance"},
	{"a name in Chinese", voucherFile, "mechanism: voucher", "mechanism: 创新券", voucherFile + ":2", "bad_name", "小写英文", "zh"},
	{"money without a unit", numberFile, "value: 20万元", "value: 200000", numberFile + ":2", "bad_value", "没有单位", "万元"},
	{"a fraction for a share", numberFile, "value: 50%", "value: 0.5", numberFile + ":3", "bad_value", "百分数", "20%"},
	{"a number without a source", numberFile, "type: workdays, value: 10, basis: system,", "type: workdays, value: 10,", numberFile + ":4", "missing_key", "basis", ""},
	{"a source nobody says how sure", numberFile, "basis: system, clause: \"\", trust: A, note: {zh: 示例, en: An example}}", "basis: system}", numberFile + ":4", "missing_key", "trust", ""},
	{"a trust that is none", numberFile, "clause: \"\", trust: K", "clause: \"\", trust: 高", numberFile + ":6", "bad_value", "可信程度", "L"},
	{"a unit of another kind", numberFile, "type: workdays, value: 10,", "type: workdays, value: 10天,", numberFile + ":4", "bad_value", "10天", "type"},
	{"money bare in a condition", voucherFile, "request.ask <= param.voucher_cap", "request.ask <= 20万元", voucherFile + ":27", "syntax", "写法不对", "money('20万元')"},
	{"one equals sign", voucherFile, "request.ask > money('0元') &&", "request.ask = money('0元') &&", voucherFile + ":27", "syntax", "写法不对", "=="},
	{"and as a word", voucherFile, "money('0元') && ", "money('0元') and ", voucherFile + ":27", "syntax", "写法不对", "&&"},
	{"full-width signs in a condition", voucherFile, "request.ask > money", "request.ask ＞ money", voucherFile + ":27", "syntax", "写法不对", "半角"},
	{"a form by its Chinese name", voucherFile, "request.ask > money", "申请金额 > money", voucherFile + ":27", "syntax", "写法不对", "英文名称"},
	{"a round without a way out", voucherFile, "    give_up:  {zh: 放弃, en: Give it up, by: firm, say: true, to: ended}\n    deadline: {after: 365 days, to: lapsed}", "    deadline: {after: 365 days, escalate: officer}", voucherFile + ":56", "", "兜圈子", "不带条件"},
	{"no deadline", voucherFile, "    deadline: {after: param.check_days, escalate: leader}\n", "", voucherFile + ":44", "", "没有期限", "deadline"},
	{"no mechanism", "mechanisms", "-", "", "scenarios/voucher/1-voucher.txtar:1", "unknown_mechanism", "voucher", ""},
	{"shares of no share", voucherFile, "      price: {zh: 检测费, en: Price, type: money}\n", "      price: {zh: 检测费, en: Price, type: money}\n      plan: {zh: 分配, en: Plan, type: rows, whole: part, rows: {part: {zh: 比例, en: Part, type: money}}}\n", voucherFile + ":25", "whole", "share", ""},
	{"another ending", "mechanisms/more.yml", "", "mechanism: more\n", "mechanisms/more.yml:1", "unknown_file", ".yml", ".yaml"},
	{"a file misspelt", "paramters.yaml", "", "a: 1\n", "paramters.yaml:1", "unknown_file", "不会被读到", "parameters"},
	{"a folder misspelt", "mechanism/more.yaml", "", "a: 1\n", "mechanism/more.yaml:1", "unknown_file", "不会被读到", "mechanisms"},
	{"stories of nobody", "scenarios/vouchr/a.txtar", "", "\n", "scenarios/vouchr/a.txtar:1", "unknown_mechanism", "vouchr", "voucher"},
	{"stories with another ending", "scenarios/voucher/a.txt", "", "\n", "scenarios/voucher/a.txt:1", "unknown_file", ".txtar", ".txtar"},
	{"a region by name", "pack.yaml", `"000000"`, "合肥", "pack.yaml:4", "bad_value", "行政区划", "360100"},
	{"a page that names no field", slipPage, `"request.work"`, `"request.wrok"`, slipPage + ":4", "unknown_field", "request.wrok", "request.work"},
	{"a page with a bare word", slipPage, `{{.Text "request.work"}}`, `{{申请表.检测内容}}`, slipPage + ":4", "unknown_word", "申请表", ""},
	{"a page with a word that is none", slipPage, `{{.Text "request.work"}}`, `{{.Txt "request.work"}}`, slipPage + ":4", "unknown_word", "Txt", "Text"},
	{"a page without its braces", slipPage, `{{.Text "request.work"}}`, `{{.Text "request.work"`, slipPage + ":4", "template", "模板写法不对", "}}"},
	{"a page of nobody's seat", slipPage, `{{.Seat "firm"}}`, `{{.Seat "frim"}}`, slipPage + ":3", "unknown_seat", "frim", "firm"},
	{"an empty page", slipPage, "", " \n", slipPage + ":1", "empty_file", "没有内容", ""},
	{"no page", slipPage, "-", "", voucherFile + ":82", "no_template", "没有模板", "voucher_slip.html"},
}

// TestNewcomers makes each mistake in the pack that begins, and looks for what is said of it: never nothing, never a panic.
func TestNewcomers(t *testing.T) {
	t.Parallel()
	start, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	start["pack.yaml"] = []byte("id: some\nversion: \"1\"\ntitle: {zh: 某市, en: Some city}\nregion: \"000000\"\nbase: national\n")
	for _, s := range slips {
		t.Run(s.title, func(t *testing.T) {
			t.Parallel()
			found := said(t, s.made(t, start))
			i := slices.IndexFunc(found, func(f diag.Finding) bool {
				return strings.Contains(f.Message.ZH, s.says) && strings.Contains(f.Hint.ZH, s.way) && (s.code == "" || f.Code == s.code)
			})
			if i < 0 {
				t.Fatalf("nobody says %q and %q (%s):\n%s", s.says, s.way, s.code, found)
			}
			if f := found[i]; s.at != "" && f.File+":"+strconv.Itoa(f.Line) != s.at {
				t.Errorf("it is said of %s:%d, and is at %s", f.File, f.Line, s.at)
			}
			for _, f := range found {
				if f.Message.EN == "" || f.Line < 1 || f.File == "" || (f.Hint.IsZero() && !strings.HasPrefix(f.Code, "unknown_")) {
					t.Errorf("an incomplete finding: %+v", f)
				}
			}
			if len(found) > 12 {
				t.Errorf("%d findings of one slip: the first thing is drowned\n%s", len(found), found)
			}
		})
	}
}

// made is the pack with the mistake in it.
func (s slip) made(t *testing.T, start map[string][]byte) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	for name, data := range start {
		dir[name] = &fstest.MapFile{Data: data}
	}
	switch s.old {
	case "":
		dir[s.file] = &fstest.MapFile{Data: []byte(s.new)}
	case "-":
		maps.DeleteFunc(dir, func(name string, _ *fstest.MapFile) bool {
			return name == s.file || strings.HasPrefix(name, s.file+"/")
		})
	default:
		text := string(dir[s.file].Data)
		if !strings.Contains(text, s.old) {
			t.Fatalf("%s does not hold %q", s.file, s.old)
		}
		dir[s.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, s.old, s.new, 1))}
	}
	return dir
}

// said is all that check says of a pack.
func said(t *testing.T, dir fs.FS) (list diag.List) {
	t.Helper()
	pack, list := policy.Load(Open(dir))
	if len(list) > 0 {
		return list
	}
	for _, m := range pack.Mechanisms {
		for _, v := range prove.Prove(pack, m) {
			list = append(list, v.Findings...)
		}
	}
	return append(list, prove.Idle(pack)...)
}
