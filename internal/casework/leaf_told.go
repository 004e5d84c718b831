package casework

import (
	"strings"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/store"
)

// LeafTold is a leaf of the journal in words: what it is about, what was done, and from which seat. It names nobody: who bids in a sealed
// case, or judges one, is for the case's own page to say.
type LeafTold struct {
	Case  bool // it is of a case, which may be opened
	Apart bool // it is of no case
	Title lang.Text
	Step  lang.Text
	Seat  lang.Text
}

// chainSteps are what is done outside of cases, as noteFigures, editionLeaf, noteImport and Appropriate write it.
var chainSteps = map[string]lang.Text{
	"freeze": lang.T("封存月份", "Month frozen"), "restate": lang.T("更正封存值", "Frozen value restated"), "report": lang.T("登记上报数", "Reported value entered"),
	"outside": lang.T("录入公布数据", "Published data taken in"), "outside_withdrawn": lang.T("撤回公布数据", "Published data withdrawn"),
	"propose": lang.T("提出新版本", "Edition proposed"), EditionAdopted: lang.T("批准新版本", "Edition adopted"),
	EditionWithdrawn: lang.T("撤回新版本", "Edition withdrawn"),
	"import":         lang.T("批量导入", "Import"), ledger.KindAppropriate: lang.T("下达预算", "Budget appropriated"),
}

// TellLeaf tells a leaf in words: with the case's title to whoever sees every case, else with the mechanism's title.
func (e *Engine) TellLeaf(tx *store.Tx, l journal.Leaf, whole bool) (v LeafTold, err error) {
	if chain, of, apart := strings.Cut(l.Case, "/"); apart || chain == figuresChain {
		return e.chainTold(tx, chain, of, l.Step)
	}
	row, found, err := getCase(tx, l.Case)
	if err != nil || !found {
		return v, err
	}
	s, found, err := stepAt(tx, l.Case, l.Seq)
	if err != nil || !found {
		return v, err
	}
	if m := e.Seen().Mechanism(row.mechanism); m != nil {
		v.Title, v.Step, v.Seat = m.Title, stepTitleIn(m, s), seatTitleIn(m, s.seat)
	}
	if v.Case = whole; whole && row.title != "" && row.title != v.Title.ZH { // a case without a title yet has its mechanism's
		v.Title = lang.T(row.title, row.title)
	}
	return v, nil
}

// chainTold tells a leaf of what is no case: the figures, an import, an edition of the pack, a budget.
func (e *Engine) chainTold(tx *store.Tx, chain, of, step string) (v LeafTold, err error) {
	v.Apart, v.Step = true, chainSteps[step]
	switch chain {
	case figuresChain:
		v.Title = lang.T("指标", "Figures")
	case "pack":
		v.Title = lang.T("政策包", "Policy pack")
	case "fund":
		if f := e.Seen().Funds[of]; f != nil {
			v.Title = f.Title
		}
	case "import":
		imp, found, err := e.Register.ImportOf(tx, of)
		if err != nil || !found {
			return v, err
		}
		v.Title = lang.T("登记库导入："+imp.Name, "Register import: "+imp.Name)
	}
	return v, nil
}
