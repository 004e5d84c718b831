package register_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"kechuang/internal/identity"
	"kechuang/internal/register"
)

// book makes a workbook of rows of texts, with headings first.
func book(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", at, &r); err != nil {
			t.Fatal(err)
		}
	}
	return bytesOf(t, f)
}

func bytesOf(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func text(rows ...[]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(rows)
	return b.Bytes()
}

// upload takes a file in and checks it.
func (w *world) upload(name string, data []byte) register.Import {
	w.t.Helper()
	imp, err := w.NewImport(w.ctx, keeper, register.PartySheet, name, data)
	w.must(err)
	w.must(w.RunImport(w.ctx, imp.ID))
	return w.state(imp.ID)
}

func (w *world) state(id string) register.Import {
	w.t.Helper()
	imp, err := w.GetImport(w.ctx, keeper, id)
	w.must(err)
	return imp
}

func (w *world) confirm(imp register.Import, skip bool) register.Import {
	w.t.Helper()
	w.must(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{SkipBad: skip}))
	w.must(w.RunImport(w.ctx, imp.ID))
	return w.state(imp.ID)
}

// said gives an import's errors as "row column: text".
func (w *world) said(imp register.Import) []string {
	w.t.Helper()
	list, err := w.Messages(w.ctx, keeper, imp.ID, 0, 1000)
	w.must(err)
	var out []string
	for _, m := range list {
		if m.Error {
			out = append(out, fmt.Sprintf("%d %s: %s", m.Line, m.Column, m.Text.ZH))
		}
	}
	return out
}

func (w *world) marked(imp register.Import) *excelize.File {
	w.t.Helper()
	var b bytes.Buffer
	w.must(w.Marked(w.ctx, keeper, imp.ID, &b))
	f, err := excelize.OpenReader(&b)
	w.must(err)
	w.t.Cleanup(func() { f.Close() })
	return f
}

func TestTemplateGoesInAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var b bytes.Buffer
		w.must(w.Template(keeper, register.PartySheet, &b))
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		w.must(err)
		sheet := f.GetSheetList()[0]
		if sheet != "登记主体" {
			t.Fatal(f.GetSheetList())
		}
		rules, err := f.GetDataValidations(sheet)
		w.must(err)
		notes, err := f.GetComments(sheet)
		w.must(err)
		if len(rules) < 4 || len(notes) < 8 {
			t.Errorf("%d lists, %d notes", len(rules), len(notes))
		}
		if head, _ := f.GetCellValue(sheet, "B1"); head != "* 名称" {
			t.Error(head)
		}
		// untouched: the example is no row
		imp := w.upload("模板.xlsx", b.Bytes())
		if imp.Total != 0 || imp.State != register.Checked {
			t.Errorf("%+v", imp)
		}
		w.refused(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}), "register.import.nothing")
		// filled below the example, as Excel would keep it: a percent, a number, a choice by its title
		for cell, v := range map[string]any{"A3": "企业", "B3": "沈阳丙公司", "C3": code(3), "D3": "浑南区", "M3": 1234.56, "N3": "6.5%", "G3": "丙、小丙"} {
			w.must(f.SetCellValue(sheet, cell, v))
		}
		imp = w.upload("模板.xlsx", bytesOf(t, f))
		if imp.Good != 1 || imp.Bad != 0 {
			t.Fatalf("%+v %v", imp, w.said(imp))
		}
		imp = w.confirm(imp, false)
		if imp.State != register.Done || imp.Written != 1 {
			t.Fatalf("%+v", imp)
		}
		list, _, err := w.Search(w.ctx, "小丙", "", "", 5)
		w.must(err)
		if len(list) != 1 || list[0].Region != "210112" || list[0].Revenue != 1_234_560_000 || list[0].RDShare != 65_000 {
			t.Errorf("%+v", list)
		}
	})
}

// TestRowMessages is the whole way with errors: they name row and column, are marked in the user's own file, and the mended copy
// goes in.
func TestRowMessages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.mustPut(firm(50, "已有公司"))
		f := excelize.NewFile()
		defer f.Close()
		bold, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
		for i, r := range [][]any{{"2025 年单位清单"}, {"主体类型", "单位名称*", "统一社会信用代码", "上级单位", "上年度营业收入（万元）", "研发投入占比", "我的备注"},
			{"企业", "甲公司", code(1), "", "１２３", "", "记"}, {"企业", "乙公司", "91110000100003962T"}, {"国王", "", code(3)}, {},
			{"企业", "丁公司", code(4), "没有的单位", "-5"}, {"企业", "戊公司", code(5), "甲公司"}, {"企业", "己公司", code(1)}, {"企业", "已有公司", code(50), "", 99.5},
			{"企业", "庚公司", code(7), "", "100亿元三分"}, {"企业", "辛公司", code(8), "", "1000000.123456789"}} {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			w.must(f.SetSheetRow("Sheet1", at, &r))
		}
		w.must(f.SetCellStyle("Sheet1", "C4", "C4", bold))
		imp := w.upload("我的单位.xlsx", bytesOf(t, f))
		want := []string{
			"4 统一社会信用代码: 统一社会信用代码校验位不符：第 18 位应为 Y，现为 T",
			"5 主体类型: 主体类型：“国王”不在可选范围内：企业、高校、科研院所、医疗机构、中试基地、服务机构、基金、银行、政府部门、个人、其他",
			"5 名称: 名称：请填写",
			"7 上级单位: 登记库中没有“没有的单位”，或不止一个；请先登记，或改填统一社会信用代码",
			"7 上年度营业收入（万元）: 营业收入须在 0 与 1000000亿元 之间",
			"9 统一社会信用代码: 与第 3 行的统一社会信用代码重复",
			"11 上年度营业收入（万元）: 上年度营业收入（万元）：“100亿元三分”不是金额",
			"12 上年度营业收入（万元）: 上年度营业收入（万元）：“1000000.12345679万元”不足一分的部分不能填写",
		}
		if diff := cmp.Diff(want, w.said(imp)); diff != "" {
			t.Error(diff)
		}
		if imp.Total != 9 || imp.Good != 3 || imp.Bad != 6 || len(imp.Notes) != 1 || !strings.Contains(imp.Notes[0].ZH, "我的备注") {
			t.Errorf("%+v", imp)
		}
		if got := w.search("公司"); len(got) != 1 {
			t.Error("a dry run wrote", got)
		}
		m := w.marked(imp)
		cell := func(at string) string { v, _ := m.GetCellValue("Sheet1", at); return v }
		if cell("H2") != "校验结果" || cell("H3") != "通过" || !strings.Contains(cell("H4"), "应为 Y") || !strings.Contains(cell("H10"), "将更新“已有公司”的上年度营业收入") || cell("A1") != "2025 年单位清单" || cell("G3") != "记" {
			t.Errorf("%q %q %q %q", cell("H2"), cell("H3"), cell("H4"), cell("H10"))
		}
		isRed := func(at string) bool {
			id, _ := m.GetCellStyle("Sheet1", at)
			st, err := m.GetStyle(id)
			return err == nil && len(st.Fill.Color) == 1 && strings.Contains(strings.ToUpper(st.Fill.Color[0]), "FDA29B")
		}
		for at, want := range map[string]bool{"C4": true, "A5": true, "B5": true, "C5": false, "D7": true, "C3": false, "H3": false, "H4": true} {
			if isRed(at) != want {
				t.Errorf("%s red: %v", at, !want)
			}
		}
		if id, _ := m.GetCellStyle("Sheet1", "C4"); true {
			if st, err := m.GetStyle(id); err != nil || st.Font == nil || !st.Font.Bold {
				t.Error("the user's own format is lost")
			}
		}
		w.refused(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}), "register.import.bad")
		imp = w.confirm(imp, true)
		if imp.State != register.Done || imp.Written != 3 || imp.Bad != 6 {
			t.Errorf("%+v", imp)
		}
		if got := w.search("戊公司"); len(got) != 1 {
			t.Error(got)
		}
		w.refused(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{SkipBad: true}), "register.import.state")
		// the marked copy, mended, goes in: its own columns are understood
		w.must(m.SetCellStr("Sheet1", "C4", code(2)))
		again := w.upload("改.xlsx", bytesOf(t, m))
		if again.Bad != 5 || again.Good != 4 {
			t.Errorf("%+v %v", again, w.said(again))
		}
	})
}

func TestTextFiles(t *testing.T) {
	rows := [][]string{{"主体类型", "名称", "统一社会信用代码", "别名", "地址"}, {"企业", "沈阳镕铱䶮公司", code(1), "甲、乙", "沈阳市\n浑南区"}, {"企业", "乙公司", code(2), "", "'-5号楼"}, {"企业", "丙公司", "X", "", "'O'Neil 路"}}
	utf8 := text(rows...)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(utf8)
	if err != nil {
		t.Fatal(err)
	}
	tabs := bytes.ReplaceAll(utf8, []byte(","), []byte("\t"))
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(tabs)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, w *world) {
		for name, data := range map[string][]byte{"UTF-8": utf8, "BOM": append([]byte("\xEF\xBB\xBF"), utf8...), "GB18030": gb, "tabs": tabs, "UTF-16": utf16,
			"semicolons": bytes.ReplaceAll(utf8, []byte(","), []byte(";")), "CRLF": bytes.ReplaceAll(utf8, []byte("\n"), []byte("\r\n"))} {
			imp := w.upload(name+".csv", data)
			if imp.Total != 3 || imp.Bad != 2 { // the address of row 2 breaks its line; row 4's code is wrong
				t.Errorf("%s: %+v %v", name, imp, w.said(imp))
			}
			if said := w.said(imp); !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, "4 统一") }) || !strings.HasPrefix(said[0], "2 地址") {
				t.Errorf("%s: rows are counted otherwise than Excel does: %v", name, said)
			}
			m := w.marked(imp)
			if v, _ := m.GetCellValue("Sheet1", "F4"); !strings.Contains(v, "18 位") {
				t.Errorf("%s: marked %q", name, v)
			}
			if v, _ := m.GetCellValue("Sheet1", "B2"); v != "沈阳镕铱䶮公司" {
				t.Errorf("%s: %q", name, v)
			}
		}
		imp := w.confirm(w.upload("a.csv", utf8), true)
		if imp.Written != 1 {
			t.Errorf("%+v", imp)
		}
		list, _, err := w.Search(w.ctx, "乙公司", "", "", 5)
		w.must(err)
		if len(list) != 1 || list[0].Address != "-5号楼" {
			t.Errorf("%+v", list)
		}
	})
}

func TestExport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad := firm(1, "=cmd|' /C calc'!A0")
		bad.Address, bad.Contact, bad.Aliases = "+1+1", "-2", []string{"@SUM(A1)"}
		bad.Revenue, bad.RDShare = 123_456_789, 65_000
		w.mustPut(bad)
		parent := w.mustPut(firm(2, "甲集团"))
		child := firm(3, "甲一公司")
		child.Parent = parent.ID
		w.mustPut(child)
		w.mustPut(register.Party{Kind: register.Person, Name: "张三", Employer: parent.ID, Expert: true, Expertise: []string{"密封"}})
		for _, format := range []register.Format{register.CSV, register.XLSX} {
			var b bytes.Buffer
			w.must(w.Export(w.ctx, keeper, register.PartySheet, "", format, &b))
			if format == register.CSV {
				if !bytes.HasPrefix(b.Bytes(), []byte("\xEF\xBB\xBF")) {
					t.Error("no mark of UTF-8")
				}
				records, err := csv.NewReader(bytes.NewReader(b.Bytes()[3:])).ReadAll()
				w.must(err)
				for _, r := range records {
					for _, c := range r {
						if c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
							t.Errorf("a live cell: %q", c)
						}
					}
				}
			} else {
				f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
				w.must(err)
				all, err := f.GetRows("登记主体")
				w.must(err)
				for i, r := range all {
					for j := range r {
						at, _ := excelize.CoordinatesToCellName(j+1, i+1)
						if formula, _ := f.GetCellFormula("登记主体", at); formula != "" {
							t.Errorf("a formula at %s: %s", at, formula)
						}
					}
				}
				f.Close()
			}
			// what comes out goes in: nothing changes, except that what looks like a formula is refused at the door
			imp := w.upload("导出."+string(format), b.Bytes())
			if imp.Good != 3 || imp.Bad != 1 {
				t.Errorf("%s: %+v %v", format, imp, w.said(imp))
			}
			imp = w.confirm(imp, true)
			list, _, err := w.Search(w.ctx, "甲", "", "", 5)
			w.must(err)
			if imp.Written != 3 || len(list) != 2 || list[0].Revision != 1 || list[1].Revision != 1 {
				t.Errorf("%s: %+v %+v", format, imp, list)
			}
		}
		officer := identity.Actor{Account: "acc_o", Offices: []string{"bureau.leaders"}, Token: "tok_1", Scopes: []string{identity.ScopeRead}}
		w.refused(w.Export(w.ctx, officer, register.PartySheet, "", register.CSV, io.Discard), "register.forbidden") // the pool of experts does not leave in one file
		agent := identity.Actor{Account: "acc_a", Parties: []identity.Member{{Party: parent.ID, Role: identity.MemberOwner}}}
		var b bytes.Buffer
		w.refused(w.Export(w.ctx, agent, register.PartySheet, "", register.CSV, &b), "register.forbidden")
		w.refused(w.Export(w.ctx, nobody, register.PartySheet, "", register.CSV, &b), "identity.sign_in")
		w.refused(w.Export(w.ctx, keeper, "nothing", "", register.CSV, &b), "register.sheet.none")
		w.refused(w.Export(w.ctx, keeper, register.PartySheet, "", "pdf", &b), "register.format")
		if b.Len() != 0 {
			t.Error("something came out")
		}
	})
}

// TestNeutralRoundTrip: whatever text a party holds comes out of a CSV file harmless and goes in as it was, or is refused.
func TestNeutralRoundTrip(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		serial := 0
		rapid.Check(t, func(rt *rapid.T) {
			serial++
			p := firm(serial, fmt.Sprint("公司", serial))
			p.Address = rapid.StringOf(rapid.SampledFrom([]rune("'=+-@|!(a1 中,;\"＝路"))).Draw(rt, "address")
			p, err := w.put(keeper, p)
			if err != nil {
				rt.Fatal(err)
			}
			var b bytes.Buffer
			if err := w.Export(w.ctx, keeper, register.PartySheet, p.USCC, register.CSV, &b); err != nil {
				rt.Fatal(err)
			}
			imp := w.upload("x.csv", b.Bytes())
			said := w.said(imp)
			if len(said) > 0 {
				if !strings.Contains(said[0], "公式") {
					rt.Fatal(said)
				}
				return
			}
			w.confirm(imp, false)
			list, _, err := w.Search(w.ctx, p.USCC, "", "", 1)
			if err != nil || len(list) != 1 || list[0].Address != p.Address {
				rt.Fatalf("%q came back as %+v %v", p.Address, list, err)
			}
		})
	})
}
