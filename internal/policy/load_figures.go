package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

var figureWays = []string{"count", "sum", "distinct", "ratio", "growth", "total"}
var ruleWords = append([]string{"version", "from", "less", "by", "where", "apart", "late"}, figureWays...)
var figureWords = append([]string{"title", "code", "unit", "means", "scope", "evidence", "period", "since", "breakdown", "parts", "overlaps",
	"baseline", "targets", "cockpit", "inner", "basis", "clause", "trust", "was"}, ruleWords...)

// loadFigures reads figures.yaml and figures/*.yaml.
func (l *loader) loadFigures() {
	for _, e := range l.gather("figures", false) {
		l.pack.Figures[e.name] = l.figure(e)
	}
}

func (l *loader) figure(e entry) *Figure {
	t := l.table(e.value, figureWords...)
	for _, must := range []string{"title", "means"} {
		if !t.has(must) {
			t.need(must)
		}
	}
	f := &Figure{Name: e.name, Title: t.both("title"), Code: t.text("code"), Unit: t.need("unit"), Means: t.both("means"), Scope: t.both("scope"),
		Evidence: t.both("evidence"), Period: Period(t.textOr("period", string(YearPeriod))), Since: t.date("since"), Parts: t.names("parts"),
		Cockpit: t.whole("cockpit"), Inner: t.flag("inner"), Basis: t.need("basis"), Clause: t.text("clause"), Trust: t.text("trust"), Pos: e.key.pos()}
	if !slices.Contains([]Period{YearPeriod, CumulativePeriod, InForcePeriod}, f.Period) {
		l.unknown(t.pos("period"), "unknown_period", "期间", "period", string(f.Period), []string{"year", "cumulative", "in_force"})
	}
	if was, ok := t.get("was"); ok {
		for _, n := range l.items(was) {
			f.Rules = append(f.Rules, l.figureRule(l.table(n, ruleWords...), n.pos()))
		}
	}
	f.Rules = append(f.Rules, l.figureRule(t, f.Pos))
	f.Breakdown, f.Overlaps = l.figureDims(t), l.overlaps(t)
	if f.Inner && (f.Cockpit != 0 || t.has("targets")) {
		l.finding(t.pos("inner"), "inner_figure", lang.T("只供另一指标求值的，不上驾驶舱，也没有目标", "what is only there for another figure is not in the cockpit and has no targets"), lang.Text{})
	}
	if n, ok := t.get("baseline"); ok {
		v := l.figureValue(f.Unit, l.table(n, "value", "at"))
		f.Baseline = &v
	}
	for _, n := range l.itemsOf(t, "targets") {
		tt := l.table(n, "value", "at", "basis", "clause")
		f.Targets = append(f.Targets, Target{FigureValue: l.figureValue(f.Unit, tt), Basis: tt.text("basis"), Clause: tt.text("clause"), Pos: n.pos()})
	}
	return f
}

// loadReference reads reference.yaml and reference/*.yaml, in the order in which they are written.
func (l *loader) loadReference() {
	for _, e := range l.gather("reference", false) {
		t := l.table(e.value, "title", "figure", "taxonomy", "target", "unit", "value", "at", "within", "awaits")
		if !t.has("title") {
			t.need("title")
		}
		r := Reference{ID: e.name, Title: t.both("title"), Figure: t.text("figure"), Unit: t.need("unit"), Awaits: t.both("awaits"), Pos: e.key.pos()}
		for _, of := range []ReferenceOf{OfTaxonomy, OfTarget} {
			if name := t.text(string(of)); name != "" {
				r.Figure, r.Of = name, of
			}
		}
		v := l.figureValue(r.Unit, t)
		r.Value, r.At = v.Value, v.At
		if raw := t.text("within"); raw != "" {
			within, err := parseValue(ShareType, raw)
			if err != nil {
				l.finding(t.pos("within"), "bad_value", err.zh, err.hint)
			} else {
				r.Within = within.(share.PPM)
			}
		}
		l.pack.Reference = append(l.pack.Reference, r)
	}
}

// figureRule reads how the figure is counted; exactly one way is asked for.
func (l *loader) figureRule(t table, at Pos) FigureRule {
	r := FigureRule{Version: t.need("version"), From: t.date("from"), Less: t.names("less"), By: t.text("by"), Apart: t.names("apart"), Late: t.textOr("late", "restate"),
		Where: map[string][]string{}, Pos: at}
	if r.Late != "restate" && r.Late != "next" {
		l.unknown(t.pos("late"), "unknown_late", "补录办法", "way to take in what comes late", r.Late, []string{"restate", "next"})
	}
	where, _ := t.get("where")
	for _, e := range l.entries(where).list {
		r.Where[e.name] = l.names(e.value)
	}
	ways := 0
	for _, w := range figureWays {
		n, ok := t.get(w)
		if !ok {
			continue
		}
		ways++
		r.Way, r.Pos = Way(w), n.pos()
		switch r.Way {
		case CountWay, SumWay, DistinctWay:
			r.Facts = l.names(n)
		case RatioWay:
			rt := l.table(n, "of", "to")
			r.Figures = []string{rt.need("of"), rt.need("to")}
		default:
			r.Figures = l.names(n)
		}
	}
	if ways != 1 {
		l.finding(at, "one_way", lang.T("指标要写明并且只写一种算法", "a figure says one way in which it is worked out, and one only"),
			lang.T("写 "+strings.Join(figureWays, "、")+" 其中之一", "write one of "+strings.Join(figureWays, ", ")))
	}
	return r
}

func (l *loader) figureDims(t table) []FigureDim {
	n, _ := t.get("breakdown")
	var out []FigureDim
	for _, e := range l.entries(n).list {
		dt := l.table(e.value, "title", "taxonomy", "nodes", "overlap")
		out = append(out, FigureDim{Name: e.name, Title: dt.both("title"), Taxonomy: dt.text("taxonomy"), Nodes: dt.flag("nodes"), Overlap: dt.both("overlap"), Pos: e.key.pos()})
	}
	return out
}

func (l *loader) overlaps(t table) []Overlap {
	n, _ := t.get("overlaps")
	var out []Overlap
	for _, e := range l.entries(n).list {
		out = append(out, Overlap{Figure: e.name, Why: l.both(e.value), Pos: e.key.pos()})
	}
	return out
}

// figureValue reads a value by its unit: 8000000.00 or 800万元 for 元, 37.19% for %, a whole number for all else.
func (l *loader) figureValue(unit string, t table) FigureValue {
	v := FigureValue{At: t.date("at")}
	if v.At == "" {
		t.need("at")
	}
	raw := t.need("value")
	if raw == "" {
		return v
	}
	value, err := parseValue(figureType(unit), raw)
	if err != nil {
		l.finding(t.pos("value"), "bad_value", err.zh, err.hint)
		return v
	}
	switch value := value.(type) {
	case money.Fen:
		v.Value = int64(value)
	case share.PPM:
		v.Value = int64(value)
	case int64:
		v.Value = value
	}
	return v
}

func figureType(unit string) Type {
	switch unit {
	case "元":
		return MoneyType
	case "%":
		return ShareType
	}
	return CountType
}

// textOr is a scalar, or what is meant where it is not written.
func (t table) textOr(name, otherwise string) string {
	if s := t.text(name); s != "" {
		return s
	}
	return otherwise
}

// whole is a whole number, 0 where it is not written.
func (t table) whole(name string) int64 {
	s := t.text(name)
	if s == "" {
		return 0
	}
	v, err := parseValue(CountType, s)
	if err != nil {
		t.l.finding(t.pos(name), "bad_value", err.zh, err.hint)
		return 0
	}
	n, _ := v.(int64)
	return n
}
