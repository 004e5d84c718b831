package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// checkFigures resolves what figures name and looks for what could not be counted. In this order, for every figure:
//
//  1. its documents, facts, figures and taxonomies are there, and units agree
//  2. every step that records one of its facts says all the dimensions that the figure reads
//  3. a distinct count names its dimension, and says of every breakdown why its parts overlap or that they cannot
//  4. nothing is added that may overlap
//  5. no figure is worked out from itself
//  6. a reference figure names one of the same unit, or says what it awaits
//  7. versions follow one another; targets come after the baseline and after the definition begins
func (l *loader) checkFigures() {
	dims := l.recordedDims()
	for _, name := range slices.Sorted(maps.Keys(l.pack.Figures)) {
		f := l.pack.Figures[name]
		l.checkFigure(f)
		for i := range f.Rules {
			l.checkFigureRule(f, &f.Rules[i], dims)
		}
		l.checkAdded(f, f.Parts, f.Pos)
		l.checkCycle(f)
		l.checkTimes(f)
	}
	for _, r := range l.pack.Reference {
		f := l.pack.Figures[r.Figure]
		switch {
		case r.Of == OfTaxonomy:
			if l.pack.Taxonomies[r.Figure] == nil {
				l.unknown(r.Pos, "unknown_taxonomy", "分类", "taxonomy", r.Figure, keys(l.pack.Taxonomies))
			}
		case r.Of == OfTarget && f != nil && !slices.ContainsFunc(f.Targets, func(t Target) bool { return t.At == r.At }):
			l.finding(r.Pos, "no_target", lang.T("指标“"+r.Figure+"”在这一天没有目标", "the figure “"+r.Figure+"” has no target on that day"), lang.Text{})
		case r.Figure == "" && r.Awaits.IsZero():
			l.finding(r.Pos, "reference", lang.T("参考数“"+r.ID+"”既没有指标，也没有写明在等什么", "the reference figure “"+r.ID+"” names no figure and does not say what it awaits"), lang.T("写 figure，或写 awaits", "write figure, or awaits"))
		case r.Figure != "" && f == nil:
			l.unknown(r.Pos, "unknown_figure", "指标", "figure", r.Figure, keys(l.pack.Figures))
		case f != nil && f.Unit != r.Unit:
			l.finding(r.Pos, "unit", lang.T("参考数的单位是"+r.Unit+"，指标的单位是"+f.Unit, "the reference figure is in "+r.Unit+" and the figure in "+f.Unit), lang.Text{})
		}
	}
}

// mostFigureDims is how many dimensions the room of figures keeps of a fact.
const mostFigureDims = 6

func (l *loader) checkFigure(f *Figure) {
	if f.Basis != "" && l.pack.Basis[f.Basis] == nil {
		l.unknown(f.Pos, "unknown_basis", "依据文件", "document", f.Basis, keys(l.pack.Basis))
	}
	for _, t := range f.Targets {
		if t.Basis != "" && l.pack.Basis[t.Basis] == nil {
			l.unknown(t.Pos, "unknown_basis", "依据文件", "document", t.Basis, keys(l.pack.Basis))
		}
	}
	if len(f.Breakdown) > mostFigureDims {
		l.finding(f.Pos, "many_dims", lang.T(fmt.Sprintf("分组最多 %d 项", mostFigureDims), fmt.Sprintf("a figure has at most %d breakdowns", mostFigureDims)), lang.Text{})
	}
	for i, d := range f.Breakdown {
		x := l.pack.Taxonomies[d.Taxonomy]
		switch {
		case d.Taxonomy != "" && x == nil:
			l.unknown(d.Pos, "unknown_taxonomy", "分类", "taxonomy", d.Taxonomy, keys(l.pack.Taxonomies))
		case d.Taxonomy == "" && d.Title.IsZero():
			l.finding(d.Pos, "missing_title", lang.T("分组“"+d.Name+"”没有名称", "the breakdown “"+d.Name+"” has no title"), lang.T("写 title，或写 taxonomy", "write title, or taxonomy"))
		case d.Title.IsZero():
			f.Breakdown[i].Title = x.Title
		}
	}
	for _, o := range f.Overlaps {
		if l.pack.Figures[o.Figure] == nil {
			l.unknown(o.Pos, "unknown_figure", "指标", "figure", o.Figure, keys(l.pack.Figures))
		}
	}
}

func (l *loader) checkFigureRule(f *Figure, r *FigureRule, dims map[string][]recorded) {
	if !r.Way.ReadsFacts() {
		l.checkDerived(f, r)
		return
	}
	for _, name := range slices.Concat(r.Facts, r.Less) {
		k := l.pack.Facts[name]
		if k == nil {
			l.unknown(r.Pos, "unknown_fact", "事实", "fact", name, keys(l.pack.Facts))
			continue
		}
		if r.Way == SumWay && k.Unit != f.Unit {
			l.finding(r.Pos, "unit", lang.T("“"+name+"”的单位是"+k.Unit+"，指标的单位是"+f.Unit, "“"+name+"” is in "+k.Unit+" and the figure in "+f.Unit), lang.Text{})
		}
		l.checkDims(f, r, name, dims[name])
	}
	if r.Way != SumWay && figureType(f.Unit) != CountType {
		l.finding(r.Pos, "unit", lang.T("计数的指标不能以“"+f.Unit+"”为单位", "what is counted cannot be in “"+f.Unit+"”"), lang.T("要加总金额时写 sum", "to add amounts, write sum"))
	}
	if (r.Way == DistinctWay) != (r.By != "") {
		l.finding(r.Pos, "distinct_by", lang.T("distinct 要写 by（按哪一项去重），其他算法不写", "distinct says by (which dimension is counted once), other ways do not"), lang.Text{})
	}
	if f.Since != "" && (f.Period != CumulativePeriod || !strings.HasSuffix(string(f.Since), "-01")) {
		l.finding(f.Pos, "since", lang.T("since 只用于累计指标，并且是某月 1 日", "since is for cumulative figures, and is the first of a month"), lang.Text{})
	}
}

// checkDims demands of every step that records a fact what the figure reads of it, so that nothing falls silently outside the parts.
func (l *loader) checkDims(f *Figure, r *FigureRule, fact string, by []recorded) {
	need := map[string]bool{}
	if r.By != "" {
		need[r.By] = true
	}
	for d := range r.Where {
		need[d] = true
	}
	for _, d := range f.Breakdown {
		need[d.Name] = !slices.Contains(ownDims, d.Name)
	}
	for _, rec := range by {
		for _, d := range slices.Sorted(maps.Keys(need)) {
			if need[d] && !slices.Contains(rec.dims, d) {
				l.finding(r.Pos, "missing_dim", lang.T("指标要读“"+d+"”，但 "+rec.at+" 记录“"+fact+"”时没有写", "the figure reads “"+d+"”, which "+rec.at+" does not write when it records “"+fact+"”"),
					lang.T("在该步骤的 record 中加 dims: {"+d+": …}", "add dims: {"+d+": …} to that step's record"))
			}
		}
	}
}

// ownDims are known of every fact without being written: which mechanism's step recorded it.
var ownDims = []string{"mechanism"}

func (l *loader) checkDerived(f *Figure, r *FigureRule) {
	if len(f.Breakdown) > 0 || r.By != "" || len(r.Where) > 0 || len(r.Less) > 0 {
		l.finding(r.Pos, "derived", lang.T("由其他指标算出的指标不分组、不筛选", "a figure worked out from others has no breakdown and no filter"), lang.Text{})
	}
	for _, name := range r.Figures {
		if l.pack.Figures[name] == nil {
			l.unknown(r.Pos, "unknown_figure", "指标", "figure", name, keys(l.pack.Figures))
		}
	}
	switch r.Way {
	case RatioWay, GrowthWay:
		if f.Unit != "%" && !(r.Way == RatioWay && l.perPiece(f, r)) {
			l.finding(r.Pos, "unit", lang.T("比率和增长率的单位是 %；金额除以个数的，单位是 元", "a ratio and a growth are in %; money over a count is in 元"), lang.Text{})
		}
		if r.Way == GrowthWay && len(r.Figures) != 1 {
			l.finding(r.Pos, "growth_of", lang.T("增长率只写一个指标", "growth is of one figure"), lang.Text{})
		}
	case TotalWay:
		l.checkAdded(f, r.Figures, r.Pos)
	}
}

// perPiece tells whether a ratio is money over a count: so much each.
func (l *loader) perPiece(f *Figure, r *FigureRule) bool {
	of, to := l.pack.Figures[r.Figures[0]], l.pack.Figures[r.Figures[1]]
	return f.Unit == "元" && of != nil && to != nil && of.Unit == "元" && figureType(to.Unit) == CountType
}

// checkAdded refuses to add figures of different units or times, and such as may count the same thing.
func (l *loader) checkAdded(f *Figure, list []string, at Pos) {
	for i, name := range list {
		p := l.pack.Figures[name]
		if p == nil {
			l.unknown(at, "unknown_figure", "指标", "figure", name, keys(l.pack.Figures))
			continue
		}
		if p.Unit != f.Unit || p.Period != f.Period {
			l.finding(at, "added_unlike", lang.T("“"+name+"”的单位或期间与“"+f.Name+"”不同，不能相加", "“"+name+"” has another unit or period than “"+f.Name+"” and cannot be added"), lang.Text{})
		}
		for _, other := range list[i+1:] {
			if why, yes := l.overlap(name, other); yes {
				l.finding(at, "added_overlap", lang.T("“"+name+"”与“"+other+"”可能重复，不能相加："+why.ZH, "“"+name+"” and “"+other+"” may count the same thing and are not added: "+why.EN), lang.Text{})
			}
		}
	}
}

func (l *loader) overlap(a, b string) (lang.Text, bool) {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if f := l.pack.Figures[pair[0]]; f != nil {
			for _, o := range f.Overlaps {
				if o.Figure == pair[1] {
					return o.Why, true
				}
			}
		}
	}
	return lang.Text{}, false
}

// checkCycle follows what a figure is worked out from.
func (l *loader) checkCycle(f *Figure) {
	var visit func(name string, path []string) bool
	visit = func(name string, path []string) bool {
		g := l.pack.Figures[name]
		if g == nil || slices.Contains(path, name) {
			return false
		}
		for _, r := range g.Rules {
			for _, next := range r.Figures {
				if next == f.Name || visit(next, append(path, name)) {
					return true
				}
			}
		}
		return false
	}
	if visit(f.Name, nil) {
		l.finding(f.Pos, "figure_cycle", lang.T("指标“"+f.Name+"”由自己算出", "the figure “"+f.Name+"” is worked out from itself"), lang.Text{})
	}
}

func (l *loader) checkTimes(f *Figure) {
	for i, r := range f.Rules {
		if i > 0 && r.From <= f.Rules[i-1].From {
			l.finding(r.Pos, "versions", lang.T("新版定义要写 from，并且晚于前一版", "a newer version says from, later than the one before"), lang.Text{})
		}
		if i > 0 && r.Version == f.Rules[i-1].Version {
			l.finding(r.Pos, "versions", lang.T("两版定义的版本号相同", "two versions of the definition have the same name"), lang.Text{})
		}
	}
	begins := caldate.Date("")
	if f.Baseline != nil {
		begins = f.Baseline.At
	}
	if first := f.Rules[0].From; first > begins {
		begins = first
	}
	last := caldate.Date("")
	for _, t := range f.Targets {
		if t.At != "" && begins != "" && t.At <= begins {
			l.finding(t.Pos, "target_past", lang.T(fmt.Sprintf("目标日期 %s 不晚于基期或定义生效日 %s", t.At, begins), fmt.Sprintf("the target's day %s is not after the baseline or the beginning of the definition, %s", t.At, begins)), lang.Text{})
		}
		if last != "" && t.At != "" && t.At <= last {
			l.finding(t.Pos, "target_order", lang.T("目标要按日期先后写，一天一个", "targets are written in the order of their days, one a day"), lang.Text{})
		}
		last = t.At
	}
	for _, d := range f.Breakdown {
		if f.last().Way == DistinctWay && d.Overlap.IsZero() && d.Name != f.last().By && !slices.Contains(f.last().Apart, d.Name) {
			l.finding(d.Pos, "distinct_overlap", lang.T("去重计数按“"+d.Name+"”分组，各组可能重复，没有说明", "a distinct count broken down by “"+d.Name+"” may count one thing in two parts, and does not say so"),
				lang.T("加 overlap: {zh: 原因, en: why}；确实不会重复的，在 apart 中列出", "add overlap: {zh: …, en: why}; where that cannot be, list it in apart"))
		}
	}
}

// recorded is what records a fact, a step or the records of a kind, and the dimensions it writes.
type recorded struct {
	at   string
	dims []string
	kind bool // it is no step but the record of a kind
}

// recordedDims is who records each kind of fact.
func (l *loader) recordedDims() map[string][]recorded {
	out := map[string][]recorded{}
	for _, m := range l.pack.Mechanisms {
		m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
			if n, ok := e.(NoteFact); ok {
				out[n.Fact] = append(out[n.Fact], recorded{fmt.Sprintf("%s:%d", n.Pos.File, n.Pos.Line), keys(n.Dims), false})
			}
		})
	}
	for _, name := range keys(l.pack.Kinds) {
		for _, c := range l.pack.Kinds[name].Counts {
			at := fmt.Sprintf("%s:%d", c.Pos.File, c.Pos.Line)
			for _, by := range out[c.Fact] {
				if !by.kind {
					l.finding(c.Pos, "counted_twice", lang.T("事实“"+c.Fact+"”已由 "+by.at+" 的步骤记录，再由登记项计数就重复了", "the fact “"+c.Fact+"” is recorded by the step at "+by.at+" and would be counted twice"),
						lang.T("登记项能数的由登记项数，删去步骤中的 record", "what records can count is counted by them: drop the step's record"))
				}
			}
			dims := []string{RecordDim}
			for _, d := range c.Dims {
				dims = append(dims, d.Name)
			}
			out[c.Fact] = append(out[c.Fact], recorded{at, dims, true})
		}
	}
	return out
}
