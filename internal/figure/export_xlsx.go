package figure

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// book is a workbook that is being written, with the styles of its cells.
type workbook struct {
	*excelize.File
	l                            lang.Tag
	head, number, money, percent int
	day, moment                  int
}

func newWorkbook(l lang.Tag) (b *workbook, err error) {
	b = &workbook{File: excelize.NewFile(), l: l}
	style := func(s excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = b.NewStyle(&s)
		return id
	}
	custom := func(format string) int { return style(excelize.Style{CustomNumFmt: &format}) }
	b.head = style(excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EBE8"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	b.number, b.money, b.percent, b.day, b.moment = custom("#,##0"), custom("#,##0.00"), custom("0.0000%"), custom("yyyy-mm-dd"), custom("yyyy-mm-dd hh:mm")
	return b, err
}

// value is a value as a cell that can be added up: yuan, a share, or the number.
func (b *workbook) value(unit string, n int64) excelize.Cell {
	switch unit {
	case "元":
		return excelize.Cell{Value: float64(n) / 100, StyleID: b.money}
	case "%":
		return excelize.Cell{Value: float64(n) / 1_000_000, StyleID: b.percent}
	}
	return excelize.Cell{Value: n, StyleID: b.number}
}

func (b *workbook) date(d caldate.Date) any {
	if d == "" {
		return nil
	}
	return excelize.Cell{Value: d.Start(), StyleID: b.day}
}

// sheet writes rows under a head that stays in sight; widths are in characters.
func (b *workbook) sheet(name string, widths []float64, head []any, list [][]any) error {
	name = strings.NewReplacer(":", " ", "/", " ", "\\", " ", "?", " ", "*", " ", "[", " ", "]", " ").Replace(name)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if _, err := b.NewSheet(name); err != nil {
		return err
	}
	s, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, w := range widths {
		if err := s.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	row := 1
	if head != nil {
		if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
		for i, h := range head {
			head[i] = excelize.Cell{Value: h, StyleID: b.head}
		}
		list = append([][]any{head}, list...)
	}
	for _, cells := range list {
		if err := s.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
			return err
		}
		row++
	}
	return s.Flush()
}

// XLSX writes a workbook with a sheet for every level: the figure, its parts by each dimension, its facts.
func (t Trail) XLSX(w io.Writer, origin func(Fact) Origin, l lang.Tag) error {
	b, err := newWorkbook(l)
	if err != nil {
		return err
	}
	defer b.Close()
	first := lang.T("指标", "Figure").In(l)
	if err := t.cover(b, first); err != nil {
		return err
	}
	if err := b.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	for _, by := range t.By {
		if err := t.partSheet(b, by); err != nil {
			return err
		}
	}
	if err := t.factSheet(b, origin); err != nil {
		return err
	}
	return b.Write(w)
}

func (t Trail) cover(b *workbook, name string) error {
	var value any = t.Value.Why.In(b.l)
	if t.Value.Value != nil {
		value = b.value(t.Definition.Unit, *t.Value.Value)
	}
	unit := t.Definition.Unit
	if unit == "%" {
		unit = "" // the cell says it
	}
	say := func(zh, en string) any { return excelize.Cell{Value: lang.T(zh, en).In(b.l), StyleID: b.head} }
	rows := [][]any{{excelize.Cell{Value: t.Definition.Title.In(b.l), StyleID: b.head}, value, unit}, {say("统计日", "As of"), b.date(t.Value.Day)}}
	if t.Value.Known != "" {
		rows = append(rows, []any{say("按何日已知", "As known on"), b.date(t.Value.Known)})
	}
	rows = append(rows, []any{say("含义", "Meaning"), t.Means.In(b.l)}, []any{say("口径版本", "Version"), t.Value.Version},
		[]any{say("口径摘要", "Digest of the definition"), t.Definition.Digest(t.Value.Day)}, []any{say("事实数", "Facts"), b.value("", t.Value.Facts)},
		[]any{say("导出时间", "Made at"), excelize.Cell{Value: t.Made.In(caldate.Shanghai), StyleID: b.moment}})
	if t.Cut {
		rows = append(rows, []any{say("说明", "Note"), lang.T(fmt.Sprintf("事实较多，只列前 %d 条", len(t.Facts)), fmt.Sprintf("Only the first %d facts are listed", len(t.Facts))).In(b.l)})
	}
	return b.sheet(name, []float64{26, 60, 8}, nil, rows)
}

func (t Trail) partSheet(b *workbook, by Breakdown) error {
	title := t.Words.dim(by.Dims[0]).In(b.l)
	head := []any{title, lang.T("数值", "Value").In(b.l) + "（" + t.Definition.Unit + "）", lang.T("事实数", "Facts").In(b.l), lang.T("代码", "Code").In(b.l)}
	var list [][]any
	for _, p := range by.Parts {
		name := t.Words.value(by.Dims[0], p.Keys[0]).In(b.l)
		if p.Keys[0] == "" {
			name = lang.T("（未填）", "(not stated)").In(b.l)
		}
		list = append(list, []any{name, b.value(t.Definition.Unit, p.Value), b.value("", p.Facts), p.Keys[0]})
	}
	if !by.Overlap.IsZero() {
		list = append(list, []any{lang.T("各组不能相加：", "The parts are not added: ").In(b.l) + by.Overlap.In(b.l)})
	} else {
		list = append(list, []any{excelize.Cell{Value: lang.T("合计", "Sum").In(b.l), StyleID: b.head}, b.value(t.Definition.Unit, by.Sum)})
	}
	return b.sheet(lang.T("按", "By ").In(b.l)+title, []float64{36, 18, 10, 12}, head, list)
}

func (t Trail) factSheet(b *workbook, origin func(Fact) Origin) error {
	var head []any
	var widths []float64
	for _, c := range t.columns() {
		title := c.title.In(b.l)
		if c.name == "amount" {
			title = lang.T("数量或金额", "Amount").In(b.l) + "（" + t.Definition.Unit + "）"
		}
		head, widths = append(head, title), append(widths, factWidths[c.name])
		if widths[len(widths)-1] == 0 {
			widths[len(widths)-1] = 16
		}
	}
	var list [][]any
	for _, f := range t.Facts {
		o, n := origin(f), 1
		if f.Reverses != "" {
			n = -1
		}
		row := []any{b.date(f.Day), called(t.Words.Kinds, f.Kind, f.Kind).In(b.l), n, b.value(t.Definition.Unit, f.Amount)}
		for _, d := range t.dims() {
			row = append(row, t.Words.value(d, f.Dims[d]).In(b.l))
		}
		list = append(list, append(row, o.Title, o.Step.In(b.l), o.Who, excelize.Cell{Value: f.At.In(caldate.Shanghai), StyleID: b.moment}, b.date(f.Until), f.Reverses, f.Case, f.Record, f.Seq, o.Leaf, f.ID))
	}
	return b.sheet(lang.T("事实", "Facts").In(b.l), widths, head, list)
}

var factWidths = map[string]float64{"day": 12, "kind": 20, "counts": 7, "amount": 18, "of": 36, "step": 28, "who": 18, "recorded": 17, "until": 12, "reverses": 32, "case": 32, "record": 32,
	"seq": 8, "leaf": 66, "id": 32}
