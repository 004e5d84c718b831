package register_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var head = []any{"主体类型", "名称", "统一社会信用代码"}

// parts rewrites a workbook's parts; an empty result drops a part.
func parts(t testing.TB, data []byte, change func(name string, body []byte) []byte, more map[string]string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	add := func(name string, body []byte) {
		w, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(body)
	}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r)
		if change != nil {
			body = change(f.Name, body)
		}
		if body != nil {
			add(f.Name, body)
		}
	}
	for name, body := range more {
		add(name, []byte(body))
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetXML replaces the rows of the first sheet.
func sheetXML(t testing.TB, rows string) []byte {
	return parts(t, book(t, head), func(name string, body []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" {
			before, _, _ := bytes.Cut(body, []byte("<sheetData"))
			return []byte(string(before) + "<sheetData>" + rows + "</sheetData></worksheet>")
		}
		return body
	}, nil)
}

const headXML = `<row r="1"><c r="A1" t="inlineStr"><is><t>主体类型</t></is></c><c r="B1" t="inlineStr"><is><t>名称</t></is></c><c r="C1" t="inlineStr"><is><t>信用代码</t></is></c></row>`

// bomb is a workbook with a part that inflates to the size, and whose directory claims another.
func bomb(t testing.TB, part string, size int64, claim uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	fl, _ := flate.NewWriter(&packed, flate.BestCompression)
	block := bytes.Repeat([]byte(" "), 1<<20)
	io.WriteString(fl, `<worksheet><sheetData>`+headXML)
	for n := int64(0); n < size; n += int64(len(block)) {
		fl.Write(block)
	}
	fl.Close()
	base := parts(t, book(t, head), func(name string, body []byte) []byte {
		if name == part {
			return nil
		}
		return body
	}, nil)
	in, _ := zip.NewReader(bytes.NewReader(base), int64(len(base)))
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		out.Copy(f)
	}
	w, err := out.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: claim, CRC32: 1})
	if err != nil {
		t.Fatal(err)
	}
	w.Write(packed.Bytes())
	out.Close()
	return b.Bytes()
}

func TestHostileFiles(t *testing.T) {
	good := book(t, head, []any{"企业", "甲公司", code(1)})
	var encrypted bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&encrypted, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	manyColumns := "<row r=\"1\">" + strings.Repeat("<c/>", 1_000_000) + "</row>"
	manyRows := &strings.Builder{}
	manyRows.WriteString(headXML)
	for i := range register.MaxRows + 100 {
		fmt.Fprintf(manyRows, `<row r="%d"><c r="A%d"><v>1</v></c></row>`, i+2, i+2)
	}
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1000)...)
	files := map[string]struct {
		data []byte
		id   string
		says string // in Chinese
	}{
		"empty":               {nil, "register.file.empty", "空"},
		"too large":           {make([]byte, register.MaxFile+1), "register.file.large", "超过 30 MB"},
		"encrypted":           {encrypted.Bytes(), "register.file.encrypted", "密码"},
		".xls":                {ole, "register.file.xls", ".xls"},
		"PDF":                 {[]byte("%PDF-1.7 ..."), "register.file.other", "不是 Excel"},
		"HTML":                {[]byte("  <HTML><table><tr><td>名称</td></tr></table>"), "register.file.html", "网页"},
		"XML":                 {[]byte("<?xml version=\"1.0\"?><Workbook/>"), "register.file.html", "XML"},
		"a plain archive":     {parts(t, good, func(n string, b []byte) []byte { return nil }, map[string]string{"a.txt": "x"}), "register.file.other", "压缩包"},
		"macros":              {parts(t, good, nil, map[string]string{"xl/vbaProject.bin": "x"}), "register.file.macro", "宏"},
		"binary":              {parts(t, good, nil, map[string]string{"xl/workbook.bin": "x"}), "register.file.xlsb", ".xlsb"},
		"two parts, one name": {parts(t, good, nil, map[string]string{"XL\\worksheets\\sheet1.xml": "x"}), "register.file.twice", "重名"},
		"many parts": {parts(t, good, nil, func() map[string]string {
			m := map[string]string{}
			for i := range 2100 {
				m[fmt.Sprint("p", i)] = ""
			}
			return m
		}()), "register.file.bomb", "部件过多"},
		"bomb in a sheet":          {bomb(t, "xl/worksheets/sheet1.xml", 1<<20, 1<<30), "register.file.bomb", "过大"},
		"bomb in the styles":       {bomb(t, "xl/styles.xml", 1<<20, 64<<20), "register.file.bomb", "过大"},
		"bomb that lies":           {bomb(t, "xl/worksheets/sheet1.xml", 300<<20, 1000), "register.file.broken", "损坏"},
		"cut off":                  {good[:len(good)/2], "register.file.broken", "损坏"},
		"a byte changed":           {flip(good), "register.file.broken", "损坏"},
		"no relations":             {parts(t, good, drop("xl/_rels/workbook.xml.rels"), nil), "register.file.", ""},
		"no sheet":                 {parts(t, good, drop("xl/worksheets/sheet1.xml"), nil), "register.file.", ""},
		"sheet of UTF-16":          {parts(t, good, replace("xl/worksheets/sheet1.xml", "\xFF\xFE<\x00w\x00"), nil), "register.file.", ""},
		"sheet that is none":       {parts(t, good, replace("xl/worksheets/sheet1.xml", "{}"), nil), "register.file.empty", "空"},
		"workbook that nests":      {parts(t, good, replace("xl/workbook.xml", strings.Repeat("<a>", 100_000)), nil), "register.file.", ""},
		"entities":                 {parts(t, good, replace("xl/sharedStrings.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`), nil), "register.file.", ""},
		"a million columns":        {sheetXML(t, manyColumns), "register.file.columns", "超过 256 列"},
		"a cell far right":         {sheetXML(t, headXML+`<row r="2"><c r="XFD2"><v>1</v></c></row>`), "register.file.columns", "超过 256 列"},
		"too many rows":            {sheetXML(t, manyRows.String()), "register.file.large", "超过 100000 行"},
		"a million columns, text":  {[]byte("主体类型,名称" + strings.Repeat(",x", 1_000_000) + "\n企业,甲\n"), "register.file.columns", "超过 256 列"},
		"wrong template":           {book(t, []any{"项目", "金额", "名称"}, []any{"a", 1, "b"}), "register.file.template", "缺少列：主体类型；不认识的列：项目、金额"},
		"wrong template, text":     {[]byte("rid\ttitle\tcontent\n1\t题目\t内容\n"), "register.file.template", "不认识的列：rid、title、content"},
		"a heading twice":          {book(t, []any{"主体类型", "名称", "单位名称"}, []any{"企业", "甲"}), "register.file.twice_headed", "名称"},
		"nothing at all":           {book(t), "register.file.empty", "空"},
		"quotes that do not match": {[]byte("主体类型,名称\n企业,\"甲\n"), "register.file.csv", "第 2 行"},
		"no text":                  {append([]byte("主体类型,名称\n"), bytes.Repeat([]byte{0, 0xFF, 0x81}, 500)...), "register.file.encoding", "编码"},
	}
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	w := newWorld(t, db)
	for name, c := range files {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			imp, err := w.NewImport(context.Background(), keeper, register.PartySheet, name, c.data)
			if err == nil { // what only the rows show
				if err = w.RunImport(w.ctx, imp.ID); err == nil {
					if imp = w.state(imp.ID); imp.State == register.Stopped {
						err = refusal.New(refusal.Invalid, "register.file.stopped", imp.Notes[0])
					}
				}
			}
			runtime.ReadMemStats(&after)
			var l refusal.List
			if l = refusal.Of(err); len(l) != 1 || !strings.HasPrefix(l[0].ID, c.id) && l[0].ID != "register.file.stopped" || !strings.Contains(l[0].Text.ZH, c.says) || l[0].Text.EN == "" {
				t.Errorf("%v", err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 400<<20 {
				t.Errorf("allocated %d MB", used>>20)
			}
		})
	}
}

// flip changes one byte in the middle of what is packed.
func flip(data []byte) []byte {
	out := bytes.Clone(data)
	at := bytes.LastIndex(out, []byte("PK\x03\x04"))
	n := int(binary.LittleEndian.Uint16(out[at+26:]))
	out[at+30+n+20] ^= 0x55
	return out
}

func drop(part string) func(string, []byte) []byte {
	return func(name string, body []byte) []byte {
		if name == part {
			return nil
		}
		return body
	}
}

func replace(part, with string) func(string, []byte) []byte {
	return func(name string, body []byte) []byte {
		if name == part {
			return []byte(with)
		}
		return body
	}
}

// TestHostileCells: the file is one, its cells are not.
func TestHostileCells(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	w := newWorld(t, db)
	row := func(cells string) string { return headXML + `<row r="2">` + cells + `</row>` }
	for name, c := range map[string]struct{ rows, want string }{
		"formula":          {row(`<c r="A2" t="str"><f>"企"&amp;"业"</f><v>企业</v></c><c r="B2" t="inlineStr"><is><t>甲</t></is></c>`), "2 主体类型: 主体类型：不能填写公式"},
		"shared formula":   {row(`<c r="A2" t="inlineStr"><is><t>企业</t></is></c><c r="B2"><f t="shared" si="0"/><v>1</v></c>`), "2 名称: 名称：不能填写公式"},
		"prefixed formula": {row(`<c r="B2"><x:f xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">1</x:f><v>1</v></c>`), "2 名称: 名称：不能填写公式"},
		"text formula":     {row(`<c r="B2" t="inlineStr"><is><t>=HYPERLINK("http://x")</t></is></c>`), "2 名称: 名称：不能填写公式；请复制后“只粘贴值”"},
		"command":          {row(`<c r="B2" t="inlineStr"><is><t>+cmd|' /C calc'!A0</t></is></c>`), "2 名称: 名称：不能填写公式；请复制后“只粘贴值”"},
		"5 MB":             {row(`<c r="B2" t="inlineStr"><is><t>` + strings.Repeat("长", 5<<20/3) + `</t></is></c>`), "2 名称: 名称：最多 100 个字，现为 1747626 个"},
		"long number":      {row(`<c r="C2"><v>9.1210112000000005E+17</v></c>`), "末尾几位已丢失"},
		"error cell":       {row(`<c r="B2" t="e"><v>#REF!</v></c>`), ""},
		"line break":       {row(`<c r="B2" t="inlineStr"><is><t xml:space="preserve">甲` + "&#10;" + `乙</t></is></c>`), "2 名称: 名称：含换行、乱码或不可见字符"},
		"far down":         {headXML + `<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>甲</t></is></c></row>`, "1048576 主体类型: 主体类型：请填写"},
		"beyond the heads": {row(`<c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="F2"><v>7</v></c>`), "2 : 第 6 列超出表头，内容“7”无法识别"},
	} {
		imp := w.upload(name+".xlsx", sheetXML(t, c.rows))
		said := w.said(imp)
		if imp.Good != 0 || imp.Bad != 1 || !strings.Contains(strings.Join(said, "\n"), c.want) {
			t.Errorf("%s: want %q, got %v %+v", name, c.want, said, imp)
		}
		w.marked(imp)
	}
}

// TestNothingPanics changes bytes of good files at random: each is taken, or refused in words.
func TestNothingPanics(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	w := newWorld(t, db)
	good := [][]byte{book(t, head, []any{"企业", "甲公司", code(1)}, []any{"企业", "乙公司", code(2), 7}), text([]string{"主体类型", "名称"}, []string{"企业", "甲"})}
	xml := `<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>主体类型</t></is></c><c r="B1" t="inlineStr"><is><t>名称</t></is></c></row><row r="2"><c r="A2"><f>1</f><v>1</v></c></row>`
	rapid.Check(t, func(rt *rapid.T) {
		var data []byte
		if rapid.Bool().Draw(rt, "inside") { // inside the sheet, where the checksum does not help
			body := []byte(xml)
			for range rapid.IntRange(1, 4).Draw(rt, "changes") {
				body[rapid.IntRange(0, len(body)-1).Draw(rt, "at")] = rapid.SampledFrom([]byte("<>/\"=1AZ \x00&;:")).Draw(rt, "byte")
			}
			data = sheetXML(t, string(body))
		} else {
			data = bytes.Clone(rapid.SampledFrom(good).Draw(rt, "file"))
			for range rapid.IntRange(1, 6).Draw(rt, "changes") {
				data[rapid.IntRange(0, len(data)-1).Draw(rt, "at")] ^= byte(rapid.IntRange(1, 255).Draw(rt, "with"))
			}
		}
		imp, err := w.NewImport(w.ctx, keeper, register.PartySheet, "x", data)
		if err == nil {
			if err = w.RunImport(w.ctx, imp.ID); err == nil {
				err = w.Marked(w.ctx, keeper, imp.ID, io.Discard)
			}
		}
		if err != nil && refusal.Of(err) == nil {
			rt.Fatalf("%v", err)
		}
	})
}
