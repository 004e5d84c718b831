package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// A mark sheet is what several people gave for the same questions: any part of a case whose form has marks (full: param.…).
type (
	// MarkSheet is one round: the parts that were opened together.
	MarkSheet struct {
		Part    lang.Text    `json:"part"`
		Form    lang.Text    `json:"form"`
		Opened  time.Time    `json:"opened"`
		Void    bool         `json:"void,omitempty"` // it was begun again: nothing of it counts
		Columns []MarkColumn `json:"columns"`
		Rows    []MarkRow    `json:"rows"`
		Full    string       `json:"full"`  // sum of the full marks
		Total   string       `json:"total"` // sum of the means, two decimals; "" where nobody has given any
	}
	// MarkColumn is one who marks.
	MarkColumn struct {
		Number int      `json:"number"`
		Who    string   `json:"who,omitempty"` // for whoever may know
		State  StateRef `json:"state"`
		Given  bool     `json:"given"`
		Total  string   `json:"total,omitempty"`
		Said   []string `json:"said,omitempty"` // what was written beside the marks
	}
	// MarkRow is one question.
	MarkRow struct {
		Title lang.Text `json:"title"`
		Full  string    `json:"full"`
		Marks []string  `json:"marks"` // a column each, "" where it is not given
		Mean  string    `json:"mean"`
	}
)

// Marks gives the mark sheets of a case, the latest round first, as far as the actor may see what was marked.
func (e *Engine) Marks(ctx context.Context, actor identity.Actor, id string) (list []MarkSheet, title string, err error) {
	list = []MarkSheet{}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		d, s, err := e.sighted(tx, actor, id)
		if err != nil {
			return err
		}
		title = d.row.title
		w := &viewer{e: e, tx: tx, d: d, s: s, n: e.namer(tx), actor: actor}
		for _, m := range d.mech.Parts {
			if f := markedBy(d.mech, m); f != nil {
				list = append(list, w.rounds(m, f)...)
			}
		}
		return w.n.err
	})
	return list, title, err
}

// markedBy is the form with marks that a part fills, nil for none.
func markedBy(mech *policy.Mechanism, m *policy.Machine) *policy.Form {
	for _, st := range m.States {
		for _, step := range st.Steps {
			if f := mech.Form(step.Fill); f != nil && slices.ContainsFunc(f.Fields, func(x *policy.Field) bool { return x.Full != "" }) {
				return f
			}
		}
	}
	return nil
}

func (w *viewer) rounds(m *policy.Machine, f *policy.Form) (out []MarkSheet) {
	var rounds [][]*recordRow
	for _, p := range w.d.snap.Parts {
		if lv, _ := w.s.record(p); p.Part != m.Name || lv == hidden || w.s.withheld(p) {
			continue
		}
		i := slices.IndexFunc(rounds, func(of []*recordRow) bool { return w.joins(of, p) })
		if i < 0 {
			i, rounds = len(rounds), append(rounds, nil)
		}
		rounds[i] = append(rounds[i], w.d.byID[p.ID])
	}
	slices.Reverse(rounds)
	for _, of := range rounds {
		if w.s.nameless(of[0].Record) {
			slices.SortFunc(of, func(a, b *recordRow) int { return cmp.Compare(w.number(a.Record), w.number(b.Record)) })
		}
		out = append(out, w.round(m, f, of))
	}
	return out
}

// joins tells whether a part belongs to a round: to one about the same that was not over when it was opened, as that of whoever replaces another.
func (w *viewer) joins(round []*recordRow, p *policy.Record) bool {
	return round[0].Parent == p.Parent && slices.ContainsFunc(round, func(r *recordRow) bool { return !w.d.state(r.Record).End || r.Since.After(p.Opened) })
}

func (w *viewer) round(m *policy.Machine, f *policy.Form, records []*recordRow) MarkSheet {
	sheet := MarkSheet{Part: m.Title, Form: f.Title, Opened: records[0].Opened, Void: true, Columns: []MarkColumn{}, Rows: []MarkRow{}}
	full := new(big.Rat)
	for _, x := range f.Fields {
		if x.Full != "" {
			v := ratOf(x.FullMark)
			full.Add(full, v)
			sheet.Rows = append(sheet.Rows, MarkRow{Title: x.Title, Full: mark(v), Marks: []string{}})
		}
	}
	sums, given := make([]*big.Rat, len(sheet.Rows)), int64(0)
	for i := range sums {
		sums[i] = new(big.Rat)
	}
	for _, r := range records {
		rv := w.part(m, r.Record)
		void := w.d.takenBack(r.Record)
		sheet.Void = sheet.Void && void
		col := MarkColumn{Number: rv.Number, State: rv.State}
		for _, s := range rv.Seats {
			for _, h := range s.Holders {
				col.Who = h.Name
			}
		}
		var values map[string]json.RawMessage
		for _, v := range rv.Forms {
			if v.Form.Name == f.Name {
				values = v.Values
			}
		}
		col.Given = values != nil && !void
		total, i := new(big.Rat), 0
		for _, x := range f.Fields {
			raw := strings.Trim(string(values[x.Name]), `"`)
			if x.Full == "" {
				var said string
				if json.Unmarshal(values[x.Name], &said) == nil && said != "" && x.Type == policy.TextType {
					col.Said = append(col.Said, said)
				}
				continue
			}
			value, ok := new(big.Rat).SetString(raw)
			if ok && col.Given {
				total.Add(total, value)
				sums[i].Add(sums[i], value)
			}
			if !ok {
				raw = ""
			}
			sheet.Rows[i].Marks = append(sheet.Rows[i].Marks, raw)
			i++
		}
		if col.Given {
			given++
			col.Total = mark(total)
		}
		sheet.Columns = append(sheet.Columns, col)
	}
	sheet.Full = mark(full)
	if given > 0 {
		all := new(big.Rat)
		for i, s := range sums {
			mean := new(big.Rat).Quo(s, big.NewRat(given, 1))
			sheet.Rows[i].Mean = mean.FloatString(2)
			all.Add(all, mean)
		}
		sheet.Total = all.FloatString(2)
	}
	return sheet
}

// ratOf is a number as an exact fraction.
func ratOf(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// mark writes a fraction without needless zeros.
func mark(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(r.FloatString(6), "0")
}

// WriteMarks writes mark sheets as a workbook, a sheet a round.
func WriteMarks(w io.Writer, title string, list []MarkSheet, l lang.Tag) error {
	f := excelize.NewFile()
	defer f.Close()
	for k, m := range list {
		name := strconv.Itoa(len(list)-k) + " " + m.Form.In(l)
		if r := []rune(name); len(r) > 31 {
			name = string(r[:31])
		}
		if k == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		for i, row := range m.cells(title, l) {
			if err := f.SetSheetRow(name, "A"+strconv.Itoa(i+1), &row); err != nil {
				return err
			}
		}
		if err := f.SetColWidth(name, "A", "A", 28); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// cells is a round as rows of a sheet: numbers as numbers, words as text.
func (m MarkSheet) cells(title string, l lang.Tag) [][]any {
	number := func(s string) any {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
		return s
	}
	head := []any{lang.T("指标", "Indicator").In(l), lang.T("满分", "Full mark").In(l)}
	total, said := []any{lang.T("合计", "Total").In(l), number(m.Full)}, []any{lang.T("意见", "Opinion").In(l), ""}
	for _, c := range m.Columns {
		who := c.Who
		if who == "" {
			who = lang.T("专家"+strconv.Itoa(c.Number), "Expert "+strconv.Itoa(c.Number)).In(l)
		}
		head, total, said = append(head, who), append(total, number(c.Total)), append(said, strings.Join(c.Said, "\n"))
	}
	rows := [][]any{{title, m.Form.In(l)}, append(head, lang.T("平均", "Mean").In(l))}
	for _, r := range m.Rows {
		row := []any{r.Title.In(l), number(r.Full)}
		for _, x := range r.Marks {
			row = append(row, number(x))
		}
		rows = append(rows, append(row, r.Mean))
	}
	return append(rows, append(total, m.Total), said)
}
