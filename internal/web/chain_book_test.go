package web_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/chain"
	"kechuang/internal/web"
)

// book is what an answer holds, as a workbook.
func (v *visitor) book(t *testing.T, path string) *excelize.File {
	t.Helper()
	status, body := v.send("GET", path, nil)
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if status != http.StatusOK || err != nil {
		t.Fatalf("%s: %d %v", path, status, err)
	}
	return f
}

func bytesOf(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestChainBook: a map goes out as a workbook and in again without a change; what was added by name is taken in; what is wrong is told
// by sheet, row and column, all at once, and nothing is written.
func TestChainBook(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	take := func(f *excelize.File, try bool) (n web.ChainTaken, status int, said string) {
		status, body := keeper.send("POST", "/api/chains/imports", map[string]any{"books": map[string][]byte{"图谱.xlsx": bytesOf(t, f)}, "source": "企业调研", "try": try})
		_ = json.Unmarshal(body, &n)
		return n, status, string(body)
	}
	was := get[chain.Map](keeper, "/api/chains/export?chain=C06")
	f := keeper.book(t, "/api/chains/book.xlsx?chain=C06")
	if n, status, said := take(f, false); status != 200 || n.Nodes+n.Edges+n.Supplies != 0 || n.Same != len(was.Nodes)+len(was.Edges)+len(was.Supplies) || n.Same == 0 {
		t.Fatalf("what went out comes in otherwise: %+v %d %s", n, status, said)
	}
	nodes, edges, supplies := len(was.Nodes)+2, len(was.Edges)+2, len(was.Supplies)+2
	row := func(sheet string, at int, cells ...any) {
		if err := f.SetSheetRow(sheet, cellAt(t, at), &cells); err != nil {
			t.Fatal(err)
		}
	}
	row("节点", nodes, "wrist", "机器人手腕（试）", "", "产品", "部件", "机器人", "中游", "6", "9")
	row("关系", edges, "机器人手腕（试）", "供给", "工业机器人整机", "", "企业调研", "是")
	row("供应", supplies, "wrist", "JPN", "", "40%")
	if n, status, said := take(f, true); status != 200 || n.Nodes != 1 || n.Edges != 1 || n.Supplies != 1 {
		t.Fatalf("%+v %d %s", n, status, said)
	}
	if now := get[chain.Map](keeper, "/api/chains/export?chain=C06"); len(now.Nodes) != len(was.Nodes) {
		t.Error("a trial wrote")
	}
	row("节点", nodes+1, "wrist", "又一个", "", "东西", "", "造船", "", "12")
	row("关系", edges+1, "没有的节点", "供给", "robot")
	row("供应", supplies+1, "wrist", "日本", "", "一半")
	_, status, said := take(f, false)
	for _, want := range []string{"“节点”表第", "D 列", "不在可选范围内", "“供应”表第", "D 列"} {
		if status != 422 || !strings.Contains(said, want) {
			t.Errorf("%d, %s is not said: %s", status, want, said)
		}
	}
	row("节点", nodes+1, "wrist", "又一个", "", "产品", "", "造船", "", "12")
	row("供应", supplies+1, "wrist", "日本", "", "50%")
	_, status, said = take(f, false)
	for _, want := range []string{"出现了两次", "没有的节点", "三位字母"} {
		if status != 422 || !strings.Contains(said, want) {
			t.Errorf("%d, %s is not said: %s", status, want, said)
		}
	}
	for sheet, at := range map[string]int{"节点": nodes + 1, "关系": edges + 1, "供应": supplies + 1} {
		if err := f.RemoveRow(sheet, at); err != nil {
			t.Fatal(err)
		}
	}
	if n, status, said := take(f, false); status != 200 || n.Nodes != 1 {
		t.Fatalf("%+v %d %s", n, status, said)
	}
	now := get[chain.Map](keeper, "/api/chains/export?chain=C06")
	if len(now.Nodes) != len(was.Nodes)+1 || len(now.Edges) != len(was.Edges)+1 || len(now.Supplies) != len(was.Supplies)+1 {
		t.Errorf("%d nodes, %d edges, %d supplies", len(now.Nodes), len(now.Edges), len(now.Supplies))
	}
	if n := len(keeper.book(t, "/api/chains/book.xlsx?template=true").GetSheetList()); n != 3 {
		t.Errorf("the template has %d sheets", n)
	}
	if status, body := s.as(t, "qiye").send("GET", "/api/chains/book.xlsx", nil); status != 403 {
		t.Errorf("an enterprise takes the whole map out: %d %s", status, body)
	}
}

func cellAt(t *testing.T, row int) string {
	name, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		t.Fatal(err)
	}
	return name
}
