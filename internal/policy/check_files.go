package policy

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// lists are what may be one file or a folder of files; folders are always folders, and single always a file.
var (
	lists   = []string{"basis", "parameters", "articles", "funds", "offices", "facts", "groups", "conflicts", "figures", "reference", "overview", "series", "kinds"}
	folders = []string{"parameter_sets", "calendar", "taxonomies", "blocks", "mechanisms", "scenarios", "templates"}
)

// checkFiles finds files of a pack that nobody would read: a name with a slip in it, or the wrong ending. Notes, pictures and hidden
// files may lie anywhere.
func (l *loader) checkFiles() {
	for _, name := range l.files {
		ext, dir := path.Ext(name), strings.Split(name, "/")[0]
		switch {
		case strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "."):
		case ext == ".yml":
			l.stray(name, lang.T("文件的结尾是 .yml，不会被读到", "a file that ends in .yml is not read"), lang.T("改名为 "+strings.TrimSuffix(name, ext)+".yaml", "rename it to "+strings.TrimSuffix(name, ext)+".yaml"))
		case ext == ".yaml" && !strings.Contains(name, "/"):
			if stem := strings.TrimSuffix(name, ext); stem != "pack" && !slices.Contains(lists, stem) {
				l.stray(name, lang.T("政策包里没有叫“"+name+"”的文件，它不会被读到", "a pack has no file “"+name+"”: it is not read"), meant(stem, append([]string{"pack"}, append(lists, folders...)...)))
			}
		case ext == ".yaml" && !slices.Contains(append(lists, folders...), dir):
			l.stray(name, lang.T("政策包里没有叫“"+dir+"”的文件夹，其中的文件不会被读到", "a pack has no folder “"+dir+"”: what is in it is not read"), meant(dir, append(lists, folders...)))
		case ext == ".yaml" && strings.Count(name, "/") > 1:
			l.stray(name, lang.T("文件放得太深，不会被读到", "the file lies too deep to be read"), lang.T("直接放在文件夹“"+dir+"”里", "put it into the folder “"+dir+"” itself"))
		case dir == "scenarios" && ext == ".txt":
			l.stray(name, lang.T("情景文件的结尾是 .txtar，这个文件不会被读到", "a file of scenarios ends in .txtar: this one is not read"), lang.T("改名为 "+strings.TrimSuffix(name, ext)+".txtar", "rename it to "+strings.TrimSuffix(name, ext)+".txtar"))
		}
	}
}

// checkScenarios finds stories of a mechanism that there is not.
func (l *loader) checkScenarios() {
	var known []string
	for _, m := range l.pack.Mechanisms {
		known = append(known, m.Name)
	}
	told := map[string]bool{}
	for _, name := range l.files {
		parts := strings.Split(name, "/")
		if parts[0] != "scenarios" || path.Ext(name) != ".txtar" || len(parts) < 2 || told[parts[1]] {
			continue
		}
		switch {
		case len(parts) == 2:
			l.stray(name, lang.T("情景要放在以机制命名的文件夹里，这个文件不会被读到", "scenarios lie in a folder with the mechanism's name: this file is not read"), lang.T("移到 scenarios/机制名/ 中", "move it into scenarios/<mechanism>/"))
		case !slices.Contains(known, parts[1]):
			told[parts[1]] = true
			l.finding(Pos{name, 1, 1}, "unknown_mechanism", lang.T("没有名为“"+parts[1]+"”的机制，这个文件夹里的情景不会被演算", "there is no mechanism “"+parts[1]+"”: the scenarios in this folder are not played"), meant(parts[1], known))
		}
	}
}

func (l *loader) stray(name string, message, hint lang.Text) {
	l.finding(Pos{name, 1, 1}, "unknown_file", message, hint)
}

var (
	ownName    = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	regionName = regexp.MustCompile(`^[0-9]{6}$`)
)

// checkNames asks that what conditions and links speak of has a name that they can speak: anything else would be refused only where it
// is first used, in words about something else.
func (l *loader) checkNames(m *Mechanism) {
	name := func(at Pos, zh, en, s string) {
		if !ownName.MatchString(s) {
			l.finding(at, "bad_name", lang.T(fmt.Sprintf("%s的名称“%s”应以小写英文字母开头，只用小写字母、数字和下划线", zh, s), fmt.Sprintf("the name of %s, “%s”, is of lower-case letters, figures and _, a letter first", en, s)),
				lang.T("中文写在 zh 里", "what people read stands in zh and en"))
		}
	}
	name(m.Pos, "机制", "the mechanism", m.Name)
	seats := slices.Clone(m.Seats)
	for _, x := range append([]*Machine{m.Case}, m.Parts...) {
		seats = append(seats, x.Seats...)
		if x.Name != "" {
			name(x.Pos, "部分", "the part", x.Name)
		}
		for _, s := range x.States {
			for _, word := range strings.Split(s.Name, ".") {
				name(s.Pos, "状态", "the state", word)
			}
			for _, st := range s.Steps {
				name(st.Pos, "步骤", "the step", st.Name)
			}
		}
	}
	for _, s := range seats {
		name(s.Pos, "席位", "the seat", s.Name)
	}
	for _, t := range m.Things {
		name(t.Pos, "事物", "the thing", t.Name)
	}
	for _, f := range m.Forms {
		name(f.Pos, "表单", "the form", f.Name)
		for _, x := range f.Fields {
			name(x.Pos, "字段", "the field", x.Name)
			for _, col := range x.Rows {
				name(col.Pos, "列", "the column", col.Name)
			}
		}
	}
}
