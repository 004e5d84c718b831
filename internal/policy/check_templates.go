package policy

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	tmpl "text/template/parse"

	"kechuang/internal/lang"
)

// view is what the dot of a template is: the page, a row of a table, a part, a payment, an answer, or a plain text.
type view struct {
	kind string   // a key of views; "" where it is not known, and then nothing is asked of it
	rows []*Field // the columns of a row, where they are known
}

// Views are the words of every kind of dot, and what each gives: how many texts it takes, and what kind of dot it is, "" for a text.
// What prints pages (casework) has a test that these are its methods and no others.
var Views = map[string]map[string]Word{
	"page": {"Title": {}, "Number": {}, "Date": {}, "Case": {}, "Mechanism": {}, "City": {}, "Base": {}, "Digest": {}, "Reason": {}, "Proof": {}, "QR": {}, "Sources": {},
		"Text": {Takes: 1}, "Capital": {Takes: 1}, "Rows": {Takes: 1, Gives: "row"}, "Seat": {Takes: 1}, "Holder": {Takes: 2}, "Param": {Takes: 1}, "Cite": {Takes: 1},
		"Pot": {Takes: 2}, "Payments": {Gives: "payment"}, "Parts": {Takes: 1, Gives: "part"}},
	"row":     {"Text": {Takes: 1}, "Capital": {Takes: 1}},
	"part":    {"Number": {}, "State": {}, "Text": {Takes: 1}, "Seat": {Takes: 1}, "Filled": {Gives: "answer"}},
	"payment": {"To": {}, "As": {}, "Amount": {}, "Capital": {}},
	"answer":  {"Title": {}, "Value": {}, "Full": {}},
}

// Word is one word that a template may say of its dot.
type Word struct {
	Takes int
	Gives string
}

var (
	templateLine = regexp.MustCompile(`^template: [^:]*:(\d+)(?::\d+)?: (?s:(.*))$`)
	included     = regexp.MustCompile(`\{\{template "([^"]*)"`)
)

// templateFunctions are those that Go's templates bring.
var templateFunctions = []string{"and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq", "ne", "lt", "le", "gt", "ge"}

// sharedPage defines what all pages have in common.
const sharedPage = "templates/page.html"

// HolderWords are what {{.Holder "seat" "…"}} may ask for.
var HolderWords = []string{"name", "uscc", "address", "legal_rep", "contact", "phone"}

// pageReader looks at one template: every word is known, every form, column, seat and parameter that it names is one of a mechanism
// that makes the page.
type pageReader struct {
	l      *loader
	file   string
	source string
	mechs  []*Mechanism // that make it; none: only its words can be looked at
	vars   map[string]view
}

// checkTemplates reads every page: a slip in one would else be found when the first case comes to print it.
func (l *loader) checkTemplates() {
	makers := map[string][]*Mechanism{}
	for _, m := range l.pack.Mechanisms {
		m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
			if e, ok := e.(Make); ok && !slices.Contains(makers[e.Document], m) {
				makers[e.Document] = append(makers[e.Document], m)
			}
		})
	}
	shared := map[string]bool{}
	if slices.Contains(l.files, sharedPage) {
		for defined := range l.page(sharedPage, nil) {
			shared[defined] = true
		}
	}
	for _, name := range l.files {
		if path.Dir(name) != "templates" || path.Ext(name) != ".html" || name == sharedPage {
			continue
		}
		trees := l.page(name, makers[strings.TrimSuffix(path.Base(name), ".html")])
		for _, t := range trees {
			l.includes(name, t, func(s string) bool { return shared[s] || trees[s] != nil }, keys(shared))
		}
	}
}

// page parses one file and looks at its words; what it defines is given by name.
func (l *loader) page(name string, mechs []*Mechanism) map[string]*tmpl.Tree {
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.finding(Pos{name, 1, 1}, "unreadable", lang.T("读不到文件："+err.Error(), "cannot read the file: "+err.Error()), lang.Text{})
		return nil
	}
	source := string(data)
	trees, main := map[string]*tmpl.Tree{}, tmpl.New(path.Base(name))
	main.Mode = tmpl.SkipFuncCheck
	if _, err := main.Parse(source, "", "", trees); err != nil {
		at, text := Pos{name, 1, 1}, err.Error()
		if found := templateLine.FindStringSubmatch(text); found != nil {
			at.Line, text = 1, found[2]
			if n, err := strconv.Atoi(found[1]); err == nil {
				at.Line = max(1, n)
			}
		}
		l.finding(at, "template", lang.T("模板写法不对", "the template cannot be read: "+text),
			lang.T("每个 {{ 要有 }}，每个 range、with、if 要有 {{end}}，名称用半角双引号：{{.Text \"request.work\"}}", "every {{ has its }}, every range, with and if its {{end}}, names stand in plain double quotes: {{.Text \"request.work\"}}"))
		return nil
	}
	if strings.TrimSpace(source) == "" {
		l.finding(Pos{name, 1, 1}, "empty_file", lang.T("模板里没有内容", "there is nothing in the template"), lang.T("写出这份文书的文字", "write what the page says"))
	}
	r := &pageReader{l: l, file: name, source: source, mechs: mechs, vars: map[string]view{"$": {kind: "page"}}}
	for defined, t := range trees {
		if t.Root != nil && defined == main.Name {
			r.list(t.Root, view{kind: "page"})
		}
	}
	return trees
}

// includes finds {{template "…"}} of what nothing defines.
func (l *loader) includes(file string, t *tmpl.Tree, defined func(string) bool, known []string) {
	if t.Root == nil {
		return
	}
	source := t.Root.String()
	for _, found := range included.FindAllStringSubmatch(source, -1) {
		if !defined(found[1]) {
			l.unknown(Pos{file, 1, 1}, "unknown_template", "片段（写在 templates/page.html）", "piece (in templates/page.html)", found[1], known)
		}
	}
}

func (r *pageReader) at(p tmpl.Pos) Pos {
	before := r.source[:min(int(p), len(r.source))]
	return Pos{r.file, 1 + strings.Count(before, "\n"), 1 + column(before[strings.LastIndex(before, "\n")+1:])}
}

func (r *pageReader) list(list *tmpl.ListNode, dot view) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *tmpl.ActionNode:
			r.pipe(n.Pipe, dot)
		case *tmpl.IfNode:
			r.pipe(n.Pipe, dot)
			r.list(n.List, dot)
			r.list(n.ElseList, dot)
		case *tmpl.WithNode:
			r.list(n.List, r.pipe(n.Pipe, dot))
			r.list(n.ElseList, dot)
		case *tmpl.RangeNode:
			each := r.pipe(n.Pipe, dot)
			if len(n.Pipe.Decl) > 0 { // the last variable is the element, one before it the index
				r.vars[n.Pipe.Decl[len(n.Pipe.Decl)-1].Ident[0]] = each
			}
			r.list(n.List, each)
			r.list(n.ElseList, dot)
		case *tmpl.TemplateNode:
			if n.Pipe != nil {
				r.pipe(n.Pipe, dot)
			}
		}
	}
}

// pipe is what the last command of a pipeline gives.
func (r *pageReader) pipe(p *tmpl.PipeNode, dot view) (out view) {
	for _, c := range p.Cmds {
		out = r.command(c, dot)
	}
	for _, v := range p.Decl {
		r.vars[v.Ident[0]] = out
	}
	return out
}

func (r *pageReader) command(c *tmpl.CommandNode, dot view) view {
	var words []string
	for _, a := range c.Args[1:] {
		switch a := a.(type) {
		case *tmpl.StringNode:
			words = append(words, a.Text)
		case *tmpl.PipeNode:
			r.pipe(a, dot)
		case *tmpl.FieldNode: // {{if eq .State "…"}}
			r.word(dot, a.Ident[0], nil, a.Pos, false)
		}
	}
	first := c.Args[0]
	if n, ok := first.(*tmpl.ChainNode); ok { // name.name, as nobody may write it
		first = n.Node
	}
	switch n := first.(type) {
	case *tmpl.FieldNode:
		return r.word(dot, n.Ident[0], words, n.Pos, true)
	case *tmpl.VariableNode:
		if of := r.vars[n.Ident[0]]; len(n.Ident) > 1 {
			return r.word(of, n.Ident[1], words, n.Pos, true)
		} else {
			return of
		}
	case *tmpl.DotNode:
		return dot
	case *tmpl.PipeNode:
		return r.pipe(n, dot)
	case *tmpl.IdentifierNode:
		if !slices.Contains(templateFunctions, n.Ident) {
			r.l.unknown(r.at(n.Pos), "unknown_word", "模板用语（名称写在 {{.Text \"表单.字段\"}} 里）", "word of a template (names stand in {{.Text \"form.field\"}})", n.Ident, templateFunctions)
		}
	}
	return view{}
}

// word is one word said of a dot, with its texts.
func (r *pageReader) word(of view, name string, texts []string, pos tmpl.Pos, whole bool) view {
	known := Views[of.kind]
	if known == nil {
		return view{}
	}
	w, ok := known[name]
	if !ok {
		r.l.unknown(r.at(pos), "unknown_word", "模板用语（写在 {{.…}} 里）", "word of a template", name, keys(known))
		return view{}
	}
	if len(texts) != w.Takes {
		if whole {
			r.l.finding(r.at(pos), "template", lang.T("“."+name+"”后面要写 "+strconv.Itoa(w.Takes)+" 个加双引号的名称", "“."+name+"” takes "+strconv.Itoa(w.Takes)+" names in double quotes"), lang.T("例如 {{.Text \"request.work\"}}、{{.Holder \"firm\" \"address\"}}", "such as {{.Text \"request.work\"}} or {{.Holder \"firm\" \"address\"}}"))
		}
		return view{}
	}
	return view{kind: w.Gives, rows: r.names(of, name, texts, r.at(pos))}
}

// names resolves what a word names, and gives the columns of rows.
func (r *pageReader) names(of view, name string, texts []string, at Pos) []*Field {
	switch {
	case len(texts) == 0:
	case of.kind == "row":
		if len(of.rows) > 0 && !slices.ContainsFunc(of.rows, func(f *Field) bool { return f.Name == texts[0] }) {
			r.l.unknown(at, "unknown_field", "列", "column", texts[0], fieldNames(of.rows))
		}
	case name == "Param" || name == "Cite":
		if r.l.pack.Params[texts[0]] == nil {
			r.l.unknown(at, "unknown_param", "参数", "parameter", texts[0], keys(r.l.pack.Params))
		}
	case len(r.mechs) == 0: // nobody makes the page: its names are nobody's
	case name == "Text" || name == "Capital" || name == "Rows":
		return r.field(texts[0], name == "Rows", at)
	case name == "Seat" || name == "Holder":
		r.seat(texts[0], at)
		if name == "Holder" && !slices.Contains(HolderWords, texts[1]) {
			r.l.unknown(at, "unknown_word", "主体信息", "fact of a party", texts[1], HolderWords)
		}
	case name == "Parts":
		var known []string
		for _, m := range r.mechs {
			for _, p := range m.Parts {
				known = append(known, p.Name)
			}
		}
		if !slices.Contains(known, texts[0]) {
			r.l.unknown(at, "unknown_part", "部分", "part", texts[0], known)
		}
	}
	return nil
}

// field finds form.field, or a form that is one table, in any of the mechanisms that make the page.
func (r *pageReader) field(of string, table bool, at Pos) []*Field {
	form, name, dotted := strings.Cut(of, ".")
	var forms, fields []string
	for _, m := range r.mechs {
		all := slices.Clone(m.Forms)
		for _, p := range m.Parts {
			if p.Row != nil {
				all = append(all, p.Row)
			}
		}
		for _, f := range all {
			if forms = append(forms, f.Name); f.Name != form {
				continue
			}
			for _, x := range f.Fields {
				if x.Name == name || (table && !dotted && x.Type == RowsType) {
					return x.Rows
				}
				fields = append(fields, form+"."+x.Name)
			}
		}
	}
	if len(fields) > 0 {
		r.l.unknown(at, "unknown_field", "字段", "field", of, fields)
		return nil
	}
	r.l.unknown(at, "unknown_form", "表单", "form", form, forms)
	return nil
}

func (r *pageReader) seat(name string, at Pos) {
	var known []string
	for _, m := range r.mechs {
		known = append(known, names(m.Seats)...)
		for _, p := range m.Parts {
			known = append(known, names(p.Seats)...)
		}
	}
	if !slices.Contains(known, name) {
		r.l.unknown(at, "unknown_seat", "席位", "seat", name, known)
	}
}
