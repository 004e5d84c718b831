package policy

import "kechuang/internal/lang"

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
	Pos     Pos
}

var seriesColumns = []string{"area", "year", "item", "value", "unit"}

// loadSeries reads series.yaml and series/*.yaml.
func (l *loader) loadSeries() {
	for _, e := range l.gather("series", false) {
		t := l.table(e.value, "title", "source", "columns", "nation", "aliases", "items", "totals", "nations", "growths")
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
		l.pack.Series[s.Name] = s
	}
}
