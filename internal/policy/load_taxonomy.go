package policy

import (
	"slices"

	"kechuang/internal/lang"
)

// loadTaxonomy reads a list of codes. maps says, code by code, what it is in another list: statistics of one version are told in another by it.
func (l *loader) loadTaxonomy(n node, _ []byte) {
	t := l.table(n, "taxonomy", "title", "version", "codes", "maps", "note")
	x := &Taxonomy{Name: t.need("taxonomy"), Title: t.both("title"), Version: t.text("version")}
	seen := map[string]bool{}
	codes, _ := t.get("codes")
	for _, c := range l.items(codes) {
		ct := l.table(c, "code", "zh", "en", "parent")
		code := Code{Code: ct.need("code"), Title: ct.title(), Parent: ct.text("parent")}
		if seen[code.Code] {
			l.problem(c, "repeated_code", lang.T("代码“"+code.Code+"”写了两次", "the code “"+code.Code+"” is written twice"), lang.Text{})
		}
		seen[code.Code] = true
		x.Codes = append(x.Codes, code)
	}
	for _, c := range x.Codes {
		if c.Parent != "" && !seen[c.Parent] {
			l.problem(n, "unknown_code", lang.T("代码“"+c.Code+"”的上级“"+c.Parent+"”不存在", "the parent “"+c.Parent+"” of “"+c.Code+"” is not there"), lang.Text{})
		}
	}
	if maps, ok := t.get("maps"); ok {
		for _, e := range l.entries(maps).list {
			m := TaxonomyMap{To: e.name, Codes: map[string][]string{}, Pos: e.key.pos()}
			for _, c := range l.entries(e.value).list {
				for _, to := range l.items(c.value) {
					m.Codes[c.name] = append(m.Codes[c.name], l.scalar(to))
				}
			}
			x.Maps = append(x.Maps, m)
		}
	}
	l.pack.Taxonomies[x.Name] = x
}

// checkMaps looks whether both ends of every mapping are codes of their lists.
func (l *loader) checkMaps() {
	for _, name := range keys(l.pack.Taxonomies) {
		x := l.pack.Taxonomies[name]
		for _, m := range x.Maps {
			to := l.pack.Taxonomies[m.To]
			if to == nil {
				l.unknown(m.Pos, "unknown_taxonomy", "分类表", "taxonomy", m.To, keys(l.pack.Taxonomies))
				continue
			}
			for _, code := range keys(m.Codes) {
				if !x.has(code) {
					l.unknown(m.Pos, "unknown_code", "代码", "code", code, nil)
				}
				for _, c := range m.Codes[code] {
					if !to.has(c) {
						l.unknown(m.Pos, "unknown_code", "代码", "code", c, nil)
					}
				}
			}
		}
	}
}

func (x *Taxonomy) has(code string) bool {
	return slices.ContainsFunc(x.Codes, func(c Code) bool { return c.Code == code })
}
