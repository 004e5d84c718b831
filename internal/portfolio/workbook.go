package portfolio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

// Memo is a plan with all that was said of it, to be handed to those who decide.
type Memo struct {
	Question Question    `json:"question"`
	Plan     Plan        `json:"plan"`
	Reasons  []Reason    `json:"reasons,omitempty"`
	Costs    []LimitCost `json:"costs,omitempty"`
	Last     []Award     `json:"last,omitempty"` // the plan before, to tell what changed
	// Proof is why no plan is worth more than the plan's bound; nil where it was too long to be written down.
	Proof     *zeroone.BoundProof `json:"proof,omitempty"`
	Stability *Steadiness         `json:"stability,omitempty"`
	Front     *Frontier           `json:"front,omitempty"`
}

// Holds refuses a memo whose plan is not one of its question: its digest says which choice was made for which question.
func (m *Memo) Holds() error {
	if digest(&m.Question, m.Plan.Chosen) != m.Plan.Digest {
		return refusal.New(refusal.Invalid, "portfolio.digest", lang.T("方案与问题不符：摘要对不上", "The plan is not of this question: its digest differs")).
			Mend(lang.T("请重新生成方案", "Work the plan out again"))
	}
	return nil
}

// XLSX writes the memo as a workbook: the plan, a reason for each candidate, how far limits are used and what they cost, what changed; and the memo
// itself for a machine to check (ReadMemo). Money is in yuan, as a number.
func (m *Memo) XLSX(w io.Writer, l lang.Tag) error {
	if err := m.Holds(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	say := func(zh, en string) string { return lang.T(zh, en).In(l) }
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	sheets := []sheet{
		{name: say("方案", "Plan"), rows: m.summary(say, l), widths: []float64{18, 72}, plain: true},
		{name: say("项目", "Candidates"), rows: m.candidates(say, l), widths: []float64{12, 44, 12, 8, 16, 10, 72}},
		{name: say("限额", "Limits"), rows: m.limits(say, l), widths: []float64{36, 16, 16, 16, 8, 18}},
	}
	if m.Last != nil {
		sheets = append(sheets, sheet{name: say("与上一方案的差别", "Against the last plan"), rows: m.changes(say), widths: []float64{12, 44, 24}})
	}
	sheets = append(sheets, sheet{name: machine, rows: parts(raw, say), widths: []float64{110}, plain: true})
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return err
		}
		if err := s.write(f); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// machine is the sheet that carries the memo itself, in parts that fit into a cell.
const (
	machine  = "核验 check"
	cellMost = 30_000 // bytes; a cell holds 32 767 characters
)

func parts(raw []byte, say func(zh, en string) string) [][]any {
	rows := [][]any{{say("以下是答复原文，供 kechuang portfolio verify 核验：摘要、逐项限额、总分，以及没有更好方案的证明。请勿改动。",
		"The answer itself, for kechuang portfolio verify: digest, limits, sums and the proof that no plan is better. Do not edit.")}}
	for len(raw) > 0 {
		cut := min(cellMost, len(raw))
		for cut < len(raw) && !utf8.RuneStart(raw[cut]) { // no character is cut in two
			cut--
		}
		rows = append(rows, []any{string(raw[:cut])})
		raw = raw[cut:]
	}
	return rows
}

// ReadMemo reads a memo from JSON or from a workbook that carries it.
func ReadMemo(raw []byte) (*Memo, error) {
	m := &Memo{}
	if !bytes.HasPrefix(raw, []byte("PK")) {
		return m, json.Unmarshal(raw, m)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: 1 << 28})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := f.GetRows(machine)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) > 0 {
			text.WriteString(r[0])
		}
	}
	return m, json.Unmarshal([]byte(text.String()), m)
}

// sheet is one sheet of the workbook; the first row of one that is not plain is its heading.
type sheet struct {
	name   string
	rows   [][]any
	widths []float64
	plain  bool
}

func (s *sheet) write(f *excelize.File) error {
	for r, row := range s.rows {
		if err := f.SetSheetRow(s.name, fmt.Sprintf("A%d", r+1), &row); err != nil {
			return err
		}
	}
	for i, w := range s.widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(s.name, col, col, w); err != nil {
			return err
		}
	}
	return s.style(f)
}

// style sets a heading apart, wraps long words and writes numbers with their thousands.
func (s *sheet) style(f *excelize.File) error {
	middle := &excelize.Alignment{Vertical: "top", WrapText: s.name != machine}
	body, err := f.NewStyle(&excelize.Style{Alignment: middle, NumFmt: 4})
	if err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Alignment: middle, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E9EDF5"}}})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.widths), max(len(s.rows), 1))
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(s.name, "A1", last, body); err != nil || s.plain {
		if s.plain && err == nil && s.name != machine {
			return f.SetCellStyle(s.name, "A1", fmt.Sprintf("A%d", len(s.rows)), head)
		}
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(s.widths), 1)
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(s.name, "A1", end, head); err != nil {
		return err
	}
	return f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// Points writes a value in the question's points.
func (m *Memo) Points(value int64) string { return points(value, m.Question.Scale) }

func (m *Memo) points(value int64) float64 { return float64(value) / float64(max(m.Question.Scale, 1)) }

func (m *Memo) summary(say func(zh, en string) string, l lang.Tag) [][]any {
	p := &m.Plan
	proof := say("已证明没有更好的方案", "Proved: no plan is better")
	if !p.Proved {
		proof = fmt.Sprintf(say("未证明；至多还能高 %.4f%%", "Not proved; at most %.4f%% better"), float64(p.GapPPM())/10_000)
	}
	rows := [][]any{
		{say("总分", "Value"), m.points(p.Value)},
		{say("上限", "Bound"), m.points(p.Bound)},
		{say("证明", "Proof"), proof},
		{say("入选", "Chosen"), len(p.Chosen)},
		{say("备选", "Candidates"), len(m.Question.Candidates)},
		{say("用款（元）", "Money (yuan)"), yuan(int64(p.Spent))},
		{say("摘要", "Digest"), p.Digest},
	}
	if m.Proof != nil {
		rows = append(rows, []any{say("证明步数", "Steps of the proof"), len(m.Proof.First) + len(m.Proof.Tree)})
	}
	if s := m.Stability; s != nil {
		rows = append(rows, []any{say("稳定性", "Stability"), fmt.Sprintf(say("评分在误差内变动 %d 次，本方案 %d 次仍是最优，最差时少 %.4f%%",
			"Scores moved %d times within their uncertainty: the plan stayed best %d times, at worst %.4f%% below"), s.Tries, s.Same, float64(s.Regret.Worst)/10_000)})
	}
	if t := m.Question.Title.In(l); t != "" {
		rows = append([][]any{{say("名称", "Title"), t}}, rows...)
	}
	return rows
}

func yuan(fen int64) float64 { return float64(fen) / 100 }

func (m *Memo) candidates(say func(zh, en string) string, l lang.Tag) [][]any {
	rows := [][]any{{say("编号", "ID"), say("名称", "Name"), say("决定", "Decision"), say("档次", "Lot"), say("金额（元）", "Money (yuan)"), say("得分", "Value"), say("理由", "Reason")}}
	chosen, why := map[string]Award{}, map[string]string{}
	for _, a := range m.Plan.Chosen {
		chosen[a.Candidate] = a
	}
	for _, r := range m.Reasons {
		why[r.Candidate] = r.Text.In(l)
	}
	for _, c := range m.Question.Candidates {
		a, in := chosen[c.ID]
		decision, lot := say("不入选", "Out"), any("")
		if in {
			decision, lot = say("入选", "In"), a.Lot
		}
		rows = append(rows, []any{c.ID, c.Name, decision, lot, yuan(int64(a.Cost)), m.points(a.Value), why[c.ID]})
	}
	return rows
}

func (m *Memo) limits(say func(zh, en string) string, l lang.Tag) [][]any {
	rows := [][]any{{say("限制", "Limit"), say("已用", "Used"), say("至少", "Least"), say("至多", "Most"), say("单位", "Unit"), say("放开可多得（分）", "Gain without it")}}
	gain := map[string]any{}
	for _, c := range m.Costs {
		gain[c.ID] = m.points(c.Gain)
	}
	for _, u := range m.Plan.Limits {
		amount := func(n int64) any {
			switch u.Unit {
			case "fen":
				return yuan(n)
			case "ppm":
				return float64(n) / 10_000
			}
			return n
		}
		open := func(n *int64) any {
			if n == nil {
				return ""
			}
			return amount(*n)
		}
		unit := map[string]string{"fen": say("元", "yuan"), "ppm": "%", "count": say("项", "items"), "points": say("分", "points")}[u.Unit]
		rows = append(rows, []any{u.Name.In(l), amount(u.Used), open(u.Least), open(u.Most), unit, gain[u.ID]})
	}
	return rows
}

func (m *Memo) changes(say func(zh, en string) string) [][]any {
	rows := [][]any{{say("编号", "ID"), say("名称", "Name"), say("变化", "Change")}}
	before, after := map[string]int{}, map[string]int{}
	for _, a := range m.Last {
		before[a.Candidate] = a.Lot
	}
	for _, a := range m.Plan.Chosen {
		after[a.Candidate] = a.Lot
	}
	for _, c := range m.Question.Candidates {
		was, is := before[c.ID], after[c.ID]
		change := ""
		switch {
		case was == is:
			continue
		case was == 0:
			change = say("新入选", "Came in")
		case is == 0:
			change = say("不再入选", "Went out")
		default:
			change = fmt.Sprintf(say("第 %d 档改为第 %d 档", "Lot %d became lot %d"), was, is)
		}
		rows = append(rows, []any{c.ID, c.Name, change})
	}
	return rows
}
