package policy

import (
	"slices"

	"kechuang/internal/lang"
)

// Series says how statistics that others publish are read, and what must hold in them.
type Series struct {
	Name    string
	Title   lang.Text
	Source  lang.Text         // who publishes it
	Columns map[string]string // area, year, item, value, unit → head of the column
	Nation  string            // the area that is all the others
	Aliases map[string]string // another way to write an area → the area
	Items   map[string]lang.Text
	Totals  map[string][]string // item → items that sum to it
	Nations []string            // items that add up over areas
	Growths map[string]string   // item of printed growth → item it is of
	Beside  []Beside            // figures of ours that it stands beside
	Pos     Pos
}

// Beside says which item of a series stands beside a figure of ours, and how the two go together.
type Beside struct {
	Figure, Item, Area string
	Unit               string    // in which it is printed, where no column says
	Relation           string    // same: it counts the same; part: ours is a part of it
	Note               lang.Text // the difference of definition
}

var besideRelations = []string{"same", "part"}

var seriesColumns = []string{"area", "year", "item", "value", "unit"}

// loadSeries reads series.yaml and series/*.yaml.
func (l *loader) loadSeries() {
	for _, e := range l.gather("series", false) {
		t := l.table(e.value, "title", "source", "columns", "nation", "aliases", "items", "totals", "nations", "growths", "beside")
		for _, must := range []string{"title", "source"} {
			if !t.has(must) {
				t.need(must)
			}
		}
		s := &Series{Name: e.name, Title: t.both("title"), Source: t.both("source"), Columns: map[string]string{}, Nation: t.text("nation"), Aliases: map[string]string{},
			Items: map[string]lang.Text{}, Totals: map[string][]string{}, Nations: t.names("nations"), Growths: map[string]string{}, Pos: e.key.pos()}
		columns, _ := t.get("columns")
		ct := l.table(columns, seriesColumns...)
		for _, c := range seriesColumns[:4] {
			s.Columns[c] = ct.need(c)
		}
		s.Columns["unit"] = ct.text("unit")
		items, _ := t.get("items")
		for _, x := range l.entries(items).list {
			s.Items[x.name] = l.both(x.value)
		}
		known := func(name string, at node) {
			if _, ok := s.Items[name]; !ok {
				l.unknown(at.pos(), "unknown_item", "数据项", "item", name, keys(s.Items))
			}
		}
		aliases, _ := t.get("aliases")
		for _, x := range l.entries(aliases).list {
			s.Aliases[x.name] = l.scalar(x.value)
		}
		totals, _ := t.get("totals")
		for _, x := range l.entries(totals).list {
			s.Totals[x.name] = l.names(x.value)
			known(x.name, x.key)
			for _, p := range s.Totals[x.name] {
				known(p, x.value)
			}
		}
		growths, _ := t.get("growths")
		for _, x := range l.entries(growths).list {
			s.Growths[x.name] = l.scalar(x.value)
			known(x.name, x.key)
			known(s.Growths[x.name], x.value)
		}
		for _, n := range s.Nations {
			known(n, e.value)
		}
		if len(s.Nations) > 0 && s.Nation == "" {
			l.finding(s.Pos, "no_nation", lang.T("写了 nations，没有写哪个地区是全国", "nations are written, and not which area is the nation"), lang.T("加 nation: 全国", "add nation: 全国"))
		}
		s.Beside = l.beside(t, s)
		l.pack.Series[s.Name] = s
	}
}

// beside reads which figures a series stands beside; they are looked for once all are loaded.
func (l *loader) beside(t table, s *Series) (out []Beside) {
	n, _ := t.get("beside")
	for _, x := range l.entries(n).list {
		bt := l.table(x.value, "item", "area", "unit", "relation", "note")
		b := Beside{Figure: x.name, Item: bt.need("item"), Area: bt.need("area"), Unit: bt.text("unit"), Relation: bt.need("relation"), Note: bt.both("note")}
		if _, ok := s.Items[b.Item]; !ok {
			l.unknown(bt.pos("item"), "unknown_item", "数据项", "item", b.Item, keys(s.Items))
		}
		if !slices.Contains(besideRelations, b.Relation) {
			l.unknown(bt.pos("relation"), "unknown_relation", "关系", "relation", b.Relation, besideRelations)
		}
		if b.Unit == "" && s.Columns["unit"] == "" {
			l.finding(x.key.pos(), "no_unit", lang.T("表里没有单位列，须写明“"+b.Item+"”的单位", "the table has no column of units, so the unit of “"+b.Item+"” must be written"), lang.T("加 unit: 万元", "add unit: 万元"))
		}
		l.later(func() {
			if l.pack.Figures[x.name] == nil {
				l.unknown(x.key.pos(), "unknown_figure", "指标", "figure", x.name, keys(l.pack.Figures))
			}
		})
		out = append(out, b)
	}
	return out
}
