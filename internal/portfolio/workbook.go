package portfolio

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Memo is a plan with all that was said of it, to be handed to those who decide.
type Memo struct {
	Question Question    `json:"question"`
	Plan     Plan        `json:"plan"`
	Reasons  []Reason    `json:"reasons,omitempty"`
	Costs    []LimitCost `json:"costs,omitempty"`
	Last     []Award     `json:"last,omitempty"` // the plan before, to tell what changed
}

// Holds refuses a memo whose plan is not one of its question: its digest says which choice was made for which question.
func (m *Memo) Holds() error {
	if digest(&m.Question, m.Plan.Chosen) != m.Plan.Digest {
		return refusal.New(refusal.Invalid, "portfolio.digest", lang.T("方案与问题不符：摘要对不上", "The plan is not of this question: its digest differs")).
			Mend(lang.T("请重新生成方案", "Work the plan out again"))
	}
	return nil
}

// XLSX writes the memo as a workbook: the plan, a reason for each candidate, how far limits are used and what they cost, what changed.
// Money is in yuan, as a number.
func (m *Memo) XLSX(w io.Writer, l lang.Tag) error {
	if err := m.Holds(); err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	say := func(zh, en string) string { return lang.T(zh, en).In(l) }
	sheets := []struct {
		name string
		rows [][]any
	}{{say("方案", "Plan"), m.summary(say)}, {say("项目", "Candidates"), m.candidates(say, l)}, {say("限额", "Limits"), m.limits(say, l)}}
	if m.Last != nil {
		sheets = append(sheets, struct {
			name string
			rows [][]any
		}{say("与上一方案的差别", "Against the last plan"), m.changes(say)})
	}
	for i, s := range sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.name); err != nil {
			return err
		}
		for r, row := range s.rows {
			if err := f.SetSheetRow(s.name, fmt.Sprintf("A%d", r+1), &row); err != nil {
				return err
			}
		}
		if err := f.SetColWidth(s.name, "A", "H", 22); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func (m *Memo) points(value int64) float64 { return float64(value) / float64(max(m.Question.Scale, 1)) }

func (m *Memo) summary(say func(zh, en string) string) [][]any {
	p := &m.Plan
	proof := say("已证明没有更好的方案", "Proved: no plan is better")
	if !p.Proved {
		proof = fmt.Sprintf(say("未证明；至多还能高 %.4f%%", "Not proved; at most %.4f%% better"), float64(p.GapPPM())/10_000)
	}
	return [][]any{
		{say("总分", "Value"), m.points(p.Value)},
		{say("上限", "Bound"), m.points(p.Bound)},
		{say("证明", "Proof"), proof},
		{say("入选", "Chosen"), len(p.Chosen)},
		{say("备选", "Candidates"), len(m.Question.Candidates)},
		{say("用款（元）", "Money (yuan)"), yuan(int64(p.Spent))},
		{say("摘要", "Digest"), p.Digest},
	}
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
		unit := map[string]string{"fen": say("元", "yuan"), "ppm": "%", "count": say("项", "items")}[u.Unit]
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
